using System.Buffers.Binary;
using System.IO.Compression;
using Waybill.Documents.Pdf;

namespace Waybill.Documents.Pictures;

/// <summary>
/// A PNG (ISO/IEC 15948). Its pixels go into the PDF as they are, unless a part of them is transparent: a PDF keeps that in a picture of
/// its own.
/// </summary>
static class PngReader
{
    internal static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

    const string Broken = "it is a PNG that is broken: its pixels or its palette cannot be read";

    internal static PictureReading Read(ReadOnlySpan<byte> file)
    {
        var (header, chunks, problem) = Open(file);
        if (problem is not null) return PictureReading.Wrong(problem);
        return Inflate(chunks!.Data, header!) is { } rows
            ? new PictureReading.Readable(Show(header!, chunks, rows))
            : PictureReading.Wrong(Broken);
    }

    /// <summary>Says of the same file what <see cref="Read"/> would, and keeps none of its pixels.</summary>
    internal static PictureCheck Check(ReadOnlySpan<byte> file)
    {
        var (header, chunks, problem) = Open(file);
        if (problem is not null) return new PictureCheck.Unsound(problem);
        return Unfolds(chunks!.Data, header!.RowsLength)
            ? new PictureCheck.Sound("image/png", header.Width, header.Height)
            : new PictureCheck.Unsound(Broken);
    }

    static (PngHeader? Header, PngChunks? Chunks, string? Problem) Open(ReadOnlySpan<byte> file)
    {
        if (file.Length < 33 || !file[12..16].SequenceEqual("IHDR"u8)) return (null, null, "it is a PNG without a header");
        var header = PngHeader.Read(file[16..29]);
        if (header.Objection() is { } objection) return (null, null, objection);
        return ReadChunks(file[33..]) is { } chunks && (!header.IsIndexed || chunks.Palette?.Length >= 3)
            ? (header, chunks, null)
            : (null, null, Broken);
    }

    static Picture Show(PngHeader header, PngChunks chunks, byte[] rows)
    {
        if (header.HasAlpha)
        {
            var pixels = PngPixels.Split(header, rows);
            return new Picture(
                header.Width, header.Height, $"/ColorSpace{header.ColourSpace(chunks.Palette)}/BitsPerComponent 8/Filter/FlateDecode",
                Compression.Smallest(pixels.Colours), Compression.Smallest(pixels.Alpha));
        }

        var mask = header.IsIndexed && chunks.Transparency is { } alpha ? Compression.Smallest(PngPixels.Look(header, rows, alpha)) : null;
        return new Picture(
            header.Width,
            header.Height,
            $"/ColorSpace{header.ColourSpace(chunks.Palette)}/BitsPerComponent "
                + $"{header.Depth}{(header.IsIndexed ? "" : Key(header, chunks.Transparency))}"
            + $"/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors {header.Channels}/BitsPerComponent {header.Depth}/Columns "
            + $"{header.Width}>>",
            chunks.Data,
            mask);
    }

    /// <summary>One colour that is not painted.</summary>
    static string Key(PngHeader header, byte[]? transparency)
    {
        if (transparency is null || transparency.Length < 2 * header.Channels) return "";
        var values = Enumerable.Range(0, header.Channels)
            .Select(channel => BinaryPrimitives.ReadUInt16BigEndian(transparency.AsSpan(2 * channel)));
        return $"/Mask[{string.Join(' ', values.Select(value => $"{value} {value}"))}]";
    }

    static PngChunks? ReadChunks(ReadOnlySpan<byte> rest)
    {
        using var data = new MemoryStream();
        byte[]? palette = null, transparency = null;
        while (rest.Length >= 12)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - 12) return null;
            var type = rest[4..8];
            var content = rest[8..(8 + (int)length)];
            if (type.SequenceEqual("IEND"u8)) return new PngChunks(data.ToArray(), palette, transparency);
            if (type.SequenceEqual("IDAT"u8)) data.Write(content);
            if (type.SequenceEqual("PLTE"u8)) palette = content.ToArray();
            if (type.SequenceEqual("tRNS"u8)) transparency = content.ToArray();
            rest = rest[(12 + (int)length)..];
        }

        return null;
    }

    /// <summary>The rows as they were filtered; null when they are not as many as the header promises.</summary>
    static byte[]? Inflate(byte[] data, PngHeader header)
    {
        var rows = new byte[header.RowsLength];
        try
        {
            using var stream = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
            return stream.ReadAtLeast(rows, rows.Length, throwOnEndOfStream: false) == rows.Length && stream.ReadByte() < 0 ? rows : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Whether data come to just so many octets; at most one more is unfolded.</summary>
    static bool Unfolds(byte[] data, long length)
    {
        var buffer = new byte[16 << 10];
        try
        {
            using var stream = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
            for (int read; length >= 0 && (read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, length + 1))) > 0;) length -= read;
            return length == 0;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
