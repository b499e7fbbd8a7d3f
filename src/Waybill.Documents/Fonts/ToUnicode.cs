using System.Globalization;
using System.Text;

namespace Waybill.Documents.Fonts;

/// <summary>From glyphs back to characters, so that text can be selected, searched and read aloud (ISO 32000-1 §9.10.3).</summary>
static class ToUnicode
{
    const int MostInBlock = 100;

    /// <summary>Writes the map of the codes 1, 2, … to <paramref name="characters"/>.</summary>
    internal static byte[] Write(IReadOnlyList<int> characters)
    {
        var map =
            new StringBuilder(
                "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName/Waybill def\n/CMapType 2 def\n1 "
                    + "begincodespacerange\n<0000><ffff>\nendcodespacerange\n");
        foreach (var block in characters.Select((character, i) => (Code: i + 1, character)).Chunk(MostInBlock))
        {
            map.Append(CultureInfo.InvariantCulture, $"{block.Length} beginbfchar\n");
            foreach (var (code, character) in block) map.Append(CultureInfo.InvariantCulture, $"<{code:x4}><{Utf16(character)}>\n");
            map.Append("endbfchar\n");
        }

        return Encoding.ASCII.GetBytes(map.Append("endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend").ToString());
    }

    static string Utf16(int character) => Convert.ToHexStringLower(Encoding.BigEndianUnicode.GetBytes(char.ConvertFromUtf32(character)));
}
