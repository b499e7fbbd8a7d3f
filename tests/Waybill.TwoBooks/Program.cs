// Visits of the samples, with errors and origins of its own, and Tower, which has neither.
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Waybill.Books;
using Waybill.Engine.Keys;
using Waybill.Samples.Visits;
using Waybill.Server.Hosting;

var visits = VisitsBook.Book with
{
    ErrorShape = problem => Results.Json(new { oops = problem.Code }, statusCode: problem.Status),
    Origins = new()
    {
        PostTo = ["https://pay.example"],
        ConnectTo = ["https://ask.example"],
        PicturesFrom = ["https://look.example"],
    },
};
var tower = new Book
{
    Name = "tower",
    Map = routes =>
    {
        routes.MapGet("/tower", () => "A page.").ForPeople();
        routes.MapGet("/tower/v1/view", () => "A view.").ForApi(Scope.Books);
        routes.MapGet("/tower/v1/steps", () => "Steps.").ForAnyone(perMinute: 1);
    },
};
return await WaybillProgram.RunAsync(args, [visits, tower]);
