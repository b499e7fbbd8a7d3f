using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Waybill.Documents.Specs.Pictures;

/// <summary>Small PNGs of every kind.</summary>
static class MadePng
{
    /// <summary>Its left half is black; the right one white, and transparent where the kind knows of that.</summary>
    internal static byte[] HalfBlack(int width, int height, int colourType, int depth, byte[]? transparency = null)
    {
        var channels = colourType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        var length = (width * channels * depth + 7) / 8;
        var rows = new byte[height * (1 + length)];
        for (var y = 0; y < height; y++)
        {
            var row = rows.AsSpan(y * (1 + length) + 1, length);
            row[(length / 2)..].Fill(colourType == 3 ? Ones(depth) : byte.MaxValue);
            if (channels is 2 or 4) SetAlpha(row, channels * depth / 8, depth / 8, width);
        }

        return Of(width, height, colourType, depth, rows, transparency);
    }

    internal static byte[] Of(int width, int height, int colourType, int depth, byte[] rows, byte[]? transparency = null)
    {
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) stream.Write(rows);
        byte[] palette = colourType == 3
            ? [.. Chunk("PLTE", [0, 0, 0, 255, 255, 255]), .. transparency is null ? [] : Chunk("tRNS", transparency)]
            : [];
        return [.. Header(width, height, colourType, depth), .. palette, .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    internal static byte[] Header(int width, int height, int colourType, int depth)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = ((byte)depth, (byte)colourType);
        return [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, .. Chunk("IHDR", header)];
    }

    // Colour 1 in every pixel of an octet.
    static byte Ones(int depth) => depth switch { 1 => 0xff, 2 => 0x55, 4 => 0x11, _ => 1 };

    static void SetAlpha(Span<byte> row, int pixel, int octets, int width)
    {
        for (var x = 0; x < width; x++) row.Slice(x * pixel + pixel - octets, octets).Fill(x < width / 2 ? byte.MaxValue : (byte)0);
    }

    // The checksum is nobody's business here: readers of PDF never see it.
    static byte[] Chunk(string type, byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        return [.. length, .. Encoding.ASCII.GetBytes(type), .. content, 0, 0, 0, 0];
    }
}
