using Waybill.Server.Hosting;

return await WaybillProgram.RunAsync(args, Books.All);
