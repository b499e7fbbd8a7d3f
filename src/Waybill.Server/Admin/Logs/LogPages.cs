using System.Globalization;
using Waybill.Engine.Accounts;
using Waybill.Engine.Keys;
using Waybill.Engine.Requests;
using Waybill.Screens.Pages;
using Waybill.Server.Admin.Access;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Logs;

/// <summary><c>/logs</c>: what was asked of the API in the last 30 days.</summary>
internal static class LogPages
{
    const int PageSize = 50;

    public static void MapLogs(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/logs", ListAsync).For(Permit.Read);
        tenant.MapGet("/logs/{id:guid}", ShowAsync).For(Permit.Read);
    }

    static async Task<IResult> ListAsync(HttpContext context, RequestLog log)
    {
        var page = Cursors.Read(context.Request.Query);
        var (path, status) = (context.Request.Query["path"].ToString(), Status(context.Request.Query["status"]));
        var filter = status is { } first ? new RequestFilter(first * 100, (first * 100) + 99, path) : new RequestFilter(Path: path);
        var (rows, hasMore) =
            await log.ListAsync(context.Visitor().Tenant!.Id, filter, PageSize, page.After, page.Before, context.RequestAborted);
        var (hasNewer, hasOlder) = Cursors.Around(page, hasMore);
        var word = status?.ToString(CultureInfo.InvariantCulture) ?? "";
        var query = path.Length > 0 || word.Length > 0 ? $"path={Uri.EscapeDataString(path)}&status={word}" : "";
        return Page<LogsPage, LogsModel>(context, new(rows, new(hasNewer, hasOlder, query), path, word));
    }

    static async Task<IResult> ShowAsync(Guid id, HttpContext context, RequestLog log, ApiKeys keys)
    {
        var tenant = context.Visitor().Tenant!.Id;
        if (await log.FindAsync(tenant, id, context.RequestAborted) is not { } found)
            return Missing(context, "logs.gone.title", "logs.gone");
        var key = (await keys.ListAsync(tenant, context.RequestAborted)).FirstOrDefault(one => one.Id == found.Key);
        return Page<LogPage, LogModel>(context, new(found, key?.Name));
    }

    /// <summary>The first digit of a status; a filter that makes no sense filters nothing.</summary>
    static int? Status(string? text) => text is "2" or "3" or "4" or "5" ? text[0] - '0' : null;
}

/// <summary>A page of the list.</summary>
/// <param name="Rows">The requests, newest first.</param>
/// <param name="Edges">Where the pages around it are.</param>
/// <param name="Search">A part of the path that was searched for; empty: any.</param>
/// <param name="Status"><c>2</c> to <c>5</c>, the first digit; empty: any.</param>
public sealed record LogsModel(IReadOnlyList<RequestRecord> Rows, ListEdges Edges, string Search, string Status);

/// <summary>One request.</summary>
/// <param name="One">The request.</param>
/// <param name="KeyName">What its key is called; null: the key is gone.</param>
public sealed record LogModel(RequestRecord One, string? KeyName);
