using System.Text.Json;
using System.Text.Json.Serialization;
using Waybill.Engine.Requests;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Logs;

/// <summary><c>/logs</c>: what was asked of the API. Bodies are not kept, for they hold what messages say; a refusal's answer is.</summary>
internal static class LogsApi
{
    public static async Task<IResult> ListAsync(HttpContext context, Caller caller, RequestLog log)
    {
        var (page, error) = Paging.Read(context.Request.Query);
        if (page is null) return error!;
        var (records, hasMore) =
            await log.ListAsync(caller.Tenant, RequestFilter.All, page.Limit, page.After, page.Before, context.RequestAborted);
        return Results.Json(new LogListAnswer(hasMore, [.. records.Select(record => new LogRow(record))]), ApiJson.Default.LogListAnswer);
    }

    public static async Task<IResult> GetAsync(string id, HttpContext context, Caller caller, RequestLog log) =>
        Guid.TryParseExact(id, "D", out var wanted) && await log.FindAsync(caller.Tenant, wanted, context.RequestAborted) is { } found
            ? Results.Json(new LogAnswer(found), ApiJson.Default.LogAnswer)
            : ApiError.NotFound("Log");
}

/// <summary>A request in a list, in the words of Resend's API.</summary>
internal record LogRow(string Id, string CreatedAt, string Endpoint, string Method, int ResponseStatus, string? UserAgent)
{
    public LogRow(RequestRecord record)
        : this(record.Id.ToString("D"), record.At.OnTheWire(), record.Endpoint, record.Method, record.Status, record.UserAgent)
    {
    }
}

/// <summary>One request.</summary>
internal sealed record LogAnswer : LogRow
{
    public LogAnswer(RequestRecord record) : base(record) =>
        ResponseBody = record.Refusal is { } refusal ? JsonSerializer.Deserialize(refusal, ApiJson.Default.JsonElement) : null;

    public string Object { get; } = "log";

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public JsonElement? RequestBody { get; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public JsonElement? ResponseBody { get; }
}

/// <summary>A page of requests, newest first.</summary>
internal sealed record LogListAnswer(bool HasMore, IReadOnlyList<LogRow> Data)
{
    public string Object { get; } = "list";
}
