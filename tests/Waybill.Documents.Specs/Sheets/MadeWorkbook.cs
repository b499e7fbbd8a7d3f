using Waybill.Documents.Sheets;

namespace Waybill.Documents.Specs.Sheets;

/// <summary>Workbooks of one sheet.</summary>
static class MadeWorkbook
{
    internal static readonly DateTimeOffset Noon = new(2026, 4, 21, 12, 0, 0, TimeSpan.Zero);

    internal static Task<byte[]> OfTextsAsync(params string[] texts) => OfAsync(["Text"], async sheet =>
    {
        foreach (var text in texts) await sheet.Row().Text(text).EndRowAsync(CancellationToken.None);
    });

    internal static async Task<byte[]> OfAsync(string[] columns, Func<Sheet, Task> write)
    {
        using var file = new MemoryStream();
        await using (var workbook = await Workbook.CreateAsync(file, Noon, CancellationToken.None))
            await write(
                await workbook.AddSheetAsync(
                    "Orders & <more>", [.. columns.Select(column => new SheetColumn(column))], CancellationToken.None));
        return file.ToArray();
    }
}
