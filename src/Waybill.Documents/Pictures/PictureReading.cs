namespace Waybill.Documents.Pictures;

/// <summary>What came of reading a picture.</summary>
public abstract record PictureReading
{
    PictureReading()
    {
    }

    /// <summary>It can be shown.</summary>
    public sealed record Readable(Picture Picture) : PictureReading;

    /// <summary>It cannot.</summary>
    /// <param name="Problem">Why, to be put after "The logo cannot be printed: ".</param>
    public sealed record Unreadable(string Problem) : PictureReading;

    internal static PictureReading Wrong(string problem) => new Unreadable(problem);
}
