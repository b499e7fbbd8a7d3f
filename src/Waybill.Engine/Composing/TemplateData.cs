using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Waybill.Engine.Templates;

namespace Waybill.Engine.Composing;

/// <summary>Holds the values that a mail is filled with against what its template declares.</summary>
public static class TemplateData
{
    /// <summary>The values with fallbacks where one is missing, or what is wrong with them.</summary>
    public static (JsonElement Values, string? Problem) Check(IReadOnlyList<TemplateVariable> variables, JsonElement values)
    {
        if (values.ValueKind != JsonValueKind.Object) return (values, "The variables must be a JSON object.");
        JsonObject? filled = null;
        foreach (var variable in variables)
        {
            if (variable.Path.Contains("[]", StringComparison.Ordinal)) continue; // entries of a list are judged where they are used
            if (Find(values, variable.Path) is { } value)
            {
                if (!Fits(variable.Type, value)) return (values, $"The variable `{variable.Path}` must be {Words(variable.Type)}.");
            }
            else if (variable.Fallback is { } fallback) Fill(filled ??= JsonObject.Create(values)!, variable.Path, fallback);
            else if (variable.IsRequired) return (values, $"The variable `{variable.Path}` is missing, and the template has no fallback for it.");
        }

        return (filled is null ? values : JsonSerializer.SerializeToElement(filled, TemplateDataJson.Default.JsonObject), null);
    }

    /// <summary>The values that the variables' authors gave as samples, or as fallbacks.</summary>
    public static JsonElement Samples(IReadOnlyList<TemplateVariable> variables)
    {
        var samples = new JsonObject();
        foreach (var variable in variables.Where(one => !one.Path.Contains("[]", StringComparison.Ordinal)))
            if ((variable.Sample ?? variable.Fallback) is { } sample) Fill(samples, variable.Path, sample);
        return JsonSerializer.SerializeToElement(samples, TemplateDataJson.Default.JsonObject);
    }

    static JsonElement? Find(JsonElement values, string path)
    {
        var at = values;
        foreach (var range in path.AsSpan().Split('.'))
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(path.AsSpan()[range], out at)) return null;
        return at.ValueKind == JsonValueKind.Null ? null : at;
    }

    static void Fill(JsonObject values, string path, JsonElement fallback)
    {
        var parts = path.Split('.');
        foreach (var part in parts[..^1])
        {
            if (values[part] is not JsonObject inner) values[part] = inner = [];
            values = inner;
        }

        values[parts[^1]] = JsonSerializer.SerializeToNode(fallback, TemplateDataJson.Default.JsonElement);
    }

    static bool Fits(VariableType type, JsonElement value) => type switch
    {
        VariableType.Text => value.ValueKind is JsonValueKind.String or JsonValueKind.Number,
        VariableType.Number => value.ValueKind == JsonValueKind.Number,
        VariableType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        VariableType.Date => value.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
        VariableType.Money => value.ValueKind == JsonValueKind.Object
            && value.TryGetProperty("minor", out var minor) && minor.ValueKind == JsonValueKind.Number && minor.TryGetInt64(out _)
            && value.TryGetProperty("currency", out var currency) && currency.ValueKind == JsonValueKind.String,
        VariableType.Url => value.ValueKind == JsonValueKind.String,
        VariableType.List => value.ValueKind == JsonValueKind.Array,
        VariableType.Object => value.ValueKind == JsonValueKind.Object,
        _ => throw new System.Diagnostics.UnreachableException($"No rule for {type}."),
    };

    static string Words(VariableType type) => type switch
    {
        VariableType.Text => "a text or a number",
        VariableType.Number => "a number",
        VariableType.Boolean => "true or false",
        VariableType.Date => "a date such as 2026-11-21 or an instant such as 2026-11-21T09:30:00Z",
        VariableType.Money => "an amount such as {\"minor\": 4500, \"currency\": \"CHF\"}",
        VariableType.Url => "an address such as https://example.org/",
        VariableType.List => "a list",
        VariableType.Object => "an object",
        _ => throw new System.Diagnostics.UnreachableException($"No words for {type}."),
    };
}

[System.Text.Json.Serialization.JsonSerializable(typeof(JsonObject))]
[System.Text.Json.Serialization.JsonSerializable(typeof(JsonElement))]
internal sealed partial class TemplateDataJson : System.Text.Json.Serialization.JsonSerializerContext;
