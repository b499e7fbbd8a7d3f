using System.Buffers.Binary;

namespace Waybill.Documents.Pictures;

/// <summary>The chunk IHDR (ISO/IEC 15948 §11.2.2).</summary>
sealed record PngHeader(int Width, int Height, int Depth, int ColourType, bool IsInterlaced)
{
    const int Gray = 0, Rgb = 2, Indexed = 3, GrayAlpha = 4, Rgba = 6;

    internal bool HasAlpha => ColourType is GrayAlpha or Rgba;

    internal bool IsIndexed => ColourType == Indexed;

    internal int Channels => ColourType switch { Rgb => 3, GrayAlpha => 2, Rgba => 4, _ => 1 };

    /// <summary>Of a row without its filter, in octets.</summary>
    internal int RowLength => (Width * Channels * Depth + 7) / 8;

    /// <summary>Of all rows with their filters, in octets.</summary>
    internal int RowsLength => Height * (1 + RowLength);

    /// <summary>Of a pixel, in octets: what a filter looks back; at least one.</summary>
    internal int PixelLength => Math.Max(1, Channels * Depth / 8);

    internal static PngHeader Read(ReadOnlySpan<byte> chunk) => new(
        BinaryPrimitives.ReadInt32BigEndian(chunk), BinaryPrimitives.ReadInt32BigEndian(chunk[4..]), chunk[8], chunk[9], chunk[12] != 0);

    internal string? Objection()
    {
        if (Picture.Objection(Width, Height) is { } objection) return objection;
        if (IsInterlaced) return "it is an interlaced PNG: save it without interlacing";
        var isKnown = (ColourType, Depth) is (Gray or Indexed, 1 or 2 or 4 or 8) or (Gray or Rgb or GrayAlpha or Rgba, 8 or 16);
        return isKnown ? null : $"it is a PNG of colour type {ColourType} with {Depth} bits, which there is not";
    }

    internal string ColourSpace(byte[]? palette) => ColourType switch
    {
        Indexed => $"[/Indexed/DeviceRGB {(palette?.Length ?? 3) / 3 - 1}<{Convert.ToHexStringLower(palette ?? [0, 0, 0])}>]",
        Gray or GrayAlpha => "/DeviceGray",
        _ => "/DeviceRGB",
    };
}
