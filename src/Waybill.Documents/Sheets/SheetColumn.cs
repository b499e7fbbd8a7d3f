namespace Waybill.Documents.Sheets;

/// <summary>A column of a sheet.</summary>
/// <param name="Title">What its first row says.</param>
/// <param name="Width">In characters; 12 unless given.</param>
public sealed record SheetColumn(string Title, int Width = 12);
