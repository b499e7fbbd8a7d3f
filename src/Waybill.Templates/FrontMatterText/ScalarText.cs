using System.Text.Json;

namespace Waybill.Templates.FrontMatterText;

/// <summary>Values as a head has them: JSON where they look like it, else text.</summary>
internal static class ScalarText
{
    /// <summary>Text without the quotation marks that may stand round it.</summary>
    public static string Unquoted(string value) => value switch
    {
        ['"', .., '"'] => Json(value) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : value,
        ['\'', .. var inner, '\''] => inner.Replace("''", "'", StringComparison.Ordinal),
        _ => value,
    };

    /// <summary>JSON, or the text as JSON.</summary>
    public static JsonElement Element(string value) => value switch
    {
        ['\'', .., '\''] => Text(Unquoted(value)),
        _ => Json(value) ?? Text(value),
    };

    /// <summary>Whether a bracket is open at its end, so that it goes on on the next line.</summary>
    public static bool IsOpen(string value)
    {
        var depth = 0;
        for (var at = 0; at < value.Length; at++)
        {
            if (value[at] == '"') at = EndOfText(value, at);
            else depth += value[at] switch { '{' or '[' => 1, '}' or ']' => -1, _ => 0 };
        }

        return depth > 0 && value is ['{' or '[', ..];
    }

    /// <summary>Cuts at commas that stand outside of brackets and quotation marks.</summary>
    public static List<string> Split(string value)
    {
        var (parts, from, depth) = (new List<string>(), 0, 0);
        for (var at = 0; at < value.Length; at++)
        {
            if (value[at] == '"') at = EndOfText(value, at);
            else if (value[at] is '{' or '[') depth++;
            else if (value[at] is '}' or ']') depth--;
            else if (value[at] == ',' && depth == 0)
            {
                parts.Add(value[from..at].Trim());
                from = at + 1;
            }
        }

        parts.Add(value[Math.Min(from, value.Length)..].Trim());
        return parts;
    }

    static int EndOfText(string value, int at)
    {
        for (at++; at < value.Length && value[at] != '"'; at++)
        {
            if (value[at] == '\\') at++;
        }

        return at;
    }

    static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text, FrontMatterJson.Default.String);

    static JsonElement? Json(string value)
    {
        try
        {
            return JsonElement.Parse(value);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
