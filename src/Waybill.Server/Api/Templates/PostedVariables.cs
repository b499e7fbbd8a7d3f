using System.Text.Json;
using Waybill.Books.Reading;
using Waybill.Templates;

namespace Waybill.Server.Api.Templates;

/// <summary>
/// The variables of a posted template. Resend knows <c>key</c>, <c>type</c> (string, number) and <c>fallback_value</c>; ours may also be
/// boolean, date, money, url, list or object, <c>required</c>, <c>secret</c> with <c>expires_in</c> seconds, and have a <c>sample</c>.
/// </summary>
internal static class PostedVariables
{
    const int Most = 200;
    const int LongestKey = 200;

    static readonly Dictionary<string, VariableType> Types = new(StringComparer.Ordinal)
    {
        ["string"] = VariableType.Text,
        ["number"] = VariableType.Number,
        ["boolean"] = VariableType.Boolean,
        ["date"] = VariableType.Date,
        ["money"] = VariableType.Money,
        ["url"] = VariableType.Url,
        ["list"] = VariableType.List,
        ["object"] = VariableType.Object,
    };

    /// <summary>The variables; null when none were posted.</summary>
    public static IReadOnlyList<TemplateVariable>? Read(Fields template)
    {
        if (!template.HasValue("variables")) return null;
        var read = template.Objects("variables", Most).Select((json, at) => Read(template, json, at)).OfType<TemplateVariable>().ToList();
        if (read.GroupBy(one => one.Path, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            template.Wrong("variables", "variable.twice", twice.Key);
        return read;
    }

    /// <summary>The word for a type.</summary>
    public static string Word(VariableType type) => Types.First(pair => pair.Value == type).Key;

    static TemplateVariable? Read(Fields template, JsonElement json, int at)
    {
        var fields = template.Within(json, "variables", at);
        var (key, word) = (fields.Text("key", LongestKey), fields.Text("type", 20));
        if (key is null || !IsPath(key)) fields.Wrong("key", "variable.key");
        if (word is null || !Types.TryGetValue(word, out var type))
        {
            fields.Wrong("type", "variable.type", key ?? "", string.Join(", ", Types.Keys));
            type = default;
        }

        var fallback = fields.Find("fallback_value") ?? fields.Find("fallbackValue");
        var isSecret = fields.Flag("secret") ?? false;
        if (isSecret && type is not (VariableType.Text or VariableType.Url))
            fields.Wrong("secret", "variable.secret", key ?? "");
        var variable = new TemplateVariable(key ?? "", type, fields.Flag("required") ?? fallback is null)
        {
            Fallback = fallback?.Clone(),
            Sample = fields.Find("sample")?.Clone(),
            IsSecret = isSecret,
            Lifetime = isSecret ? Lifetime(fields) : null,
        };
        return fields.Fault is null ? variable : null;
    }

    static bool IsPath(string key) =>
        key.Split('.')
            .All(
                part => part.Replace("[]", "", StringComparison.Ordinal) is { Length: > 0 } name
                    && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'));

    static TimeSpan? Lifetime(Fields fields)
    {
        if (fields.Find("expires_in") is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var seconds) && seconds is >= 60 and <= 31_536_000)
            return TimeSpan.FromSeconds(seconds);
        fields.Wrong("expires_in", "variable.expires");
        return null;
    }
}
