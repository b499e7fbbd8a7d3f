using System.Globalization;

namespace Waybill.Mime.Addresses;

/// <summary>
/// What a name may hold, whatever is named by it: no control, no separator of lines or paragraphs, nothing that is no character, and no
/// mark that turns the writing direction and does not turn it back. It stands in headers and on pages, where each of these ends a line or
/// makes what follows read as something else.
/// </summary>
public static class NameText
{
    const char Pop = '\u202c', PopIsolate = '\u2069';

    /// <summary>The first character that is in the way, as <c>U+2028</c>; null: it can be a name.</summary>
    public static string? Objection(ReadOnlySpan<char> text) =>
        text.IndexOfAnyExceptInRange(' ', '~') < 0 || FirstBad(text) is not { } at ? null : CodePoint(text, at);

    /// <summary>The text with a space in place of each such character: what was kept before it was asked for.</summary>
    public static string Clean(string text)
    {
        if (Objection(text) is null) return text;
        var clean = text.ToCharArray();
        for (var at = FirstBad(clean); at is { } bad; at = FirstBad(clean))
        {
            clean[bad] = ' ';
            if (bad + 1 < clean.Length && char.IsLowSurrogate(clean[bad + 1])) clean[bad + 1] = ' ';
        }

        return new(clean);
    }

    /// <summary>Where the first of them stands.</summary>
    internal static int? FirstBad(ReadOnlySpan<char> text)
    {
        var open = new Stack<(int At, char Closer)>();
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
            {
                if ((char.ConvertToUtf32(text[at], text[at + 1]) & 0xfffe) == 0xfffe) return at;
                at++;
            }
            else if (IsBad(text[at]))
            {
                return at;
            }
            else if (Closer(text[at]) is { } closer)
            {
                open.Push((at, closer));
            }
            else if (text[at] is Pop or PopIsolate && (!open.TryPop(out var last) || last.Closer != text[at]))
            {
                return at;
            }
        }

        return open.Count > 0 ? open.Peek().At : null;
    }

    static bool IsBad(char c) =>
        char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or (>= '\ufdd0' and <= '\ufdef') or '\ufffe' or '\uffff';

    /// <summary>What ends an embedding, an override (Unicode UAX #9, X2 to X5) or an isolate (X5a to X5c).</summary>
    static char? Closer(char c) => c switch
    {
        '\u202a' or '\u202b' or '\u202d' or '\u202e' => Pop,
        >= '\u2066' and <= '\u2068' => PopIsolate,
        _ => null,
    };

    static string CodePoint(ReadOnlySpan<char> text, int at)
    {
        var isPair = char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);
        return string.Create(CultureInfo.InvariantCulture, $"U+{(isPair ? char.ConvertToUtf32(text[at], text[at + 1]) : text[at]):X4}");
    }
}
