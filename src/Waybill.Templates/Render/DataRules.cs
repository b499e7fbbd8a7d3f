using System.Text.Json;
using Waybill.Templates.Language;
using Waybill.Templates.Wording;

namespace Waybill.Templates.Render;

/// <summary>Whether data holds what a template declares.</summary>
internal sealed class DataRules
{
    readonly List<Rule> rules = [];

    /// <summary>What items of a list hold is looked at where it is used.</summary>
    public DataRules(IReadOnlyList<TemplateVariable> variables, Dictionary<string, Place> used)
    {
        foreach (var variable in variables)
        {
            if (variable.Path.Contains("[]", StringComparison.Ordinal)) continue;
            var place = used.TryGetValue(variable.Path, out var at) ? at.InTemplate() : new Place(1, 1);
            rules.Add(new(variable, [.. variable.Path.Split('.').Select(name => new PathSegment(name))], place));
        }
    }

    public Rendering.Refused? FirstComplaint(JsonElement data)
    {
        foreach (var rule in rules)
        {
            if (Complaint(rule, Find(data, rule.Segments)) is { } complaint) return new(rule.At.Line, rule.At.Column, complaint);
        }

        return null;
    }

    static JsonElement Find(JsonElement data, PathSegment[] segments)
    {
        foreach (var segment in segments)
        {
            if (data.ValueKind != JsonValueKind.Object || !data.TryGetProperty(segment.Utf8, out data)) return default;
        }

        return data;
    }

    static string? Complaint(Rule rule, JsonElement found)
    {
        var variable = rule.Variable;
        if (found.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return variable is { IsRequired: true, Fallback: null } ? $"The data lacks {variable.Path}, which the template needs." : null;
        }

        return Fits(variable.Type, found)
            ? null
            : $"{variable.Path} is not what the template declares: it must be {Wanted(variable.Type)}.";
    }

    static bool Fits(VariableType type, JsonElement found) => type switch
    {
        VariableType.Text or VariableType.Url => found.ValueKind is JsonValueKind.String or JsonValueKind.Number,
        VariableType.Number => found.ValueKind == JsonValueKind.Number,
        VariableType.Boolean => found.ValueKind is JsonValueKind.True or JsonValueKind.False,
        VariableType.Date => found.ValueKind == JsonValueKind.String && Value.Of(found).Print() is { Length: <= 40 } text
            && (text.Length == 0 || DateText.IsDate(text)),
        VariableType.Money => MoneyText.IsMoney(found),
        VariableType.List => found.ValueKind == JsonValueKind.Array,
        _ => found.ValueKind == JsonValueKind.Object,
    };

    static string Wanted(VariableType type) => type switch
    {
        VariableType.Text => "a text",
        VariableType.Url => "a link, as a text",
        VariableType.Number => "a number",
        VariableType.Boolean => "true or false",
        VariableType.Date => "a day such as \"2026-11-22\" or an instant such as \"2026-11-22T14:05:00Z\"",
        VariableType.Money => "an amount: {\"minor\": 12345, \"currency\": \"EUR\"}",
        VariableType.List => "a list",
        _ => "an object",
    };

    sealed record Rule(TemplateVariable Variable, PathSegment[] Segments, Place At);
}
