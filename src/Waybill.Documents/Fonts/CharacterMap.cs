using System.Buffers.Binary;

namespace Waybill.Documents.Fonts;

/// <summary>Which glyph stands for a character: the font's cmap, of format 4 or 12, unrolled.</summary>
sealed class CharacterMap
{
    readonly Dictionary<int, int> glyphs = [];

    internal CharacterMap(ReadOnlySpan<byte> table)
    {
        for (var i = 0; i < U16(table, 2); i++)
        {
            var chosen = table[BinaryPrimitives.ReadInt32BigEndian(table[(4 + 8 * i + 4)..])..];
            if (U16(chosen, 0) == 4) ReadSegments(chosen);
            if (U16(chosen, 0) == 12) ReadGroups(chosen);
        }
    }

    internal int GlyphOf(int character) => glyphs.GetValueOrDefault(character);

    void ReadSegments(ReadOnlySpan<byte> table)
    {
        var segments = U16(table, 6) / 2;
        var (ends, starts) = (14, 16 + 2 * segments);
        var (deltas, offsets) = (starts + 2 * segments, starts + 4 * segments);
        for (var segment = 0; segment < segments; segment++)
        {
            var (start, offset) = (U16(table, starts + 2 * segment), U16(table, offsets + 2 * segment));
            for (var character = start; character <= U16(table, ends + 2 * segment) && character < 0xffff; character++)
            {
                // An offset counts from where it stands itself, to a list of glyphs.
                var glyph = offset == 0 ? character : U16(table, offsets + 2 * segment + offset + 2 * (character - start));
                if (glyph != 0) glyphs[character] = glyph + U16(table, deltas + 2 * segment) & 0xffff;
            }
        }
    }

    void ReadGroups(ReadOnlySpan<byte> table)
    {
        for (var i = 0; i < BinaryPrimitives.ReadInt32BigEndian(table[12..]); i++)
        {
            var group = table[(16 + 12 * i)..];
            var (start, end) = (BinaryPrimitives.ReadInt32BigEndian(group), BinaryPrimitives.ReadInt32BigEndian(group[4..]));
            for (var character = start; character <= end; character++)
                glyphs[character] = BinaryPrimitives.ReadInt32BigEndian(group[8..]) + character - start;
        }
    }

    static int U16(ReadOnlySpan<byte> table, int at) => BinaryPrimitives.ReadUInt16BigEndian(table[at..]);
}
