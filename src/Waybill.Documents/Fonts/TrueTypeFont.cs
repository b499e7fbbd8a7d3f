using System.Buffers.Binary;

namespace Waybill.Documents.Fonts;

/// <summary>
/// A font of ours, read once: its measures, its outlines, and which of them stands for a character (OpenType 1.9, tables head, hhea, hmtx,
/// loca, cmap, OS/2).
/// </summary>
sealed class TrueTypeFont
{
    readonly byte[] file;
    readonly CharacterMap characters;
    readonly int glyf;
    readonly int[] places;
    readonly int[] advances;

    internal TrueTypeFont(byte[] file)
    {
        this.file = file;
        var (head, hhea, os2) = (Table("head"u8), Table("hhea"u8), Table("OS/2"u8));
        var glyphs = U16(Table("maxp"u8) + 4);
        UnitsPerEm = U16(head + 18);
        Box = (I16(head + 36), I16(head + 38), I16(head + 40), I16(head + 42));
        (Ascent, Descent) = (I16(hhea + 4), I16(hhea + 6));
        CapHeight = I16(os2 + 88);
        places = ReadPlaces(Table("loca"u8), glyphs, isLong: I16(head + 50) == 1);
        advances = ReadAdvances(Table("hmtx"u8), glyphs, U16(hhea + 34));
        glyf = Table("glyf"u8);
        characters = new CharacterMap(file.AsSpan(Table("cmap"u8)));
    }

    /// <summary>How many units make an em: all measures here are in them.</summary>
    internal int UnitsPerEm { get; }

    internal (int Left, int Bottom, int Right, int Top) Box { get; }

    internal int Ascent { get; }

    internal int Descent { get; }

    internal int CapHeight { get; }

    /// <summary>The glyph of a character; 0, the box of what is missing, where the font has none.</summary>
    internal int GlyphOf(int character) => characters.GlyphOf(character);

    internal int AdvanceOf(int glyph) => advances[glyph];

    /// <summary>The outline of a glyph; empty for a blank.</summary>
    internal ReadOnlySpan<byte> OutlineOf(int glyph) => file.AsSpan(glyf + places[glyph], places[glyph + 1] - places[glyph]);

    /// <summary>A table as it stands in the file.</summary>
    internal ReadOnlySpan<byte> TableOf(ReadOnlySpan<byte> tag)
    {
        var (start, length) = Find(tag);
        return file.AsSpan(start, length);
    }

    int[] ReadPlaces(int loca, int glyphs, bool isLong)
    {
        var read = new int[glyphs + 1];
        for (var i = 0; i <= glyphs; i++)
            read[i] = isLong ? BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(loca + 4 * i)) : 2 * U16(loca + 2 * i);
        return read;
    }

    /// <summary>The last advance holds for all glyphs after it.</summary>
    int[] ReadAdvances(int hmtx, int glyphs, int measured)
    {
        var read = new int[glyphs];
        for (var i = 0; i < glyphs; i++) read[i] = U16(hmtx + 4 * Math.Min(i, measured - 1));
        return read;
    }

    int Table(ReadOnlySpan<byte> tag) => Find(tag).Start;

    (int Start, int Length) Find(ReadOnlySpan<byte> tag)
    {
        for (var record = 12; record < 12 + 16 * U16(4); record += 16)
        {
            if (file.AsSpan(record, 4).SequenceEqual(tag))
                return (BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(record + 8)),
                    BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(record + 12)));
        }

        throw new InvalidDataException($"The font has no table {System.Text.Encoding.ASCII.GetString(tag)}.");
    }

    int U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at));

    int I16(int at) => BinaryPrimitives.ReadInt16BigEndian(file.AsSpan(at));
}
