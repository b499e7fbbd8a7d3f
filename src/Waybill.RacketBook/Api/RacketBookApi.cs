using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Waybill.Books;
using Waybill.Engine.Keys;
using Waybill.RacketBook.Moderation;
using Waybill.RacketBook.Orders;

namespace Waybill.RacketBook.Api;

/// <summary>Every route of RacketBook's API on one page. Errors are RFC 9457 problems.</summary>
static class RacketBookApi
{
    internal const string Prefix = "/racketbook/v1";

    internal static void MapApi(this IEndpointRouteBuilder routes)
    {
        var v1 = routes.MapGroup(Prefix).ForApi(Scope.Books);
        var book = v1.MapGroup("").InABook();

        book.MapPost("/orders", OrdersApi.CreateAsync);
        book.MapGet("/orders", OrdersApi.ListAsync);
        book.MapGet("/orders/{id:guid}", OrdersApi.GetAsync);
        book.MapPatch("/orders/{id:guid}", OrdersApi.ChangeAsync);
        foreach (var milestone in Enum.GetValues<Milestone>())
        {
            book.MapPut($"/orders/{{id:guid}}/{milestone.Word()}", OrdersApi.Set(milestone));
            book.MapDelete($"/orders/{{id:guid}}/{milestone.Word()}", OrdersApi.Clear(milestone));
        }

        book.MapGet("/orders/{id:guid}/receipt.pdf", OrdersApi.ReceiptAsync);
        book.MapPost("/orders/{id:guid}/receipt/resend", OrdersApi.ResendAsync);
        book.MapGet("/orders/{id:guid}/emits", OrdersApi.EmitsAsync);
        book.MapGet("/orders/{id:guid}/emits/{emit:guid}/receipt.pdf", OrdersApi.PastReceiptAsync);
        book.MapGet("/orders/{id:guid}/history", OrdersApi.HistoryAsync);

        book.MapPost("/clients", ClientsApi.CreateAsync);
        book.MapGet("/clients", ClientsApi.ListAsync);
        book.MapGet("/clients/{id:guid}", ClientsApi.GetAsync);
        book.MapPatch("/clients/{id:guid}", ClientsApi.ChangeAsync);
        book.MapDelete("/clients/{id:guid}", ClientsApi.RemoveAsync);

        book.MapPost("/rackets", CatalogueApi.CreateRacketAsync);
        book.MapGet("/rackets", CatalogueApi.ListRacketsAsync);
        book.MapGet("/rackets/{id:guid}", CatalogueApi.GetRacketAsync);
        book.MapPatch("/rackets/{id:guid}", CatalogueApi.ChangeRacketAsync);
        book.MapDelete("/rackets/{id:guid}", CatalogueApi.Remove(CatalogueKind.Racket));

        book.MapPost("/strings", CatalogueApi.CreateStringAsync);
        book.MapGet("/strings", CatalogueApi.ListStringsAsync);
        book.MapGet("/strings/{id:guid}", CatalogueApi.GetStringAsync);
        book.MapPatch("/strings/{id:guid}", CatalogueApi.ChangeStringAsync);
        book.MapDelete("/strings/{id:guid}", CatalogueApi.Remove(CatalogueKind.String));

        book.MapGet("/stringer", StringersApi.GetOwnAsync);
        book.MapPatch("/stringer", StringersApi.ChangeOwnAsync);
        book.MapPut("/stringer/logo", StringersApi.PutLogoAsync);
        book.MapDelete("/stringer/logo", StringersApi.RemoveLogoAsync);

        book.MapGet("/notices", NoticesApi.ListAsync);
        book.MapPost("/notices/read", NoticesApi.ReadAllAsync);
        book.MapPost("/notices/{id:guid}/read", NoticesApi.ReadAsync);

        book.MapGet("/export.xlsx", ExportsApi.WorkbookAsync);
        book.MapGet("/export.json", ExportsApi.JsonAsync);
        book.MapGet("/export.schema.json", ExportsApi.Schema);

        book.MapPost("/submissions", SubmissionsApi.ProposeAsync);
        v1.MapGet("/submissions", SubmissionsApi.ListAsync);

        var admins = v1.MapGroup("").ForAdmins();
        admins.MapPost("/submissions/{id:guid}/promote", SubmissionsApi.Decide(isPromoted: true));
        admins.MapPost("/submissions/{id:guid}/reject", SubmissionsApi.Decide(isPromoted: false));
        admins.MapPost("/stringers", StringersApi.InviteAsync);
        admins.MapGet("/stringers", StringersApi.ListAsync);
        admins.MapPatch("/stringers/{id:guid}", StringersApi.RuleAsync);
    }
}
