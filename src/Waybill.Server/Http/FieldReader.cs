using System.Globalization;
using System.Text.Json;
using Waybill.Mime.Addresses;
using Waybill.Server.Api;

namespace Waybill.Server.Http;

/// <summary>Reads the fields of one JSON object and remembers what is wrong with it.</summary>
internal sealed class FieldReader(JsonElement body)
{
    readonly List<ApiError> errors = [];

    /// <summary>The first thing that is wrong, which is what the API answers; null while nothing is.</summary>
    public ApiError? Error => errors.Count > 0 ? errors[0] : null;

    /// <summary>All that is wrong, for a form that says it beside each field.</summary>
    public IReadOnlyList<ApiError> Errors => errors;

    /// <summary>Remembers what is wrong.</summary>
    public void Refuse(ApiError error) => errors.Add(error);

    /// <summary>Whether the field is there and not null.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>Whether the field is there and null: the caller wants what stood in it gone.</summary>
    public bool IsCleared(string name) => body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Null;

    /// <summary>A text; null when it is missing or was refused.</summary>
    public string? Text(string name, int longest)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.String) return Wrong<string>($"The `{name}` field must be a string.");
        if (value.GetRawTextLength() > longest * 6L) return Wrong<string>(TooLong(name, longest));
        var text = value.GetString()!;
        return text.Length > longest ? Wrong<string>(TooLong(name, longest)) : text;
    }

    /// <summary>A text on one line, such as a name: without what <see cref="NameText"/> refuses.</summary>
    public string? Line(string name, int longest)
    {
        var text = Text(name, longest);
        return text is not null && NameText.Objection(text) is { } character ? Wrong<string>($"The `{name}` field may not hold the character {character}.") : text;
    }

    /// <summary>The same of a name that may not be blank.</summary>
    public string? Name(string name, int longest)
    {
        var text = Line(name, longest);
        return text is not null && string.IsNullOrWhiteSpace(text) ? Wrong<string>($"The `{name}` field may not be blank.") : text;
    }

    /// <summary>One text or several; empty when it is missing or was refused.</summary>
    public IReadOnlyList<string> Texts(string name, int most, int longest)
    {
        if (Find(name) is not { } value) return [];
        if (value.ValueKind == JsonValueKind.String) return Text(name, longest) is { } one ? [one] : [];
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
            return None<string>($"The `{name}` field must be a string or an array of strings.");
        if (value.GetArrayLength() > most) return None<string>($"The `{name}` field may have at most {most} entries; it has {value.GetArrayLength()}.");
        var texts = value.EnumerateArray().Select(item => item.GetString()!).ToList();
        return texts.Exists(text => text.Length > longest) ? None<string>(TooLong(name, longest)) : texts;
    }

    /// <summary>The objects of an array; empty when it is missing or was refused.</summary>
    public IReadOnlyList<JsonElement> Objects(string name, int most)
    {
        if (Find(name) is not { } value) return [];
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Object))
            return None<JsonElement>($"The `{name}` field must be an array of objects.");
        if (value.GetArrayLength() > most) return None<JsonElement>($"The `{name}` field may have at most {most} entries; it has {value.GetArrayLength()}.");
        return [.. value.EnumerateArray()];
    }

    /// <summary>The names and texts of an object; empty when it is missing or was refused.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs(string name, int most, int longest)
    {
        if (Find(name) is not { } value) return [];
        if (value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Any(item => item.Value.ValueKind != JsonValueKind.String))
            return None<KeyValuePair<string, string>>($"The `{name}` field must be an object whose values are strings.");
        if (value.GetPropertyCount() > most) return None<KeyValuePair<string, string>>($"The `{name}` field may have at most {most} entries.");
        var pairs = value.EnumerateObject().Select(item => KeyValuePair.Create(item.Name, item.Value.GetString()!)).ToList();
        return pairs.Exists(pair => pair.Value.Length > longest) ? None<KeyValuePair<string, string>>(TooLong(name, longest)) : pairs;
    }

    /// <summary>A value of any kind, where the caller reads it by itself.</summary>
    public JsonElement? Find(string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    static string TooLong(string name, int longest) =>
        string.Create(CultureInfo.InvariantCulture, $"A text of the `{name}` field may have at most {longest:N0} characters.");

    IReadOnlyList<T> None<T>(string message)
    {
        Refuse(ApiError.Invalid(message));
        return [];
    }

    T? Wrong<T>(string message) where T : class
    {
        Refuse(ApiError.Invalid(message));
        return null;
    }
}

/// <summary>The length of a value before it is decoded.</summary>
internal static class RawLength
{
    public static long GetRawTextLength(this JsonElement value) => System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(value).Length;
}
