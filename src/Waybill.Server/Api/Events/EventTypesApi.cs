using System.Text.Json;
using Waybill.Books.Reading;
using Waybill.Engine.Events;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Events;

/// <summary>Resend's <c>/events</c>: event types with the fields of their payload.</summary>
internal static class EventTypesApi
{
    const int LongestName = 255;
    const int MostFields = 100;

    static readonly string[] Kinds = ["string", "number", "boolean", "date"];

    public static async Task<IResult> CreateAsync(HttpContext context, Caller caller, EventDefinitions definitions)
    {
        var (read, error) = await JsonBody.ReadAsync(context);
        if (read is null) return error!;
        using var body = read;
        if (body.Root.ValueKind != JsonValueKind.Object) return ApiError.Invalid("The body must be a JSON object.");
        var fields = Fields.Exact(body.Root);
        if (!fields.HasValue("name")) fields.Wrong("name", "missing");
        var name = fields.Name("name", LongestName);
        var schema = Schema(fields);
        if (fields.Error() is { } wrong) return wrong;
        return await definitions.CreateAsync(caller.Tenant, name!, schema, context.RequestAborted) is { } made
            ? Results.Json(new EventTypeReference(made.Id), ApiJson.Default.EventTypeReference, statusCode: 201)
            : ApiError.Invalid($"There is an event '{name}' already; update that one.");
    }

    public static async Task<IResult> ListAsync(HttpContext context, Caller caller, EventDefinitions definitions)
    {
        var (page, error) = Paging.Read(context.Request.Query);
        if (page is null) return error!;
        var (found, hasMore) = await definitions.ListAsync(caller.Tenant, page.Limit, page.After, page.Before, context.RequestAborted);
        return Results.Json(new EventTypeListAnswer(hasMore, [.. found.Select(Row)]), ApiJson.Default.EventTypeListAnswer);
    }

    public static async Task<IResult> GetAsync(string id, HttpContext context, Caller caller, EventDefinitions definitions) =>
        await definitions.FindAsync(caller.Tenant, id, context.RequestAborted) is { } found
            ? Results.Json(
                new EventTypeAnswer(found.Id, found.Name, found.Fields, found.CreatedAt.OnTheWire(), found.UpdatedAt?.OnTheWire()),
                ApiJson.Default.EventTypeAnswer)
            : ApiError.NotFound("Event");

    public static async Task<IResult> UpdateAsync(string id, HttpContext context, Caller caller, EventDefinitions definitions)
    {
        if (await definitions.FindAsync(caller.Tenant, id, context.RequestAborted) is not { } found) return ApiError.NotFound("Event");
        var (read, error) = await JsonBody.ReadAsync(context);
        if (read is null) return error!;
        using var body = read;
        if (body.Root.ValueKind != JsonValueKind.Object || !body.Root.TryGetProperty("schema", out _)) return ApiError.Missing("schema");
        var fields = Fields.Exact(body.Root);
        var schema = Schema(fields);
        if (fields.Error() is { } wrong) return wrong;
        return await definitions.UpdateAsync(caller.Tenant, found.Id, schema, context.RequestAborted)
            ? Results.Json(new EventTypeReference(found.Id), ApiJson.Default.EventTypeReference)
            : ApiError.NotFound("Event");
    }

    public static async Task<IResult> RemoveAsync(string id, HttpContext context, Caller caller, EventDefinitions definitions) =>
        await definitions.FindAsync(caller.Tenant, id, context.RequestAborted) is { } found
        && await definitions.RemoveAsync(caller.Tenant, found.Id, context.RequestAborted)
            ? Results.Json(new RemovedEventTypeAnswer(found.Id), ApiJson.Default.RemovedEventTypeAnswer)
            : ApiError.NotFound("Event");

    static Dictionary<string, string>? Schema(Fields fields)
    {
        if (!fields.HasValue("schema")) return null;
        var pairs = fields.Pairs("schema", MostFields, LongestName);
        if (pairs.FirstOrDefault(pair => !Kinds.Contains(pair.Value)) is { Key: not null } odd)
            fields.Wrong("schema", "event.schema", odd.Key);
        return pairs.ToDictionary(StringComparer.Ordinal);
    }

    static EventTypeRow Row(EventDefinition one) =>
        new(one.Id, one.Name, one.Fields, one.CreatedAt.OnTheWire(), one.UpdatedAt?.OnTheWire());
}

/// <summary>An event type in a list.</summary>
internal sealed record EventTypeRow(Guid Id, string Name, IReadOnlyDictionary<string, string>? Schema, string CreatedAt, string? UpdatedAt);

/// <summary>An event type.</summary>
internal sealed record EventTypeAnswer(
    Guid Id, string Name, IReadOnlyDictionary<string, string>? Schema, string CreatedAt, string? UpdatedAt, string Object = "event");

/// <summary>A page of event types.</summary>
internal sealed record EventTypeListAnswer(bool HasMore, IReadOnlyList<EventTypeRow> Data, string Object = "list");

/// <summary>An event type that was made or changed.</summary>
internal sealed record EventTypeReference(Guid Id, string Object = "event");

/// <summary>An event type that was removed.</summary>
internal sealed record RemovedEventTypeAnswer(Guid Id, bool Deleted = true, string Object = "event");
