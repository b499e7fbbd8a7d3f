using System.Text.Json;
using Waybill.Engine.Events;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Events;

/// <summary>A route as it is posted.</summary>
internal static class PostedRoute
{
    const int LongestText = 256;
    const int MostConditions = 20;

    /// <summary>Reads it, or says all that is wrong.</summary>
    public static (RouteRule? Rule, IReadOnlyList<ApiError> Errors) Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object) return (null, [ApiError.Invalid("A route must be a JSON object.")]);
        var fields = new FieldReader(body);
        var rule = new RouteRule
        {
            EventType = Required(fields, "event_type"),
            Conditions = [.. fields.Objects("conditions", MostConditions).Select(item => Condition(fields, item))],
            Stream = Required(fields, "stream"),
            Template = Required(fields, "template"),
            Recipient = Required(fields, "recipient"),
            Brand = fields.Line("brand", LongestText),
            Locale = fields.Line("locale", LongestText),
            IsEnabled = IsEnabled(fields),
        };
        return (fields.Errors.Count == 0 ? rule : null, fields.Errors);
    }

    static string Required(FieldReader fields, string name)
    {
        if (!fields.Has(name)) fields.Refuse(ApiError.Missing(name));
        return fields.Name(name, LongestText) ?? "";
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
}
