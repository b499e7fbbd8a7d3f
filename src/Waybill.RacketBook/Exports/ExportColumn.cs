using Waybill.Documents.Sheets;

namespace Waybill.RacketBook.Exports;

/// <summary>A column of the workbook.</summary>
/// <param name="Title">What its first row says; the importer knows it by that.</param>
/// <param name="Width">In characters.</param>
/// <param name="Write">Writes its cell of a row.</param>
sealed record ExportColumn<T>(string Title, int Width, Action<Sheet, T> Write);
