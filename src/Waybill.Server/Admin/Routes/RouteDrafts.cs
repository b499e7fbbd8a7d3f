using System.Text.Json;
using System.Text.Json.Nodes;
using Waybill.Engine.Events;
using Waybill.Screens.Pages.Routes;

namespace Waybill.Server.Admin.Routes;

/// <summary>What stands in the form of a route: from what is kept, or as it was typed.</summary>
internal static class RouteDrafts
{
    public static RouteDraft Of(RouteRule rule) => new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["event_type"] = rule.EventType,
        ["conditions"] = string.Join('\n', rule.Conditions.Select(condition => $"{condition.Path} = {condition.Value.GetRawText()}")),
        ["stream"] = rule.Stream,
        ["template"] = rule.Template,
        ["recipient"] = rule.Recipient,
        ["brand"] = rule.Brand ?? "",
        ["locale"] = rule.Locale ?? "",
        ["enabled"] = rule.IsEnabled ? "true" : "",
    });

    public static RouteDraft Of(IFormCollection form) =>
        new(RouteDraft.Fields.ToDictionary(field => field, field => form[field].ToString(), StringComparer.Ordinal));

    /// <summary>The same for the API's reader.</summary>
    public static JsonElement Body(IFormCollection form) =>
        new FormBody(form).Texts("event_type", "stream", "template", "recipient", "brand", "locale")
        .Flags("enabled").With("conditions", Conditions(form["conditions"].ToString())).Json();

    /// <summary>A condition a line: <c>data.plan = "pro"</c>. What is no JSON is a text as it stands.</summary>
    static JsonArray Conditions(string text) =>
        new([.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Condition)]);

    static JsonNode? Condition(string line)
    {
        var at = line.IndexOf('=', StringComparison.Ordinal);
        if (at < 0) return new JsonObject { ["path"] = line }; // the reader says what is missing
        return new JsonObject { ["path"] = line[..at].Trim(), ["equals"] = Value(line[(at + 1)..].Trim()) };
    }

    /// <summary>A text is read to its end: an escape may be half a character, which nobody could compare with later.</summary>
    static JsonNode? Value(string text)
    {
        try
        {
            var value = JsonNode.Parse(text);
            return value is JsonValue && value.GetValueKind() == JsonValueKind.String ? JsonValue.Create(value.GetValue<string>()) : value;
        }
        catch (Exception other) when (other is JsonException or InvalidOperationException)
        {
            return text;
        }
    }
}
