using System.Buffers.Binary;

namespace Waybill.Documents.Fonts;

/// <summary>
/// A font file with a few glyphs of another, numbered anew from 1 in the order of their characters; 0 is the box of what is missing.
/// </summary>
sealed class FontSubset
{
    readonly TrueTypeFont font;
    readonly List<int> glyphs = [0];
    readonly Dictionary<int, int> numbers = [];

    /// <summary>
    /// Takes the glyphs of <paramref name="characters"/>; a character the font lacks gets a box of its own, so that it can still be
    /// searched for.
    /// </summary>
    internal FontSubset(TrueTypeFont font, IReadOnlyList<int> characters)
    {
        this.font = font;
        Characters = characters;
        glyphs.AddRange(characters.Select(font.GlyphOf));
        for (var number = 0; number < glyphs.Count; number++) numbers.TryAdd(glyphs[number], number);
    }

    /// <summary>What the glyphs 1, 2, … stand for.</summary>
    internal IReadOnlyList<int> Characters { get; }

    /// <summary>How wide glyph 0, 1, … is, in thousandths of an em.</summary>
    internal IEnumerable<int> Widths =>
        Enumerable.Range(0, Characters.Count + 1).Select(number => 1000 * font.AdvanceOf(glyphs[number]) / font.UnitsPerEm);

    /// <summary>The file: the seven tables that a PDF asks for (ISO 32000-1 §9.9).</summary>
    internal byte[] ToFile()
    {
        var (outlines, places) = CopyOutlines();
        var head = font.TableOf("head"u8).ToArray();
        head[51] = 1; // places have four octets
        head.AsSpan(8, 4).Clear();
        var hhea = font.TableOf("hhea"u8).ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(hhea.AsSpan(34), (ushort)glyphs.Count);
        var maxp = font.TableOf("maxp"u8).ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(maxp.AsSpan(4), (ushort)glyphs.Count);
        maxp.AsSpan(14, 14).Clear(); // no hints: no zones' points, storage, functions, stack
        return FontFile.Write([("glyf", outlines), ("head", head), ("hhea", hhea), ("hmtx", Measures()), ("loca", places), ("maxp", maxp)]);
    }

    (byte[] Outlines, byte[] Places) CopyOutlines()
    {
        using var outlines = new MemoryStream();
        var places = new List<int>();
        // Numbering a part may add a glyph: the end moves.
        for (var number = 0; number < glyphs.Count; number++)
        {
            places.Add((int)outlines.Length);
            outlines.Write(Outline.Strip(font.OutlineOf(glyphs[number]), NumberOf));
            if (outlines.Length % 2 == 1) outlines.WriteByte(0);
        }

        places.Add((int)outlines.Length);
        var table = new byte[4 * places.Count];
        for (var i = 0; i < places.Count; i++) BinaryPrimitives.WriteInt32BigEndian(table.AsSpan(4 * i), places[i]);
        return (outlines.ToArray(), table);
    }

    int NumberOf(int glyph)
    {
        if (numbers.TryGetValue(glyph, out var number)) return number;
        glyphs.Add(glyph);
        return numbers[glyph] = glyphs.Count - 1;
    }

    byte[] Measures()
    {
        var table = new byte[4 * glyphs.Count];
        for (var i = 0; i < glyphs.Count; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(table.AsSpan(4 * i), (ushort)font.AdvanceOf(glyphs[i]));
            var outline = font.OutlineOf(glyphs[i]);
            if (outline.Length > 4) outline.Slice(2, 2).CopyTo(table.AsSpan(4 * i + 2)); // its leftmost point: where it begins
        }

        return table;
    }
}
