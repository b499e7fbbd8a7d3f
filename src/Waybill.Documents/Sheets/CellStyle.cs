namespace Waybill.Documents.Sheets;

/// <summary>How a cell looks: its number is its place among the formats of <see cref="WorkbookParts"/>.</summary>
enum CellStyle
{
    Plain,
    Title,
    Date,
    Amount,

    /// <summary>A text that a program would take for a formula once somebody edits it.</summary>
    QuotedText,
}
