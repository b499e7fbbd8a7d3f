using Waybill.Documents.Pictures;
using Waybill.Engine.Storage;
using Waybill.RacketBook.Stringers;

namespace Waybill.RacketBook.Logos;

/// <summary>The logo that a stringer has, fetched from where blobs are before anything is printed on it.</summary>
/// <param name="Blob">Which; null: the stringer has none.</param>
/// <param name="Image">The picture; null: there is none, or it could not be fetched.</param>
public sealed record StringerLogo(Guid? Blob, byte[]? Image)
{
    /// <summary>Of a stringer who has none.</summary>
    public static StringerLogo None { get; } = new(Blob: null, Image: null);

    /// <summary>Why it could not be fetched. It matters only to what is printed: a racket is returned, and paid, without it.</summary>
    internal StorageException? Trouble { get; init; }

    /// <summary>Whether it is still the one of that stringer, who may change it at any time.</summary>
    internal bool IsOf(Stringer stringer) => Blob == stringer.Logo;

    /// <summary>Whether receipts can be printed with it.</summary>
    internal bool IsGood => Trouble is null && Fault() is null;

    /// <summary>What keeps receipts from being printed with it; null: nothing.</summary>
    /// <exception cref="StorageException">The store of blobs does not answer.</exception>
    internal BookFault? Fault()
    {
        if (Trouble is not null) throw Trouble;
        if (Blob is not null && Image is null) return new("logo", "logo.missing");
        return Image is not null && LogoPictures.Read(Image) is PictureReading.Unreadable(var problem)
            ? new("logo", "logo.broken", problem)
            : null;
    }
}
