using Waybill.Server.Connections;
using Waybill.Server.Hosting;

if (DescriptorLimit.IsTooLowAndSaid()) return 1; // before the books are looked at: their libraries are files, too
return await WaybillProgram.RunAsync(args, Books.All);
