using System.Buffers.Binary;

namespace Waybill.Documents.Fonts;

/// <summary>
/// One glyph of the table glyf: which others it is put together from, and the same without its hints, which no printer asks for.
/// </summary>
static class Outline
{
    const int Header = 10;

    // Of a part (OpenType, glyf, component flags).
    const int WordsFollow = 0x0001, ScaleFollows = 0x0008, MorePartsFollow = 0x0020, TwoScalesFollow = 0x0040, MatrixFollows = 0x0080,
        HintsFollow = 0x0100;

    // Of a point (simple glyph flags).
    const int ShortX = 0x02, ShortY = 0x04, Repeats = 0x08, SameX = 0x10, SameY = 0x20;

    /// <summary>A copy without hints, its parts numbered anew by <paramref name="numberOf"/>.</summary>
    internal static byte[] Strip(ReadOnlySpan<byte> outline, Func<int, int> numberOf)
    {
        if (outline.IsEmpty) return [];
        return BinaryPrimitives.ReadInt16BigEndian(outline) < 0 ? StripParts(outline, numberOf) : StripPoints(outline);
    }

    static byte[] StripParts(ReadOnlySpan<byte> outline, Func<int, int> numberOf)
    {
        var copy = outline.ToArray();
        for (var at = Header; ;)
        {
            var flags = BinaryPrimitives.ReadUInt16BigEndian(copy.AsSpan(at));
            BinaryPrimitives.WriteUInt16BigEndian(copy.AsSpan(at), (ushort)(flags & ~HintsFollow));
            var part = copy.AsSpan(at + 2);
            BinaryPrimitives.WriteUInt16BigEndian(part, (ushort)numberOf(BinaryPrimitives.ReadUInt16BigEndian(part)));
            at += PartLength(flags);
            if ((flags & MorePartsFollow) == 0) return copy[..at];
        }
    }

    static int PartLength(int flags) => 4
        + ((flags & WordsFollow) != 0 ? 4 : 2)
        + ((flags & ScaleFollows) != 0 ? 2 : (flags & TwoScalesFollow) != 0 ? 4 : (flags & MatrixFollows) != 0 ? 8 : 0);

    /// <summary>The hints stand in the middle: between the ends of the contours and the points.</summary>
    static byte[] StripPoints(ReadOnlySpan<byte> outline)
    {
        var hints = Header + 2 * BinaryPrimitives.ReadInt16BigEndian(outline);
        var points = hints + 2 + BinaryPrimitives.ReadUInt16BigEndian(outline[hints..]);
        var end = points + PointsLength(outline[points..], 1 + BinaryPrimitives.ReadUInt16BigEndian(outline[(hints - 2)..]));
        return [.. outline[..hints], 0, 0, .. outline[points..end]];
    }

    static int PointsLength(ReadOnlySpan<byte> data, int points)
    {
        var (at, coordinates) = (0, 0);
        for (var seen = 0; seen < points;)
        {
            int flags = data[at++];
            var times = (flags & Repeats) != 0 ? 1 + data[at++] : 1;
            coordinates += times * (Octets(flags, ShortX, SameX) + Octets(flags, ShortY, SameY));
            seen += times;
        }

        return at + coordinates;
    }

    static int Octets(int flags, int isShort, int isSame) => (flags & isShort) != 0 ? 1 : (flags & isSame) != 0 ? 0 : 2;
}
