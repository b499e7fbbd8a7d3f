using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace Waybill.Templates.Render;

/// <summary>What an expression comes to: JSON, or text, a number or a truth of our own. The default one is missing.</summary>
internal readonly record struct Value
{
    Value(ValueSort sort, JsonElement json = default, string? text = null, long number = 0) =>
        (Sort, Json, Text, Number) = (sort, json, text, number);

    public ValueSort Sort { get; }

    public JsonElement Json { get; }

    public string? Text { get; }

    public long Number { get; }

    public bool IsMissing => Sort == ValueSort.Missing;

    /// <summary>As Handlebars has it: nothing, false, 0, "" and [] are not.</summary>
    public bool IsTrue => Sort switch
    {
        ValueSort.Missing => false,
        ValueSort.Text => Text is { Length: > 0 },
        ValueSort.Number or ValueSort.Truth => Number != 0,
        _ => Json.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.Object => true,
            JsonValueKind.String => !Json.ValueEquals(ReadOnlySpan<byte>.Empty),
            JsonValueKind.Number => !Json.TryGetDouble(out var number) || number is not 0,
            JsonValueKind.Array => Json.GetArrayLength() > 0,
            _ => false,
        },
    };

    public static Value Of(JsonElement json) =>
        json.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? default : new(ValueSort.Json, json);

    public static Value Of(string? text) => text is null ? default : new(ValueSort.Text, text: text);

    public static Value Of(long number) => new(ValueSort.Number, number: number);

    public static Value Of(bool truth) => new(ValueSort.Truth, number: truth ? 1 : 0);

    /// <summary>Prints a short text of the data without making a string; false: <see cref="Print"/> it.</summary>
    public bool TryPrint(char[] into, out int length)
    {
        length = 0;
        if (Sort != ValueSort.Json || Json.ValueKind != JsonValueKind.String) return false;
        var raw = JsonMarshal.GetRawUtf8Value(Json)[1..^1];
        return raw.Length <= into.Length && !raw.Contains((byte)'\\') && Utf8.ToUtf16(raw, into, out _, out length) == OperationStatus.Done;
    }

    /// <summary>What is printed of it; null: it is a list or an object, which is not printed.</summary>
    public string? Print() => Sort switch
    {
        ValueSort.Missing => "",
        ValueSort.Text => Text,
        ValueSort.Number => Number.ToString(CultureInfo.InvariantCulture),
        ValueSort.Truth => Number != 0 ? "true" : "false",
        _ => Json.ValueKind switch
        {
            JsonValueKind.String => StringOf(Json),
            JsonValueKind.Number => Json.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        },
    };

    /// <summary>A string as JSON may write it need not be one: half a surrogate pair is shown as the sign for a broken character.</summary>
    static string? StringOf(JsonElement json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return "\ufffd";
        }
    }
}

/// <summary>Where a value comes from.</summary>
internal enum ValueSort
{
    Missing,
    Json,
    Text,
    Number,
    Truth,
}
