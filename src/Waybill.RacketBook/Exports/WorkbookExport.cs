using Waybill.Documents.Sheets;
using Waybill.Engine.Storage;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Exports;

/// <summary>A stringer's book as a workbook in the shape of V1's, for those who go on in a spreadsheet.</summary>
sealed class WorkbookExport(Session session, StringerScope scope)
{
    readonly ExportRows rows = new(session, scope);

    internal async ValueTask WriteAsync(Stream output, DateTimeOffset made, CancellationToken cancellationToken)
    {
        var stringer = await rows.StringerAsync(cancellationToken);
        await using var workbook = await Workbook.CreateAsync(output, made, cancellationToken);
        await WriteAsync(workbook, "Orders", ExportColumns.Orders, rows.OrdersAsync(stringer, cancellationToken), cancellationToken);
        await WriteAsync(
            workbook, "Clients", ExportColumns.Clients, rows.ClientsAsync(cancellationToken).Where(client => !client.IsRemoved),
            cancellationToken);
        await WriteAsync(workbook, "Rackets", ExportColumns.Rackets, rows.RacketsAsync(cancellationToken), cancellationToken);
        await WriteAsync(workbook, "Strings", ExportColumns.Strings, rows.StringsAsync(cancellationToken), cancellationToken);
    }

    static async Task WriteAsync<T>(
        Workbook workbook, string name, IReadOnlyList<ExportColumn<T>> columns, IAsyncEnumerable<T> ofRows,
        CancellationToken cancellationToken)
    {
        var sheet =
            await workbook.AddSheetAsync(
                name, [.. columns.Select(column => new SheetColumn(column.Title, column.Width))], cancellationToken);
        await foreach (var one in ofRows)
        {
            sheet.Row();
            foreach (var column in columns) column.Write(sheet, one);
            await sheet.EndRowAsync(cancellationToken);
        }
    }
}
