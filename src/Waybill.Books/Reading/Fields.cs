using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Waybill.Mime.Addresses;

namespace Waybill.Books.Reading;

/// <summary>
/// Reads the named values of what was asked for, and remembers what is wrong with them by field. One reader for JSON and forms.
/// <para><see cref="Exact"/>: JSON as it stands, each value of its own JSON type; blanks are part of a text.</para>
/// <para>As typed (<see cref="From(JsonElement)"/> and its overloads): a value may be written as a text, blanks around it do not count, and
/// a field that is there and empty clears what stood in it.</para>
/// </summary>
public sealed class Fields
{
    static readonly JsonElement Nothing = JsonElement.Parse("{}");

    readonly JsonElement body;
    readonly HashSet<string>? asked; // null: exact
    readonly Fields? outer;
    readonly (string Name, int? At) place;
    List<FieldFault>? faults;

    Fields(JsonElement body, bool isExact)
    {
        var isObject = body.ValueKind == JsonValueKind.Object;
        this.body = isObject ? body : Nothing;
        asked = isExact ? null : new(StringComparer.Ordinal);
        if (!isObject) Wrong("", "body.object");
        else if (!isExact) CheckValues();
    }

    Fields(JsonElement item, Fields outer, (string, int?) place) => (body, this.outer, this.place) = (item, outer, place);

    /// <summary>The values of a JSON object, each of its own JSON type.</summary>
    public static Fields Exact(JsonElement body) => new(body, isExact: true);

    /// <summary>The values of a JSON object as somebody typed them; objects and arrays are refused.</summary>
    public static Fields From(JsonElement body) => new(body, isExact: false);

    /// <summary>The values of a form.</summary>
    /// <param name="form">As it was sent; its files are none of it.</param>
    /// <param name="boxes">Its boxes: one that is not sent is not ticked.</param>
    public static Fields From(IFormCollection form, params ReadOnlySpan<string> boxes) =>
        From(form.Select(one => KeyValuePair.Create(one.Key, one.Value.ToString())), boxes);

