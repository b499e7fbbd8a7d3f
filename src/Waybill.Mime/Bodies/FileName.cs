using System.Text;

namespace Waybill.Mime.Bodies;

/// <summary>
/// A file name made harmless: no path, no control, nothing that turns the writing direction, of a length that file systems take.
/// </summary>
static class FileName
{
    const int Longest = 150;
    const int LongestExtension = 20;
    const string Nameless = "attachment";

    internal static string Harmless(string given)
    {
        var name = Shorten(given);
        var harmless = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes()) harmless.Append(IsHarmful(rune) ? "_" : rune.ToString());
        var trimmed = harmless.ToString().Trim(' ');
        return trimmed.AsSpan().Trim('.').IsEmpty ? Nameless : trimmed;
    }

    /// <summary>True when <c>"name"</c> says it all: every reader takes it for the same name.</summary>
    internal static bool IsPlain(string name) => name.Length <= 60 && AsciiOnly(name) == name;

    /// <summary>For readers that know no RFC 2231.</summary>
    internal static string AsciiOnly(string name)
    {
        var ascii = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes()) ascii.Append(rune.IsAscii && rune.Value is not ('"' or '?') ? (char)rune.Value : '_');
        return ascii.ToString();
    }

    static string Shorten(string name)
    {
        if (name.Length <= Longest) return name;
        var dot = name.LastIndexOf('.');
        var extension = dot >= 0 && name.Length - dot <= LongestExtension ? name[dot..] : "";
        return name[..(Longest - extension.Length)] + extension;
    }

    static bool IsHarmful(Rune rune) => rune.Value is < 0x20 or (>= 0x7F and <= 0x9F) or '/' or '\\' or 0x2028 or 0x2029 or 0xFFFD
        or 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
