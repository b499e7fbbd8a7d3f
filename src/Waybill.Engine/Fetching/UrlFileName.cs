using System.Globalization;
using System.Text;

namespace Waybill.Engine.Fetching;

/// <summary>The name an attachment gets from its URL: what follows the path's last separator, made harmless.</summary>
internal static class UrlFileName
{
    const string Nameless = "attachment";
    const int Longest = 200;

    public static string Of(Uri url)
    {
        var decoded = Uri.UnescapeDataString(url.AbsolutePath);
        var name = decoded[(decoded.LastIndexOfAny(['/', '\\']) + 1)..];
        var visible = string.Concat(name.EnumerateRunes().Where(IsVisible).Take(Longest)).Trim(' ', '.');
        return visible.Length > 0 ? visible : Nameless;
    }

    // Controls end header lines; format characters such as U+202E show "exe.pdf" for "fdp.exe".
    static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
