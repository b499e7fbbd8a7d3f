using Waybill.Server.Commands;

return await CommandLine.Build(args).Parse(args).InvokeAsync();
