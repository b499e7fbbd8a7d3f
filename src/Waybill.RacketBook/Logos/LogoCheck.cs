using Waybill.Documents.Pictures;

namespace Waybill.RacketBook.Logos;

/// <summary>Whether an image can stand on every receipt from now on: a picture, and small enough to be kept with each.</summary>
public static class LogoCheck
{
    /// <summary>Of a logo, in octets: 64 KiB. It is kept with each receipt, so that it can be printed again as it was.</summary>
    public const int Largest = 64 << 10;

    /// <summary>What is wrong with it; null: nothing.</summary>
    public static BookFault? Fault(byte[] image)
    {
        if (image.Length == 0) return new("logo", "text.needed");
        if (image.Length > Largest) return new("logo", "logo.large", image.Length / 1024, Largest / 1024);
        return PictureCheck.Of(image) is PictureCheck.Unsound(var problem) ? new("logo", "logo.broken", problem) : null;
    }
}
