namespace Waybill.Documents.Pictures;

/// <summary>The pixels themselves, where colours and transparency must be told apart.</summary>
static class PngPixels
{
    /// <summary>Colours, and how opaque each of them is, eight bits a channel.</summary>
    internal static (byte[] Colours, byte[] Alpha) Split(PngHeader header, byte[] rows)
    {
        Unfilter(header, rows);
        var (pixels, octets, shown) = (header.Width * header.Height, header.Depth / 8, header.Channels - 1);
        var (colours, alpha) = (new byte[pixels * shown], new byte[pixels]);
        for (var pixel = 0; pixel < pixels; pixel++)
        {
            // Of sixteen bits the upper eight are kept.
            var at = pixel / header.Width * (1 + header.RowLength) + 1 + pixel % header.Width * header.PixelLength;
            for (var channel = 0; channel < shown; channel++) colours[pixel * shown + channel] = rows[at + channel * octets];
            alpha[pixel] = rows[at + shown * octets];
        }

        return (colours, alpha);
    }

    /// <summary>How opaque each pixel is whose colour is looked up in a palette.</summary>
    internal static byte[] Look(PngHeader header, byte[] rows, byte[] transparency)
    {
        Unfilter(header, rows);
        var alpha = new byte[header.Width * header.Height];
        for (var pixel = 0; pixel < alpha.Length; pixel++)
        {
            var bit = pixel % header.Width * header.Depth;
            var octet = rows[pixel / header.Width * (1 + header.RowLength) + 1 + bit / 8];
            var colour = octet >> (8 - header.Depth - bit % 8) & (1 << header.Depth) - 1;
            alpha[pixel] = colour < transparency.Length ? transparency[colour] : byte.MaxValue;
        }

        return alpha;
    }

    /// <summary>Takes back what was subtracted from each octet (ISO/IEC 15948 §9).</summary>
    static void Unfilter(PngHeader header, byte[] rows)
    {
        ReadOnlySpan<byte> above = new byte[header.RowLength];
        for (var start = 0; start < rows.Length; start += 1 + header.RowLength)
        {
            var row = rows.AsSpan(start + 1, header.RowLength);
            for (var at = 0; at < row.Length; at++)
            {
                var (left, corner) = at >= header.PixelLength
                    ? (row[at - header.PixelLength], above[at - header.PixelLength])
                    : ((byte)0, (byte)0);
                row[at] += rows[start] switch
                {
                    1 => left,
                    2 => above[at],
                    3 => (byte)((left + above[at]) / 2),
                    4 => Paeth(left, above[at], corner),
                    _ => 0
                };
            }

            above = row;
        }
    }

    static byte Paeth(byte left, byte above, byte corner)
    {
        var guess = left + above - corner;
        var (toLeft, toAbove, toCorner) = (Math.Abs(guess - left), Math.Abs(guess - above), Math.Abs(guess - corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
