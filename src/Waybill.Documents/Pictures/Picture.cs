using Waybill.Documents.Pdf;

namespace Waybill.Documents.Pictures;

/// <summary>A PNG or JPEG that a page can show. Reading it is the work: keep it where many documents show the same.</summary>
public sealed class Picture
{
    /// <summary>Of width times height: beyond it a few octets unfold to what fills a machine.</summary>
    public const int MostPixels = 4_000_000;

    readonly string entries;
    readonly byte[] content;
    readonly byte[]? mask;

    internal Picture(int width, int height, string entries, byte[] content, byte[]? mask = null)
    {
        (Width, Height, this.entries, this.content, this.mask) = (width, height, entries, content, mask);
    }

    /// <summary>In pixels.</summary>
    public int Width { get; }

    /// <summary>In pixels.</summary>
    public int Height { get; }

    /// <summary>Reads a picture to its end.</summary>
    /// <param name="file">All of it.</param>
    /// <returns>A picture, or what is wrong with it.</returns>
    public static PictureReading Read(ReadOnlySpan<byte> file) =>
        file.StartsWith(PngReader.Signature)
            ? PngReader.Read(file)
            : file.StartsWith(JpegReader.Signature) ? JpegReader.Read(file) : PictureReading.Wrong("it is neither a PNG nor a JPEG image");

    /// <summary>Whether a page would show it.</summary>
    internal static string? Objection(int width, int height) =>
        width < 1 || height < 1
            ? "it has no pixels"
            : (long)width * height > MostPixels ? $"it measures {width} x {height} pixels; {MostPixels} can be shown at most" : null;

    internal void WriteTo(PdfBody body, int id)
    {
        var size = $"/Type/XObject/Subtype/Image/Width {Width}/Height {Height}";
        if (mask is null)
        {
            body.AddStream(id, size + entries, content);
            return;
        }

        var maskId = body.Reserve();
        body.AddStream(maskId, $"{size}/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode", mask);
        body.AddStream(id, $"{size}{entries}/SMask {maskId} 0 R", content);
    }
}
