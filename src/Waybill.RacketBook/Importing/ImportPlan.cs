
namespace Waybill.RacketBook.Importing;

/// <summary>What a workbook holds, before anything of it is written.</summary>
public sealed record ImportPlan
{
    /// <summary>Of the sheet of clients; those whom only orders name come with these.</summary>
    public required IReadOnlyList<ImportedClient> Clients { get; init; }

    /// <summary>Of the sheet of rackets.</summary>
    public required IReadOnlyList<ImportedRacket> Rackets { get; init; }

    /// <summary>Of the sheet of strings.</summary>
    public required IReadOnlyList<ImportedString> Strings { get; init; }

    /// <summary>Of the sheets of orders.</summary>
    public required IReadOnlyList<ImportedOrder> Orders { get; init; }

    /// <summary>Rows that are not taken.</summary>
    public required IReadOnlyList<RejectedRow> Rejected { get; init; }

    /// <summary>Sheets and columns that mean nothing here, as <c>Sheet</c> and <c>Sheet: Column</c>.</summary>
    public required IReadOnlyList<string> Ignored { get; init; }
}

/// <summary>What reading a file came to.</summary>
public abstract record ImportReading
{
    private ImportReading() { }

    /// <summary>What it holds.</summary>
    public sealed record Read(ImportPlan Plan) : ImportReading;

    /// <summary>It is no workbook, or not one that is read here.</summary>
    public sealed record Unreadable(BookFault Fault) : ImportReading;
}
