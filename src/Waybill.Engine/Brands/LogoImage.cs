using Waybill.Documents.Pictures;

namespace Waybill.Engine.Brands;

/// <summary>
/// Whether an image can be the logo of a brand: a picture that can be shown, as <see cref="PictureCheck"/> sees it, and a small file.
/// </summary>
public static class LogoImage
{
    /// <summary>Of a logo, in octets: 256 KiB.</summary>
    public const int LargestSize = 256 << 10;

    /// <summary>Of width and of height, in pixels.</summary>
    public const int LargestSide = PictureCheck.LargestSide;

    /// <summary>Reads type and size, or says what is wrong.</summary>
    public static (string? ContentType, int Width, int Height, string? Problem) Read(ReadOnlySpan<byte> image)
    {
        if (image.Length > LargestSize) return (null, 0, 0, $"it has {image.Length / 1024} KiB; a logo may have {LargestSize >> 10} KiB");
        return PictureCheck.Of(image) switch
        {
            PictureCheck.Sound(var type, var width, var height) => (type, width, height, null),
            PictureCheck.Unsound(var problem) => (null, 0, 0, problem),
            var other => throw new System.Diagnostics.UnreachableException($"No logo for {other.GetType().Name}."),
        };
    }
}
