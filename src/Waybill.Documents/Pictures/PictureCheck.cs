namespace Waybill.Documents.Pictures;

/// <summary>
/// Whether a file is a picture that can be shown, to its last pixel: asked of every picture that somebody brings. The pixels pass through a
/// small buffer and are not kept, so that a few octets which unfold to hundreds of megabytes cost none.
/// </summary>
public abstract record PictureCheck
{
    PictureCheck()
    {
    }

    /// <summary>Of width and of height, in pixels: beyond it what decodes a picture runs out of memory.</summary>
    public const int LargestSide = 4_000;

    /// <summary>It can be shown.</summary>
    /// <param name="ContentType"><c>image/png</c> or <c>image/jpeg</c>.</param>
    /// <param name="Width">In pixels.</param>
    /// <param name="Height">In pixels.</param>
    public sealed record Sound(string ContentType, int Width, int Height) : PictureCheck;

    /// <summary>It cannot.</summary>
    /// <param name="Problem">Why, to be put after "The logo cannot be printed: ".</param>
    public sealed record Unsound(string Problem) : PictureCheck;

    /// <summary>Looks at a file.</summary>
    public static PictureCheck Of(ReadOnlySpan<byte> file)
    {
        var check = file.StartsWith(PngReader.Signature) ? PngReader.Check(file) : OfJpeg(file);
        return check is Sound sound && Math.Max(sound.Width, sound.Height) > LargestSide
            ? new Unsound($"it measures {sound.Width} x {sound.Height} pixels; each side may have {LargestSide} at most")
            : check;
    }

    static PictureCheck OfJpeg(ReadOnlySpan<byte> file) => Picture.Read(file) switch
    {
        PictureReading.Readable(var picture) => new Sound("image/jpeg", picture.Width, picture.Height),
        PictureReading.Unreadable(var problem) => new Unsound(problem),
        var other => throw new System.Diagnostics.UnreachableException($"No check for {other.GetType().Name}."),
    };
}