    /// <summary>The same of pairs.</summary>
    public static Fields From(IEnumerable<KeyValuePair<string, string>> typed, params ReadOnlySpan<string> boxes)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var box in boxes) values[box] = "false";
        foreach (var (name, value) in typed) values[name] = value;
        return From(JsonSerializer.SerializeToElement(values, ReadingJson.Default.DictionaryStringString));
    }

    /// <summary>No values at all.</summary>
    public static Fields None() => From(Nothing);

    /// <summary>The object itself, where the caller walks it; empty where the body is none.</summary>
    public JsonElement Body => body;

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<FieldFault> Faults => faults ?? [];

    /// <summary>The first thing that is wrong; null: nothing is.</summary>
    public FieldFault? Fault => faults?[0];

    /// <summary>
    /// What is wrong, and each value that nobody asked for: a program that misspells a field is told so before anything is done.
    /// </summary>
    public IReadOnlyList<FieldFault> Judged() =>
        [.. Faults,
            .. body.EnumerateObject().Where(one => !IsNested(one.Value)).Select(one => one.Name)
                .Where(name => asked?.Contains(name) == false)
            .Select(name => new FieldFault(Short(name), "field.unknown"))];

    /// <summary>Remembers what is wrong.</summary>
    public Fields Wrong(string field, string code, params object[] arguments)
    {
        Remember(new(field, code, arguments) { Within = Path() });
        return this;
    }

    /// <summary>Whether the field was sent, be it empty or null.</summary>
    public bool Has(string name)
    {
        asked?.Add(name);
        return body.TryGetProperty(name, out var value) && (asked is null || !IsNested(value));
    }

    /// <summary>Whether the field was sent and has a value.</summary>
    public bool HasValue(string name) => asked is null ? Find(name) is not null : Typed(name) is not null;

    /// <summary>Whether the field was sent without a value: what stood in it is to go.</summary>
    public bool IsCleared(string name) => Has(name) && !HasValue(name);

    /// <summary>The value as JSON, where the caller reads it by itself; null: missing or null.</summary>
    public JsonElement? Find(string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A text of any number of lines; null: missing or refused; as typed, also empty.</summary>
    public string? Text(string name, int longest) => asked is null ? ExactText(name, longest) : TypedText(name, longest);

    /// <summary>A text on one line, such as a name: without what <see cref="NameText"/> refuses.</summary>
    public string? Line(string name, int longest)
    {
        var text = Text(name, longest);
        return text is not null && NameText.Objection(text) is { } character ? Refuse<string>(name, "text.control", character) : text;
    }

    /// <summary>The same of a name that may not be blank.</summary>
    public string? Name(string name, int longest)
    {
        var text = Line(name, longest);
        return text is not null && string.IsNullOrWhiteSpace(text) ? Refuse<string>(name, "text.blank") : text;
    }

    /// <summary>A number with at most two decimals, as typed; null: missing, empty or refused.</summary>
    public decimal? Number(string name, decimal least, decimal most)
    {
        if (Typed(name) is not { } text) return null;
        if (text.IndexOf(',', StringComparison.Ordinal) is >= 0 and var comma && text.Length - comma > 3)
            return None<decimal>(name, "number.odd", Short(text)); // a thousand, to some
        if (!TryDecimal(text.Replace(',', '.'), out var number)) return None<decimal>(name, "number.odd", Short(text));
        if (number < least || number > most) return None<decimal>(name, "number.range", Say(least), Say(most), Short(text));
        return number == decimal.Round(number, 2) ? number : None<decimal>(name, "number.fine", Short(text));
    }

    /// <summary>A day, as in 2026-04-21, as typed; null: missing, empty or refused.</summary>
    public DateOnly? Day(string name)
    {
        if (Typed(name) is not { } text) return null;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : None<DateOnly>(name, "day.odd", Short(text));
    }

    /// <summary>An id, as typed; null: missing, empty or refused.</summary>
    public Guid? Id(string name)
    {
        if (Typed(name) is not { } text) return null;
        return Guid.TryParseExact(text, "D", out var id) ? id : None<Guid>(name, "id.odd", Short(text));
    }

    /// <summary>Yes or no; null: missing, empty or refused.</summary>
    public bool? Flag(string name)
    {
        if (asked is null) return Find(name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.True } => true,
            { ValueKind: JsonValueKind.False } => false,
            { } other => None<bool>(name, "flag.odd", Short(other.ToString())),
        };
        return Typed(name) switch
        {
            null => null,
            "true" or "on" => true,
            "false" => false,
            var other => None<bool>(name, "flag.odd", Short(other)),
        };
    }

    /// <summary>One of several words; null: missing, empty or refused.</summary>
    public string? Choice(string name, params IReadOnlyList<string> words)
    {
        if (Typed(name) is not { } text) return null;
        return words.Contains(text) ? text : Refuse<string>(name, "choice.odd", Short(text), string.Join(", ", words));
    }

    /// <summary>A whole number; null: missing, empty or refused.</summary>
    public int? Whole(string name, int least, int most)
    {
        if (!HasValue(name)) return null;
        if (TryWhole(name, out var number) && number >= least && number <= most) return number;
        return most == int.MaxValue ? None<int>(name, "number.whole", least) : None<int>(name, "number.whole-range", least, most);
    }

    /// <summary>A number; null: missing, empty or none, which <paramref name="isOdd"/> tells apart.</summary>
    public double? Real(string name, out bool isOdd)
    {
        isOdd = HasValue(name);
        if (!isOdd) return null;
        var value = Find(name)!.Value;
        double? number = value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var exact) ? exact
            : asked is not null && TryDecimal(Typed(name), out var typed) ? (double)typed : null;
        isOdd = number is null;
        return number;
    }

    /// <summary>One text or several; as typed, words with commas or blanks between them. Empty: missing or refused.</summary>
    public IReadOnlyList<string> Texts(string name, int most, int longest)
    {
        if (asked is not null) return TypedTexts(name, most, longest);
        if (Find(name) is not { } value) return [];
        if (value.ValueKind == JsonValueKind.String) return ExactText(name, longest) is { } one ? [one] : [];
        if (value.ValueKind != JsonValueKind.Array || !AreAll(value, JsonValueKind.String)) return Nobody<string>(name, "texts.type");
        if (value.GetArrayLength() > most) return Nobody<string>(name, "texts.many", most, value.GetArrayLength());
        var texts = value.EnumerateArray().Select(item => item.GetString()!).ToList();
        return texts.Find(text => text.Length > longest) is { } text ? Nobody<string>(name, "text.long", longest, text.Length) : texts;
    }

    /// <summary>The objects of an array; empty: missing or refused.</summary>
    public IReadOnlyList<JsonElement> Objects(string name, int most)
    {
        if (Find(name) is not { } value) return [];
        if (value.ValueKind != JsonValueKind.Array || !AreAll(value, JsonValueKind.Object))
            return Nobody<JsonElement>(name, "objects.type");
        return value.GetArrayLength() > most
            ? Nobody<JsonElement>(name, "texts.many", most, value.GetArrayLength())
            : [.. value.EnumerateArray()];
    }

    /// <summary>The names and texts of an object; empty: missing or refused.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs(string name, int most, int longest)
    {
        if (Find(name) is not { } value) return [];
        if (value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Any(item => item.Value.ValueKind != JsonValueKind.String))
            return Nobody<KeyValuePair<string, string>>(name, "pairs.type");
        if (value.GetPropertyCount() > most) return Nobody<KeyValuePair<string, string>>(name, "pairs.many", most);
        var pairs = value.EnumerateObject().Select(item => KeyValuePair.Create(item.Name, item.Value.GetString()!)).ToList();
        return pairs.Find(pair => pair.Value.Length > longest).Value is { } text
            ? Nobody<KeyValuePair<string, string>>(name, "text.long", longest, text.Length)
            : pairs;
    }

    /// <summary>Reads an object in this one, exactly; what is wrong with it is wrong with this one too.</summary>
    /// <param name="item">The object.</param>
    /// <param name="field">The field that it stands in.</param>
    /// <param name="at">Its place, where the field is an array.</param>
    public Fields Within(JsonElement item, string field, int? at = null) => new(item, this, (field, at));

    string Path()
    {
        if (outer is null) return "";
        var path = outer.Path();
        return string.Create(
            CultureInfo.InvariantCulture, $"{path}{(path.Length == 0 ? "" : ".")}{place.Name}{(place.At is { } at ? $"[{at}]" : "")}");
    }

    void CheckValues()
    {
        foreach (var property in body.EnumerateObject())
        {
            if (IsNested(property.Value)) Wrong(property.Name, "field.type");
            // half a character throws here, not later
            else if (property.Value.ValueKind == JsonValueKind.String) _ = property.Value.GetString();
        }
    }

    string? ExactText(string name, int longest)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.String) return Refuse<string>(name, "text.type");
        if (value.RawLength() > longest * 6L) return Refuse<string>(name, "text.long", longest, value.RawLength());
        var text = value.GetString()!;
        return text.Length > longest ? Refuse<string>(name, "text.long", longest, text.Length) : text;
    }

    string? TypedText(string name, int longest)
    {
        if (Typed(name) is not { } text) return null;
        if (text.Length > longest) return Refuse<string>(name, "text.long", longest, text.Length);
        var character = NameText.Objection(text.Replace('\n', ' ').Replace('\r', ' ').Replace('\t', ' '));
        return character is null ? text.ReplaceLineEndings("\n") : Refuse<string>(name, "text.control", character);
    }

    IReadOnlyList<string> TypedTexts(string name, int most, int longest)
    {
        if (Typed(name) is not { } text) return [];
        var words = Words.Split(text);
        if (words.Length > most) return Nobody<string>(name, "texts.many", most, words.Length);
        return Array.Find(words, word => word.Length > longest) is { } word
            ? Nobody<string>(name, "text.long", longest, word.Length)
            : words;
    }

    string? Typed(string name)
    {
        asked?.Add(name);
        if (!body.TryGetProperty(name, out var value)) return null;
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    bool TryWhole(string name, out int number)
    {
        if (asked is not null) return int.TryParse(Typed(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
        number = 0;
        return Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out number);
    }

    void Remember(FieldFault fault)
    {
        (faults ??= []).Add(fault);
        outer?.Remember(fault);
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

    IReadOnlyList<T> Nobody<T>(string field, string code, params object[] arguments)
    {
        Wrong(field, code, arguments);
        return [];
    }

    static bool IsNested(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;

    static bool AreAll(JsonElement array, JsonValueKind kind)
    {
        foreach (var item in array.EnumerateArray())
            if (item.ValueKind != kind) return false;
        return true;
    }

    static bool TryDecimal(string? text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    static string Say(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>What was typed, but not ten thousand characters of it.</summary>
    static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
