using System.Text.Json;
using Waybill.Server.Http;
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
    public static IReadOnlyList<TemplateVariable>? Read(FieldReader template)
    {
        if (!template.Has("variables")) return null;
        var read = template.Objects("variables", Most).Select(json => Read(template, json)).OfType<TemplateVariable>().ToList();
        if (read.GroupBy(one => one.Path, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            template.Refuse(ApiError.Invalid($"The variable `{twice.Key}` stands twice."));
        return read;
    }

    /// <summary>The word for a type.</summary>
    public static string Word(VariableType type) => Types.First(pair => pair.Value == type).Key;

    static TemplateVariable? Read(FieldReader template, JsonElement json)
    {
        var fields = new FieldReader(json);
        var (key, word) = (fields.Text("key", LongestKey), fields.Text("type", 20));
        if (key is null || !IsPath(key)) fields.Refuse(ApiError.Invalid("Each variable needs a `key` of letters, digits and underscores, with dots between the parts of a path."));
        if (word is null || !Types.TryGetValue(word, out var type))
        {
            fields.Refuse(ApiError.Invalid($"The variable `{key}` needs a `type`: {string.Join(", ", Types.Keys)}."));
            type = default;
        }

        var fallback = fields.Find("fallback_value") ?? fields.Find("fallbackValue");
        var isSecret = Flag(fields, "secret") ?? false;
        if (isSecret && type is not (VariableType.Text or VariableType.Url))
            fields.Refuse(ApiError.Invalid($"The variable `{key}` is secret, so it must be a string or a url: it is shown as dots where nobody may see it."));
        var variable = new TemplateVariable(key ?? "", type, Flag(fields, "required") ?? fallback is null)
        {
            Fallback = fallback?.Clone(),
            Sample = fields.Find("sample")?.Clone(),
            IsSecret = isSecret,
            Lifetime = isSecret ? Lifetime(fields) : null,
        };
        if (fields.Error is not { } error) return variable;
        template.Refuse(error);
        return null;
    }

    static bool IsPath(string key) =>
        key.Split('.').All(part => part.Replace("[]", "", StringComparison.Ordinal) is { Length: > 0 } name && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'));

    static bool? Flag(FieldReader fields, string name)
    {
        if (fields.Find(name) is not { } value) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        fields.Refuse(ApiError.Invalid($"The `{name}` field must be true or false."));
        return null;
    }

    static TimeSpan? Lifetime(FieldReader fields)
    {
        if (fields.Find("expires_in") is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var seconds) && seconds is >= 60 and <= 31_536_000) return TimeSpan.FromSeconds(seconds);
        fields.Refuse(ApiError.Invalid("The `expires_in` field must be whole seconds between 60 and 31536000."));
        return null;
    }
}
