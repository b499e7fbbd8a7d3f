using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Waybill.Mime.Addresses;
using Waybill.RacketBook.Faults;

namespace Waybill.RacketBook.Reading;

/// <summary>
/// The named values of what was asked for, be it JSON or a form: one reader for both, so that both are told the same. What is wrong is
/// remembered by field. A field that is there and empty clears what stood in it.
/// </summary>
public sealed class Fields
{
    readonly Dictionary<string, string?> values = new(StringComparer.Ordinal);
    readonly HashSet<string> asked = new(StringComparer.Ordinal);
    readonly List<BookFault> faults = [];

    /// <summary>What is wrong, by field.</summary>
    public IReadOnlyList<BookFault> Faults => faults;

    /// <summary>What is wrong, and with it what nobody asked for: a program that misspells a field is told so before anything is done.</summary>
    public IReadOnlyList<BookFault> Judged() => [.. faults, .. values.Keys.Where(name => !asked.Contains(name)).Select(name => new BookFault(Short(name), "field.unknown"))];

    /// <summary>The values of a JSON object.</summary>
    public static Fields From(JsonElement body)
    {
        var fields = new Fields();
        if (body.ValueKind != JsonValueKind.Object) return fields.Wrong("", "body.object");
        foreach (var property in body.EnumerateObject()) fields.Take(property);
        return fields;
    }

    /// <summary>The values of a form.</summary>
    /// <param name="form">As it was sent.</param>
    /// <param name="boxes">Its boxes: one that is not sent is not ticked.</param>
    public static Fields From(IFormCollection form, params ReadOnlySpan<string> boxes)
    {
        var fields = new Fields();
        foreach (var box in boxes) fields.values[box] = "false";
        foreach (var (name, value) in form) fields.values[name] = value.ToString();
        return fields;
    }

    /// <summary>Whether the field was sent, empty or not.</summary>
    public bool Has(string name)
    {
        asked.Add(name);
        return values.ContainsKey(name);
    }

    /// <summary>Remembers what is wrong.</summary>
    public Fields Wrong(string field, string code, params object[] arguments)
    {
        faults.Add(new(field, code, arguments));
        return this;
    }

    /// <summary>A text on one line; null: missing, empty or refused.</summary>
    public string? Line(string name, int longest)
    {
        var text = Text(name, longest);
        return text is not null && NameText.Objection(text) is { } character ? Refuse<string>(name, "text.control", character) : text;
    }

    /// <summary>A text of any number of lines; null: missing, empty or refused.</summary>
    public string? Text(string name, int longest)
    {
        if (Value(name) is not { } text) return null;
        if (text.Length > longest) return Refuse<string>(name, "text.long", longest, text.Length);
        var character = NameText.Objection(text.Replace('\n', ' ').Replace('\r', ' ').Replace('\t', ' '));
        return character is null ? text.ReplaceLineEndings("\n") : Refuse<string>(name, "text.control", character);
    }

    /// <summary>A number with at most two decimals; null: missing, empty or refused.</summary>
    public decimal? Number(string name, decimal least, decimal most)
    {
        if (Value(name) is not { } text) return null;
        if (text.IndexOf(',', StringComparison.Ordinal) is >= 0 and var comma && text.Length - comma > 3) return None<decimal>(name, "number.odd", Short(text)); // a thousand, to some
        if (!decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return None<decimal>(name, "number.odd", Short(text));
        if (number < least || number > most) return None<decimal>(name, "number.range", Say(least), Say(most), Short(text));
        return number == decimal.Round(number, 2) ? number : None<decimal>(name, "number.fine", Short(text));
    }

    /// <summary>A day, as in 2026-04-21; null: missing, empty or refused.</summary>
    public DateOnly? Day(string name)
    {
        if (Value(name) is not { } text) return null;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : None<DateOnly>(name, "day.odd", Short(text));
    }

    /// <summary>An id; null: missing, empty or refused.</summary>
    public Guid? Id(string name)
    {
        if (Value(name) is not { } text) return null;
        return Guid.TryParseExact(text, "D", out var id) ? id : None<Guid>(name, "id.odd", Short(text));
    }

    /// <summary>Yes or no; null: missing, empty or refused.</summary>
    public bool? Flag(string name) => Value(name) switch
    {
        null => null,
        "true" or "on" => true,
        "false" => false,
        var other => None<bool>(name, "flag.odd", Short(other)),
    };

    /// <summary>One of several words; null: missing, empty or refused.</summary>
    public string? Choice(string name, params IReadOnlyList<string> words)
    {
        if (Value(name) is not { } text) return null;
        return words.Contains(text) ? text : Refuse<string>(name, "choice.odd", Short(text), string.Join(", ", words));
    }

    void Take(JsonProperty property)
    {
        if (property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array) Wrong(property.Name, "field.type");
        else values[property.Name] = property.Value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => property.Value.GetString(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => property.Value.GetRawText(),
        };
    }

    string? Value(string name)
    {
        asked.Add(name);
        return values.TryGetValue(name, out var text) && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
    }

    T? Refuse<T>(string field, string code, params object[] arguments) where T : class
    {
        Wrong(field, code, arguments);
        return null;
    }

    T? None<T>(string field, string code, params object[] arguments) where T : struct
    {
        Wrong(field, code, arguments);
        return null;
    }

    static string Say(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>What was typed, but not ten thousand characters of it.</summary>
    static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
