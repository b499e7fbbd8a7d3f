using System.Text.Json;
using Waybill.Books.Reading;
using Waybill.Engine.Suppression;
using Waybill.Mime.Addresses;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Suppressions;

/// <summary><c>/suppressions/batch</c>: up to 1,000 at once, all of them or none.</summary>
internal static class SuppressionBatch
{
    public const int Most = 1_000;

    public static async Task<IResult> AddAsync(HttpContext context, Caller caller, SuppressionList list)
    {
        var (read, error) = await JsonBody.ReadAsync(context);
        if (read is null) return error!;
        using var body = read;
        if (body.Root.ValueKind != JsonValueKind.Object) return ApiError.Invalid("The body must be a JSON object.");
        var fields = Fields.Exact(body.Root);
        var addresses = Addresses(fields);
        if (fields.Fault is null && addresses.Count == 0) fields.Wrong("emails", "missing");
        if (fields.Error() is { } refused) return refused;
        var added =
            await list.AddAsync(caller.Tenant, addresses, SuppressionOrigin.Manual, stream: null, source: null, context.RequestAborted);
        return Results.Json(
            new SuppressionReferences([.. added.Select(one => new SuppressionReference(one.Id))]), ApiJson.Default.SuppressionReferences,
            statusCode: 201);
    }

    /// <summary>
    /// By addresses or by ids. An id that is not on the list is answered as not deleted; an address that is not has no id to answer with.
    /// </summary>
    public static async Task<IResult> RemoveAsync(HttpContext context, Caller caller, SuppressionList list)
    {
        var (read, error) = await JsonBody.ReadAsync(context);
        if (read is null) return error!;
        using var body = read;
        if (body.Root.ValueKind != JsonValueKind.Object) return ApiError.Invalid("The body must be a JSON object.");
        var fields = Fields.Exact(body.Root);
        if (fields.HasValue("emails") && fields.HasValue("ids")) fields.Wrong("emails", "suppression.either");
        var (addresses, ids) = (Addresses(fields), Ids(fields));
        if (fields.Fault is null && addresses.Count + ids.Count == 0) fields.Wrong("emails", "missing");
        if (fields.Error() is { } refused) return refused;
        var removed = await list.RemoveManyAsync(
            caller.Tenant,
            [.. addresses.Select(address => new SuppressionName.ByAddress(address)),
                .. ids.Select(SuppressionName (id) => new SuppressionName.ById(id))],
            context.RequestAborted);
        var gone = removed.Select(one => one.Id).ToHashSet();
        return Results.Json(
            new RemovedSuppressions([.. gone.Concat(ids).Distinct().Select(id => new RemovedSuppression(id, gone.Contains(id)))]),
            ApiJson.Default.RemovedSuppressions);
    }

    static List<Address> Addresses(Fields fields) =>
        [.. fields.Texts("emails", Most, SuppressionsApi.LongestAddress).Select(text => SuppressionsApi.Parse(fields, "emails", text))
            .OfType<Address>()];

    static List<Guid> Ids(Fields fields)
    {
        var ids = new List<Guid>();
        foreach (var text in fields.Texts("ids", Most, SuppressionsApi.LongestAddress))
        {
            if (Guid.TryParseExact(text, "D", out var id)) ids.Add(id);
            else fields.Wrong("ids", "suppression.id");
        }

        return ids;
    }
}
