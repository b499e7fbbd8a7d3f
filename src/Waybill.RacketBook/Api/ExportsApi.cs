using Microsoft.AspNetCore.Http;
using Waybill.RacketBook.Exports;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Stringers;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Api;

/// <summary><c>/racketbook/v1/export.xlsx</c> and <c>.json</c>: a stringer's whole book to take away.</summary>
static class ExportsApi
{
    internal static async Task WorkbookAsync(
        HttpContext context, StringerScope scope, StringerDesk stringers, OrderDesk orders, ExportDesk exports)
    {
        await NameAsync(context, scope, stringers, orders, "xlsx", ExportDesk.WorkbookType);
        await exports.WriteWorkbookAsync(scope, context.Response.Body, context.RequestAborted);
    }

    internal static async Task JsonAsync(
        HttpContext context, StringerScope scope, StringerDesk stringers, OrderDesk orders, ExportDesk exports)
    {
        await NameAsync(context, scope, stringers, orders, "json", ExportDesk.JsonType);
        await exports.WriteJsonAsync(scope, context.Response.Body, context.RequestAborted);
    }

    /// <summary>What the JSON holds, as a JSON Schema.</summary>
    internal static IResult Schema() => Results.Text(ExportSchema.Text, ExportSchema.MediaType);

    static async Task NameAsync(
        HttpContext context, StringerScope scope, StringerDesk stringers, OrderDesk orders, string extension, string type)
    {
        var stringer = (await stringers.FindAsync(scope.Stringer, context.RequestAborted))!;
        var name = ExportDesk.FileName(stringer, await orders.TodayAsync(scope, context.RequestAborted), extension);
        context.Response.ContentType = type;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "private, no-store";
    }
}
