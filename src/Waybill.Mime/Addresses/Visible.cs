using System.Globalization;
using System.Text;

namespace Waybill.Mime.Addresses;

/// <summary>
/// Makes a stranger's text safe to put into a sentence: nothing in it can move a cursor, break a line or turn the writing direction.
/// </summary>
static class Visible
{
    const int Longest = 80;

    internal static string Quote(ReadOnlySpan<char> text)
    {
        var shown = new StringBuilder("\"");
        foreach (var rune in text[..Math.Min(text.Length, Longest)].EnumerateRunes()) Append(shown, rune);
        return shown.Append(text.Length > Longest ? "…\"" : "\"").ToString();
    }

    internal static string Name(Rune rune) => rune.Value switch
    {
        '\r' => "a carriage return (U+000D)",
        '\n' => "a line feed (U+000A)",
        0 => "a NUL (U+0000)",
        ' ' => "a space",
        0xFFFD => "half a character (a lone surrogate)",
        _ when Hides(rune) => $"the invisible character {CodePoint(rune)}",
        _ => $"\"{rune}\"",
    };

    /// <summary>
    /// Controls, separators, foreign spaces and the marks that turn the writing direction: shown nowhere, allowed in no address.
    /// </summary>
    internal static bool Hides(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.SpaceSeparator => rune.Value != ' ',
        UnicodeCategory.Format => rune.Value is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069),
        _ => false,
    };

    static void Append(StringBuilder shown, Rune rune)
    {
        if (Hides(rune)) shown.Append('\\').Append(CodePoint(rune));
        else shown.Append(rune.ToString());
    }

    static string CodePoint(Rune rune) => string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}");
}
