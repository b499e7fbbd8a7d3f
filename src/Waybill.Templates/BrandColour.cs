using System.Buffers;
using System.Globalization;

namespace Waybill.Templates;

/// <summary>
/// A brand's colour, and the forms of it that can be read: an ink on it, and as a link on the paper of both modes. Each keeps WCAG 2.2's AA
/// contrast of 4.5 : 1. The default value is Waybill's own ink blue.
/// </summary>
public readonly record struct BrandColour
{
    const double Readable = 4.5;

    /// <summary>Of a notice, which is darker than the sheet; what can be read on it can be read on the sheet.</summary>
    const string LightPaper = "#f4f1ea";

    /// <summary>Of a notice, which is lighter than the sheet in dark mode.</summary>
    const string DarkPaper = "#2a2e33";

    const string DarkInk = "#1a1c1f";

    static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
    static readonly BrandColour InkBlue = new("#1f4e79");

    readonly string? hex;
    readonly string? ink;
    readonly string? link;
    readonly string? darkLink;

    BrandColour(string hex)
    {
        this.hex = hex;
        ink = Contrast(hex, "#ffffff") >= Readable ? "#ffffff" : DarkInk;
        if (Contrast(hex, ink) < Readable) ink = "#000000";
        link = Until(hex, LightPaper, towards: 0);
        darkLink = Until(hex, DarkPaper, towards: 255);
    }

    /// <summary>As given: #rrggbb in lower case.</summary>
    public string Hex => hex ?? InkBlue.Hex;

    /// <summary>For letters on the colour.</summary>
    public string Ink => ink ?? InkBlue.Ink;

    /// <summary>For links on white and on a notice; the colour itself where it can be read.</summary>
    public string Link => link ?? InkBlue.Link;

    /// <summary>For links in dark mode.</summary>
    public string DarkLink => darkLink ?? InkBlue.DarkLink;

    /// <summary>Of the letters on the colour: 1 to 21, and never under 4.5.</summary>
    public double InkContrast => Contrast(Hex, Ink);

    /// <summary>Of links by day, on the darkest paper that they stand on.</summary>
    public double LinkContrast => Contrast(Link, LightPaper);

    /// <summary>Of links in dark mode, on the lightest paper that they stand on.</summary>
    public double DarkLinkContrast => Contrast(DarkLink, DarkPaper);

    /// <summary>Reads #rgb or #rrggbb.</summary>
    public static bool TryParse(string text, out BrandColour colour, out string problem)
    {
        var isColour = text.Length is 4 or 7 && text[0] == '#' && text.AsSpan(1).IndexOfAnyExcept(HexDigits) < 0;
        problem = isColour ? "" : "A colour is written as # and three or six hexadecimal digits, such as #1f4e79.";
        colour = isColour ? new(Long(text.ToLowerInvariant())) : default;
        return isColour;
    }

    /// <summary>WCAG's contrast of two colours, 1 to 21.</summary>
    internal static double Contrast(string one, string other)
    {
        var (first, second) = (Luminance(one), Luminance(other));
        return (Math.Max(first, second) + 0.05) / (Math.Min(first, second) + 0.05);
    }

    static string Long(string text) => text.Length == 7 ? text : string.Create(7, text, static (to, from) =>
    {
        to[0] = '#';
        for (var i = 1; i < 7; i++) to[i] = from[(i + 1) / 2];
    });

    /// <summary>Mixes with black or white in steps of two hundredths until it can be read.</summary>
    static string Until(string hex, string paper, int towards)
    {
        var mixed = hex;
        for (var part = 2; Contrast(mixed, paper) < Readable; part += 2) mixed = Mix(hex, towards, Math.Min(part, 100));
        return mixed;
    }

    static string Mix(string hex, int towards, int percent)
    {
        int Channel(int at) => (Octet(hex, at) * (100 - percent) + towards * percent) / 100;
        return string.Create(CultureInfo.InvariantCulture, $"#{Channel(1):x2}{Channel(3):x2}{Channel(5):x2}");
    }

    static double Luminance(string hex) => 0.2126 * Linear(Octet(hex, 1)) + 0.7152 * Linear(Octet(hex, 3)) + 0.0722 * Linear(Octet(hex, 5));

    static double Linear(int octet)
    {
        var share = octet / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }

    static int Octet(string hex, int at) => int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
