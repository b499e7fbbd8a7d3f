using System.Globalization;
using System.Text;
using Waybill.Documents.Pdf;

namespace Waybill.Documents.Fonts;

/// <summary>
/// A subset as a PDF embeds it: a Type 0 font of two-octet codes which are the glyphs' numbers (ISO 32000-1 §9.7), with a map back to
/// characters.
/// </summary>
sealed class EmbeddedFont(Face face, FontSubset subset)
{
    const int Symbolic = 4;

    readonly byte[] file = Compression.Smallest(subset.ToFile());
    readonly int fileLength = subset.ToFile().Length;
    readonly byte[] characters = Compression.Smallest(ToUnicode.Write(subset.Characters));
    readonly string widths = string.Join(' ', subset.Widths);
    readonly string name = $"{Tag(face, subset)}+{face.Name}";

    /// <summary>Writes the five objects of the font, the first of them as <paramref name="id"/>.</summary>
    internal void WriteTo(PdfBody body, int id)
    {
        var (descendant, descriptor, fontFile, map) = (body.Reserve(), body.Reserve(), body.Reserve(), body.Reserve());
        body.Add(
            id, $"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]/ToUnicode {map} 0 R>>");
        body.Add(
            descendant,
            $"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity/FontDescriptor {descriptor} 0 R/W[0[{widths}]]>>");
        body.Add(descriptor, Descriptor(fontFile));
        body.AddStream(fontFile, $"/Filter/FlateDecode/Length1 {fileLength}", file);
        body.AddStream(map, "/Filter/FlateDecode", characters);
    }

    string Descriptor(int fontFile)
    {
        var font = face.Font;
        var isBold = face == Face.Bold;
        // Some of these are negative, and not every culture writes a minus.
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <</Type/FontDescriptor/FontName/{name}/Flags {Symbolic}/FontBBox[{font.Box.Left} {font.Box.Bottom} {font.Box.Right} {font.Box.Top}]/ItalicAngle 0
            /Ascent {font.Ascent}/Descent {font.Descent}/CapHeight {font.CapHeight}/StemV {(isBold ? 140 : 80)}/FontWeight {(isBold ? 700 : 400)}
            /FontFile2 {fontFile} 0 R>>
            """);
    }

    /// <summary>Six capitals that differ from one subset to another (§9.6.4), here by what is in it.</summary>
    static string Tag(Face face, FontSubset subset)
    {
        var sum = subset.Characters.Aggregate((uint)face.Name.Length, (sum, character) => sum * 31 + (uint)character);
        var tag = new StringBuilder(6);
        for (var i = 0; i < 6; i++, sum /= 26) tag.Append((char)('A' + sum % 26));
        return tag.ToString();
    }
}
