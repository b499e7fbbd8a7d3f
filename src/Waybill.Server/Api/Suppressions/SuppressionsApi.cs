using Waybill.Books.Reading;
using Waybill.Engine.Suppression;
using Waybill.Mime.Addresses;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Suppressions;

/// <summary><c>/suppressions</c>: the addresses that get no more mail of the caller's tenant, one at a time.</summary>
internal static class SuppressionsApi
{
    public const int LongestAddress = 1_000;

    public static async Task<IResult> AddAsync(HttpContext context, Caller caller, SuppressionList list)
    {
        var (read, error) = await JsonBody.ReadAsync(context);
        if (read is null) return error!;
        using var body = read;
        if (body.Root.ValueKind != System.Text.Json.JsonValueKind.Object) return ApiError.Invalid("The body must be a JSON object.");
        var fields = Fields.Exact(body.Root);
        if (!fields.HasValue("email")) fields.Wrong("email", "missing");
        var address = fields.Text("email", LongestAddress) is { } text ? Parse(fields, "email", text) : null;
        if (fields.Error() is { } refused) return refused;
        var added =
            await list.AddAsync(caller.Tenant, [address!], SuppressionOrigin.Manual, stream: null, source: null, context.RequestAborted);
        return Results.Json(new SuppressionReference(added[0].Id), ApiJson.Default.SuppressionReference, statusCode: 201);
    }

    public static async Task<IResult> ListAsync(HttpContext context, Caller caller, SuppressionList list)
    {
        var (page, error) = Paging.Read(context.Request.Query);
        if (page is null) return error!;
        var origin = context.Request.Query["origin"].ToString() is { Length: > 0 } word ? word : null;
        if (origin is not null && SuppressionOriginWords.Find(origin) is null)
            return ApiError.Invalid("The `origin` parameter must be bounce, complaint, manual or unsubscribe.");
        var (found, hasMore) = await list.ListAsync(
            caller.Tenant, new SuppressionFilter(origin is null ? null : SuppressionOriginWords.Find(origin)), page.Limit, page.After,
            page.Before, context.RequestAborted);
        return Results.Json(
            new SuppressionListAnswer(hasMore, [.. found.Select(one => new SuppressionRow(one))]), ApiJson.Default.SuppressionListAnswer);
    }

    public static async Task<IResult> GetAsync(string id, HttpContext context, Caller caller, SuppressionList list)
    {
        if (SuppressionName.Read(id) is not { } name) return ApiError.NotFound("Suppression");
        var found = await list.FindAsync(caller.Tenant, name, context.RequestAborted);
        return found.Count == 0
            ? ApiError.NotFound("Suppression")
            : Results.Json(new SuppressionAnswer(found[0]), ApiJson.Default.SuppressionAnswer);
    }

    /// <summary>By its id, one; by the address, all that there is for it, unsubscribed streams too.</summary>
    public static async Task<IResult> RemoveAsync(string id, HttpContext context, Caller caller, SuppressionList list)
    {
        if (SuppressionName.Read(id) is not { } name) return ApiError.NotFound("Suppression");
        var removed = await list.RemoveAsync(caller.Tenant, name, context.RequestAborted);
        return removed.Count == 0
            ? ApiError.NotFound("Suppression")
            : Results.Json(new RemovedSuppression(removed[0].Id, Deleted: true), ApiJson.Default.RemovedSuppression);
    }

    public static Address? Parse(Fields fields, string name, string text)
    {
        if (Address.TryParse(text, out var address, out var problem)) return address;
        fields.Wrong(name, "address.odd", problem);
        return null;
    }
}
