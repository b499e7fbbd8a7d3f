namespace Waybill.RacketBook.Importing;

/// <summary>How much of a workbook is read: a few times what the largest export holds.</summary>
static class ImportLimits
{
    /// <summary>Of the file as it lies there.</summary>
    internal const long MostPacked = 64L << 20;

    /// <summary>Of all that is unpacked while it is read; what the file says of itself is not believed.</summary>
    internal const long MostUnpacked = 512L << 20;

    /// <summary>Of a part that is held in memory: shared texts and what holds the sheets together.</summary>
    internal const long MostHeld = 64L << 20;

    /// <summary>Rows of all sheets.</summary>
    internal const int MostRows = 200_000;

    /// <summary>Of a text in a cell; Excel has no longer ones.</summary>
    internal const int LongestText = 32_767;

    /// <summary>The columns that Excel has.</summary>
    internal const int MostColumns = 16_384;
}
