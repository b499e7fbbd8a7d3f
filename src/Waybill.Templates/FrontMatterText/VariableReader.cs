using System.Globalization;
using System.Text.Json;
using Waybill.Templates.Language;

namespace Waybill.Templates.FrontMatterText;

/// <summary>
/// Reads one variable, in one of three forms: `path: text, required, sample Ann`; `path: {type: text, required: true, sample: Ann}`; or the
/// same keys on indented lines.
/// </summary>
internal static class VariableReader
{
    const string Keys = "type, required, secret, expires, sample and fallback";

    static readonly string[] Types = [.. Enum.GetNames<VariableType>().Select(name => name.ToLowerInvariant())];

    public static TemplateVariable? Read(Entry entry, List<Entry> below, Problems problems)
    {
        if (!IsPath(entry.Key))
        {
            problems.Refuse(entry.At, $"{entry.Key} is no path: names with dots between them, such as customer.name or items[].price.");
            return null;
        }

        var settings = below.Count > 0 ? [.. below.Select(setting => (setting.At, setting.Key, setting.Value))] : SettingsOf(entry);
        if (below.Count > 0 && entry.Value.Length > 0) settings.Add((entry.At, "type", entry.Value));
        TemplateVariable? variable = new(entry.Key, VariableType.Text, IsRequired: false);
        foreach (var (at, key, value) in settings)
        {
            if (Applied(variable, key, value) is { } applied) variable = applied;
            else problems.Refuse(at, Complaint(key, value));
        }

        if (variable is { Lifetime: not null, IsSecret: false })
        {
            problems.Refuse(entry.At, $"{entry.Key} expires and is no secret: add secret, or take expires out.");
        }

        return variable;
    }

    static bool IsPath(string path) => path.Length > 0 && path.Split('.').All(step =>
    {
        var name = step.EndsWith("[]", StringComparison.Ordinal) ? step[..^2] : step;
        return name.Length > 0 && name.All(sign => char.IsLetterOrDigit(sign) || sign is '_' or '-' or '$');
    });

    static List<(Place At, string Key, string Value)> SettingsOf(Entry entry)
    {
        var value = entry.Value.Replace('\n', ' ');
        var isMap = value is ['{', .., '}'];
        var settings = new List<(Place, string, string)>();
        foreach (var part in ScalarText.Split(isMap ? value[1..^1] : value))
        {
            var cut = part.AsSpan().IndexOfAny(isMap ? ":" : " ");
            if (part.Length > 0) settings.Add(cut < 0 ? (entry.At, part, "") : (entry.At, part[..cut].Trim(), part[(cut + 1)..].Trim()));
        }

        return settings;
    }

    static TemplateVariable? Applied(TemplateVariable variable, string key, string value) => key switch
    {
        "type" => TypeOf(value) is { } type ? variable with { Type = type } : null,
        "required" => TruthOf(value) is { } truth ? variable with { IsRequired = truth } : null,
        "secret" => TruthOf(value) is { } truth ? variable with { IsSecret = truth } : null,
        "expires" => LifetimeOf(value) is { } lifetime ? variable with { Lifetime = lifetime } : null,
        "sample" when value.Length > 0 => variable with { Sample = ElementFor(variable.Type, value) },
        "fallback" when value.Length > 0 => variable with { Fallback = ElementFor(variable.Type, value) },
        _ => value.Length == 0 && TypeOf(key) is { } type ? variable with { Type = type } : null,
    };

    /// <summary>A text may look like a number: an order called 0042.</summary>
    static JsonElement ElementFor(VariableType type, string value) =>
        type is VariableType.Text or VariableType.Date or VariableType.Url && value is not ['"', .., '"']
            ? ScalarText.Element($"'{value.Trim('\'')}'")
            : ScalarText.Element(value);

    static VariableType? TypeOf(string value) => Array.IndexOf(Types, value) is var found and >= 0 ? (VariableType)found : null;

    static bool? TruthOf(string value) => value switch { "" or "true" => true, "false" => false, _ => null };

    static TimeSpan? LifetimeOf(string value)
    {
        if (value.Length < 2
            || !int.TryParse(value.AsSpan(0, value.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count is 0 or > 10_000)
        {
            return null;
        }

        return value[^1] switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' => TimeSpan.FromDays(count),
            _ => null,
        };
    }

    static string Complaint(string key, string value) => key switch
    {
        "type" => $"There is no type {value}: there are {string.Join(", ", Types)}.",
        "required" or "secret" => $"{key} is true or false, not {value}.",
        "expires" => $"expires is a number and a unit, 15m, 12h or 7d, not {value}.",
        "sample" or "fallback" => $"{key} needs a value: {key} Ann, or JSON.",
        _ => $"There is no {key} here: a variable has {Keys}; its types are {string.Join(", ", Types)}.",
    };
}
