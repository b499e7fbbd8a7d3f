return await Waybill.Server.Hosting.WaybillProgram.RunAsync(args, [Waybill.Samples.Visits.VisitsBook.Book]);
