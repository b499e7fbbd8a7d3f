using System.Buffers;
using System.Globalization;
using System.Text;

namespace Waybill.Documents.Sheets;

/// <summary>A text as the XML of a cell holds it (ECMA-376 part 1, ST_Xstring).</summary>
static class CellText
{
    /// <summary>Of a cell, in characters: more, and Excel calls the file broken.</summary>
    internal const int Longest = 32_767;

    /// <summary>XML's own, what XML cannot hold, and the underscore that might begin what looks like an escape.</summary>
    static readonly SearchValues<char> Special =
        SearchValues.Create([.. "&<>_", .. Enumerable.Range(0, 32).Select(character => (char)character), '\uffff', '\ufffe']);

    static readonly SearchValues<char> OfFormulas = SearchValues.Create("=+-@\t\r");

    /// <summary>Whether a program would take it for a formula, were it typed.</summary>
    internal static bool LooksLikeFormula(string text) => text.Length > 0 && OfFormulas.Contains(text[0]);

    internal static void Write(ReadOnlySpan<char> text, IBufferWriter<byte> output)
    {
        if (text.Length > Longest) text = text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)];
        for (var next = text.IndexOfAny(Special); next >= 0; next = text.IndexOfAny(Special))
        {
            Encoding.UTF8.GetBytes(text[..next], output);
            Encoding.UTF8.GetBytes(Escaped(text[next..]), output);
            text = text[(next + 1)..];
        }

        Encoding.UTF8.GetBytes(text, output);
    }

    /// <summary>The first character of what is left.</summary>
    static string Escaped(ReadOnlySpan<char> rest) => rest[0] switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '_' => IsEscape(rest) ? "_x005F_" : "_",
        '\n' or '\t' => rest[0].ToString(),
        var other => string.Create(CultureInfo.InvariantCulture, $"_x{(int)other:X4}_"),
    };

    static bool IsEscape(ReadOnlySpan<char> rest) =>
        rest.Length >= 7 && rest[1] == 'x' && rest[6] == '_' && rest[2..6].IndexOfAnyExcept(Hex) < 0;

    static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");
}
