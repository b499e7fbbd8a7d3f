using System.Buffers.Binary;

namespace Waybill.Engine.Brands;

/// <summary>Looks at an image's own header: what it is and how large, without decoding it, so that a bomb stays a few bytes.</summary>
public static class LogoImage
{
    /// <summary>Of a logo, in octets: 256 KiB.</summary>
    public const int LargestSize = 256 << 10;

    /// <summary>Of a logo's width and height, in pixels: beyond it a mail client that decodes it runs out of memory.</summary>
    public const int LargestSide = 4_000;

    /// <summary>Reads type and size, or says what is wrong.</summary>
    public static (string? ContentType, int Width, int Height, string? Problem) Read(ReadOnlySpan<byte> image)
    {
        if (image.Length > LargestSize) return Wrong($"it has {image.Length / 1024} KiB; a logo may have {LargestSize >> 10} KiB");
        var (type, width, height) = IsPng(image) ? ("image/png", PngWidth(image), PngHeight(image)) : ReadJpeg(image);
        if (type is null) return Wrong("it is neither a PNG nor a JPEG image");
        if (width is <= 0 or > LargestSide || height is <= 0 or > LargestSide)
            return Wrong($"it measures {width} x {height} pixels; each side may have 1 to {LargestSide}");
        return (type, width, height, null);
    }

    static (string?, int, int, string) Wrong(string problem) => (null, 0, 0, problem);

    static bool IsPng(ReadOnlySpan<byte> image) =>
        image.Length >= 33 && image.StartsWith(PngSignature) && image[12..16].SequenceEqual("IHDR"u8);

    static ReadOnlySpan<byte> PngSignature => [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

    static int PngWidth(ReadOnlySpan<byte> image) => BinaryPrimitives.ReadInt32BigEndian(image[16..]);

    static int PngHeight(ReadOnlySpan<byte> image) => BinaryPrimitives.ReadInt32BigEndian(image[20..]);

    /// <summary>Walks the segments to the frame header, which has the size (ITU-T T.81, B.2.2).</summary>
    static (string? Type, int Width, int Height) ReadJpeg(ReadOnlySpan<byte> image)
    {
        if (!image.StartsWith([(byte)0xff, (byte)0xd8, (byte)0xff])) return default;
        for (var at = 2; at + 9 < image.Length && image[at] == 0xff;)
        {
            var marker = image[at + 1];
            if (IsFrame(marker)) return ("image/jpeg", BinaryPrimitives.ReadUInt16BigEndian(image[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(image[(at + 5)..]));
            if (marker == 0xff) at++;
            else at += 2 + BinaryPrimitives.ReadUInt16BigEndian(image[(at + 2)..]);
        }

        return default;
    }

    /// <summary>SOF0 to SOF15 but for DHT, JPG and DAC, which share their range.</summary>
    static bool IsFrame(byte marker) => marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc);
}
