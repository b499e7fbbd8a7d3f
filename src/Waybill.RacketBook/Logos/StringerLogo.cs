using Waybill.Documents.Pictures;
using Waybill.RacketBook.Faults;
using Waybill.RacketBook.Stringers;

namespace Waybill.RacketBook.Logos;

/// <summary>The logo that a stringer has, fetched from where blobs are before anything is printed on it.</summary>
/// <param name="Blob">Which; null: the stringer has none.</param>
/// <param name="Image">The picture; null: there is none, or its file is gone.</param>
public sealed record StringerLogo(Guid? Blob, byte[]? Image)
{
    /// <summary>Of a stringer who has none.</summary>
    public static StringerLogo None { get; } = new(Blob: null, Image: null);

    /// <summary>What keeps a stringer's receipts from being printed with it; null: nothing.</summary>
    internal BookFault? FaultFor(Stringer stringer)
    {
        if (Blob != stringer.Logo) return new("logo", "logo.changing");
        if (Blob is not null && Image is null) return new("logo", "logo.missing");
        return Image is not null && LogoPictures.Read(Image) is PictureReading.Unreadable(var problem) ? new("logo", "logo.broken", problem) : null;
    }
}
