using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Waybill.Testing;

namespace Waybill.RacketBook.Specs.Importing;

/// <summary>Workbooks of others: made by openpyxl, or by hand where no program would make them.</summary>
static class MadeWorkbook
{
    const string Script =
        """
        import datetime, json, re, sys, openpyxl
        book = openpyxl.Workbook()
        book.remove(book.active)
        def value(cell):
            return datetime.datetime.fromisoformat(cell) if isinstance(cell, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", cell) else cell
        for name, rows in json.loads(sys.argv[1]).items():
            sheet = book.create_sheet(name)
            for row in rows: sheet.append([value(cell) for cell in row])
        book.save(sys.argv[2])
        """;

    const string Content = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>One sheet as openpyxl writes it; a text like a day becomes one, one that begins with = a formula.</summary>
    internal static Task<byte[]> OfAsync(string sheet, params object?[][] rows) =>
        OfAsync(new Dictionary<string, object?[][]> { [sheet] = rows });

    internal static async Task<byte[]> OfAsync(Dictionary<string, object?[][]> sheets)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "made.xlsx");
        var run = await ProgramRun.OfAsync("/usr/bin/python3", ["-c", Script, JsonSerializer.Serialize(sheets), path]);
        Assert.Equal((0, ""), (run.ExitCode, run.Complaints));
        return await File.ReadAllBytesAsync(path);
    }

    /// <summary>A package whose only sheet has this XML, with parts of ours beside it.</summary>
    internal static byte[] ByHand(string sheet, params (string Path, string Text)[] more) =>
        ByHand(stream => stream.Write(Encoding.UTF8.GetBytes(sheet)), more);

    /// <summary>The same with a sheet that is too large to hold.</summary>
    internal static byte[] ByHand(Action<Stream> writeSheet, params (string Path, string Text)[] more)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(
                archive, "[Content_Types].xml",
                $"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="{Content}.sheet.main+xml"/></Types>""");
            Add(archive, "_rels/.rels", Relations(("w", "officeDocument", "xl/workbook.xml")));
            Add(
                archive, "xl/workbook.xml",
                """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Orders" sheetId="1" r:id="s"/></sheets></workbook>""");
            Add(
                archive, "xl/_rels/workbook.xml.rels",
                Relations(("s", "worksheet", "worksheets/sheet1.xml"), ("t", "sharedStrings", "sharedStrings.xml")));
            using (var sheet = archive.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open()) writeSheet(sheet);
            foreach (var (path, text) in more) Add(archive, path, text);
        }

        return file.ToArray();
    }

    static string Relations(params (string Id, string Kind, string Target)[] all) =>
        """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"""
        + string.Concat(
            all.Select(
                one =>
                    $"""<Relationship Id="{one.Id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{one.Kind}" Target="{one.Target}"/>"""))
        + "</Relationships>";

    static void Add(ZipArchive archive, string path, string text)
    {
        using var entry = archive.CreateEntry(path).Open();
        entry.Write(Encoding.UTF8.GetBytes(text));
    }
}
