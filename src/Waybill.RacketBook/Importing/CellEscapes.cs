using System.Globalization;
using System.Text.RegularExpressions;

namespace Waybill.RacketBook.Importing;

/// <summary>What XML cannot hold is written as <c>_x000D_</c> (ECMA-376 part 1, ST_Xstring).</summary>
static partial class CellEscapes
{
    internal static string Undo(string text) => text.Contains("_x", StringComparison.Ordinal)
        ? Escape()
            .Replace(
                text, match => ((char)ushort.Parse(match.ValueSpan[2..6], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString())
        : text;

    [GeneratedRegex("_x[0-9A-Fa-f]{4}_", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Escape();
}
