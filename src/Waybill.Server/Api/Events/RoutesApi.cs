using System.Diagnostics;
using System.Text.Json;
using Waybill.Engine.Events;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Events;

/// <summary><c>/v1/routes</c>: which events cause which messages.</summary>
internal static class RoutesApi
{
    const int LongestText = 256;
    const int MostConditions = 20;

    public static async Task<IResult> ListAsync(HttpContext context, Caller caller, Routes routes) => Results.Json(
        new RouteListAnswer(HasMore: false, [.. (await routes.ListAsync(caller.Tenant, context.RequestAborted)).Select(Answer)]), ApiJson.Default.RouteListAnswer);

    public static async Task<IResult> GetAsync(string id, HttpContext context, Caller caller, Routes routes) =>
        await FindAsync(id, context, caller, routes) is { } route ? Results.Json(Answer(route), ApiJson.Default.RouteAnswer) : Problem.NotFound("Route");

    public static async Task<IResult> CreateAsync(HttpContext context, Caller caller, Routes routes)
    {
        var (rule, problem) = await ReadAsync(context);
        return rule is null ? problem! : Answer(await routes.CreateAsync(caller.Tenant, rule, context.RequestAborted), status: 201);
    }

    public static async Task<IResult> ReplaceAsync(string id, HttpContext context, Caller caller, Routes routes)
    {
        if (await FindAsync(id, context, caller, routes) is not { } route) return Problem.NotFound("Route");
        var (rule, problem) = await ReadAsync(context);
        return rule is null ? problem! : Answer(await routes.ReplaceAsync(caller.Tenant, route.Id, rule, context.RequestAborted), status: 200);
    }

    public static async Task<IResult> RemoveAsync(string id, HttpContext context, Caller caller, Routes routes) =>
        Guid.TryParseExact(id, "D", out var key) && await routes.RemoveAsync(caller.Tenant, key, context.RequestAborted)
            ? Results.NoContent()
            : Problem.NotFound("Route");

    static async Task<EventRoute?> FindAsync(string id, HttpContext context, Caller caller, Routes routes) =>
        Guid.TryParseExact(id, "D", out var key) ? await routes.FindAsync(caller.Tenant, key, context.RequestAborted) : null;

    static async Task<(RouteRule? Rule, Problem? Problem)> ReadAsync(HttpContext context)
    {
        var (read, error) = await JsonBody.ReadAsync(context);
        if (read is null) return (null, Problem.From(error!));
        using var body = read;
        if (body.Root.ValueKind != JsonValueKind.Object) return (null, Problem.Invalid("A route must be a JSON object."));
        var fields = new FieldReader(body.Root);
        var rule = new RouteRule
        {
            EventType = Required(fields, "event_type"),
            Conditions = [.. fields.Objects("conditions", MostConditions).Select(item => Condition(fields, item))],
            Stream = Required(fields, "stream"),
            Template = Required(fields, "template"),
            Recipient = Required(fields, "recipient"),
            Brand = fields.Text("brand", LongestText),
            Locale = fields.Text("locale", LongestText),
            IsEnabled = IsEnabled(fields),
        };
        return fields.Error is { } wrong ? (null, Problem.Invalid(wrong.Message)) : (rule, null);
    }

    static string Required(FieldReader fields, string name)
    {
        if (!fields.Has(name)) fields.Refuse(ApiError.Missing(name));
        var text = fields.Text(name, LongestText);
        if (text is not null && (string.IsNullOrWhiteSpace(text) || text.Any(char.IsControl))) fields.Refuse(ApiError.Invalid($"The `{name}` field may not be blank or hold control characters."));
        return text ?? "";
    }

    static RouteCondition Condition(FieldReader fields, JsonElement item)
    {
        var path = new FieldReader(item).Text("path", LongestText);
        var isScalar = item.TryGetProperty("equals", out var value) && value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);
        if (path is null || !isScalar) fields.Refuse(ApiError.Invalid("Each entry of `conditions` needs a `path` and in `equals` a text, a number, true, false or null."));
        return new(path ?? "", isScalar ? value.Clone() : default);
    }

    static bool IsEnabled(FieldReader fields)
    {
        var enabled = fields.Find("enabled");
        if (enabled is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) }) fields.Refuse(ApiError.Invalid("The `enabled` field must be true or false."));
        return enabled is not { ValueKind: JsonValueKind.False };
    }

    static IResult Answer(RouteSaving saving, int status) => saving switch
    {
        RouteSaving.Saved(var route) => Results.Json(Answer(route), ApiJson.Default.RouteAnswer, statusCode: status),
        RouteSaving.Refused(var field, var sentence) => Problem.Invalid($"{field}: {sentence}"),
        RouteSaving.NotFound => Problem.NotFound("Route"),
        _ => throw new UnreachableException($"No answer for {saving.GetType().Name}."),
    };

    static RouteAnswer Answer(EventRoute route) => new(
        route.Id, route.Rule.EventType, route.Rule.Conditions, route.Rule.Stream, route.Rule.Template, route.Rule.Recipient, route.Rule.Brand,
        route.Rule.Locale, route.Rule.IsEnabled, route.CreatedAt.OnTheWire(), route.UpdatedAt.OnTheWire());
}

/// <summary>A route.</summary>
internal sealed record RouteAnswer(
    Guid Id, string EventType, IReadOnlyList<RouteCondition> Conditions, string Stream, string Template, string Recipient, string? Brand,
    string? Locale, bool Enabled, string CreatedAt, string UpdatedAt);

/// <summary>All routes of a tenant, in the order in which they were made.</summary>
internal sealed record RouteListAnswer(bool HasMore, IReadOnlyList<RouteAnswer> Data, string Object = "list");
