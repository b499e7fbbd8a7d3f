using Waybill.Testing;

namespace Waybill.RacketBook.Specs.Exports;

/// <summary>LibreOffice opens it and saves it anew: what it took for a day, a number or a text is one in its own workbook too.</summary>
[Trait("Category", "Long"), Trait("Long", "exports")]
public class The_workbook_in_LibreOffice
{
    [Fact]
    public async Task Has_the_same_days_numbers_and_texts_in_every_cell()
    {
        await using var book = await MadeBook.CreateAsync();
        var shop = await book.OpenShopAsync();
        await shop.FillAsync();
        await shop.AddAsync(
            shop.Job(await shop.AddClientAsync("+41 79", "-5"), await shop.AddRacketAsync("@SUM(A1)")) with { Comment = "=1+1" });
        using var file = new MemoryStream();
        await book.Exports.WriteWorkbookAsync(shop.Scope, file, CancellationToken.None);

        var (written, saved) = (await OpenedWorkbook.ReadAsync(file.ToArray()),
            await OpenedWorkbook.ReadAsync(await SavedAnewAsync(file.ToArray())));

        Assert.Equal(written.Keys, saved.Keys);
        foreach (var (sheet, rows) in written) Assert.Equal(rows, saved[sheet]);
    }

    static async Task<byte[]> SavedAnewAsync(byte[] file)
    {
        using var folder = new TemporaryFolder();
        var (path, results) = (Path.Combine(folder.Path, "book.xlsx"), Path.Combine(folder.Path, "saved"));
        await File.WriteAllBytesAsync(path, file);
        var home = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = folder.Path };
        var run =
            await ProgramRun.OfAsync(
                "/usr/bin/soffice", ["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", results, path], home,
                folder.Path);
        Assert.True(run.ExitCode == 0, run.Complaints);
        return await File.ReadAllBytesAsync(Path.Combine(results, "book.xlsx"));
    }
}
