using System.Text.Json;
using Waybill.Books.Reading;
using Waybill.Engine.Events;

namespace Waybill.Server.Api.Events;

/// <summary>A route as it is posted.</summary>
internal static class PostedRoute
{
    const int LongestText = 256;
    const int MostConditions = 20;

    /// <summary>Reads it, or says all that is wrong.</summary>
    public static (RouteRule? Rule, IReadOnlyList<FieldFault> Faults) Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object) return (null, [new("", "route.object")]);
        var fields = Fields.Exact(body);
        var rule = new RouteRule
        {
            EventType = Required(fields, "event_type"),
            Conditions = [.. fields.Objects("conditions", MostConditions).Select(item => Condition(fields, item))],
            Stream = Required(fields, "stream"),
            Template = Required(fields, "template"),
            Recipient = Required(fields, "recipient"),
            Brand = fields.Line("brand", LongestText),
            Locale = fields.Line("locale", LongestText),
            IsEnabled = fields.Flag("enabled") ?? true,
        };
        return (fields.Fault is null ? rule : null, fields.Faults);
    }

    static string Required(Fields fields, string name)
    {
        if (!fields.HasValue(name)) fields.Wrong(name, "missing");
        return fields.Name(name, LongestText) ?? "";
    }

    static RouteCondition Condition(Fields fields, JsonElement item)
    {
        var path = Fields.Exact(item).Text("path", LongestText);
        var isScalar = item.TryGetProperty("equals", out var value) && value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);
        if (path is null || !isScalar) fields.Wrong("conditions", "route.condition", new FieldName("path"), new FieldName("equals"));
        return new(path ?? "", isScalar ? value.Clone() : default);
    }
}
