using System.Text;
using Waybill.RacketBook.Importing;
using Waybill.RacketBook.Specs.Exports;
using Waybill.RacketBook.Texts;

namespace Waybill.RacketBook.Specs.Importing;

public class Hostile_files
{
    const string Main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";

    [Theory]
    [InlineData("")]
    [InlineData("ID;Strung\n1;2024-04-21")]
    [InlineData("%PDF-1.7")]
    [InlineData("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1")]
    [InlineData("PK\u0003\u0004 not really")]
    public void Are_told_from_workbooks(string content) => Assert.Equal("import.no-workbook", Fault(Encoding.Latin1.GetBytes(content)));

    [Fact]
    public void May_be_archives_of_something_else()
    {
        using var file = new MemoryStream();
        using (var archive = new System.IO.Compression.ZipArchive(
            file, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true)) archive.CreateEntry("word/document.xml");

        Assert.Equal("import.no-workbook", Fault(file.ToArray()));
    }

    [Fact]
    public void With_macros_are_refused() =>
        Assert.Equal("import.macros", Fault(MadeWorkbook.ByHand(Sheet(""), ("xl/vbaProject.bin", "x"))));

    [Fact]
    public void That_unpack_to_more_than_is_read_are_given_up()
    {
        var blanks = Encoding.UTF8.GetBytes($"<!--{new string(' ', 1 << 20)}-->");
        var file = MadeWorkbook.ByHand(sheet =>
        {
            sheet.Write(Encoding.UTF8.GetBytes($"<worksheet {Main}>"));
            for (var i = 0; i < 513; i++) sheet.Write(blanks);
        });

        Assert.Equal("import.bomb", Fault(file));
        Assert.InRange(file.Length, 1, 6 << 20);
    }

    [Fact]
    public void With_a_text_that_no_cell_holds_are_refused()
    {
        var blanks = Encoding.UTF8.GetBytes(new string('x', 1 << 20));
        var file = MadeWorkbook.ByHand(sheet =>
        {
            sheet.Write(Encoding.UTF8.GetBytes($"<worksheet {Main}><sheetData><row><c t=\"inlineStr\"><is><t>"));
            for (var i = 0; i < 100; i++) sheet.Write(blanks);
        });
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal("import.broken", Fault(file));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    [Fact]
    public void With_more_rows_than_are_read_are_given_up() => Assert.Equal(
        "import.rows",
        Fault(
            MadeWorkbook.ByHand(
                Sheet(
                    string.Concat(
                        Enumerable.Repeat(
                            "<row><c t=\"str\"><v>Racket</v></c><c t=\"str\"><v>Strung</v></c><c t=\"str\"><v>Name</v></c></row>",
                            200_001))))));

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><worksheet xmlns=\"m\"><sheetData/></worksheet>")]
    [InlineData("<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><worksheet/>")]
    [InlineData("<worksheet><sheetData>")]
    [InlineData("not XML at all")]
    public void With_entities_or_broken_XML_are_refused(string sheet) => Assert.Equal("import.broken", Fault(MadeWorkbook.ByHand(sheet)));

    [Theory]
    [InlineData("<c r=\"A1\" t=\"s\"><v>7</v></c>")]
    [InlineData("<c r=\"A1\" t=\"s\"><v>-1</v></c>")]
    [InlineData("<c r=\"ZZZZZZZZ1\"><v>7</v></c>")]
    [InlineData("<c r=\"1\"><v>7</v></c>")]
    public void With_cells_that_cannot_be_are_refused(string cell) =>
        Assert.Equal("import.broken", Fault(MadeWorkbook.ByHand(Sheet($"<row>{cell}</row>"))));

    [Fact]
    public void Whose_parts_are_missing_are_refused()
    {
        var file = MadeWorkbook.ByHand(Sheet(""), ("xl/_rels/none", ""));
        var text = Encoding.Latin1.GetString(file)
            .Replace("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", StringComparison.Ordinal);

        Assert.Equal("import.part-missing", Fault(Encoding.Latin1.GetBytes(text)));
    }

    [Fact]
    public void Without_any_sheet_that_is_known_are_refused()
    {
        var file = MadeWorkbook.ByHand(Sheet(""));
        using var stream = new MemoryStream();
        stream.Write(file);
        using (var archive = new System.IO.Compression.ZipArchive(stream, System.IO.Compression.ZipArchiveMode.Update, leaveOpen: true))
        {
            archive.GetEntry("xl/workbook.xml")!.Delete();
            using var entry = archive.CreateEntry("xl/workbook.xml").Open();
            entry.Write(Encoding.UTF8.GetBytes($"<workbook {Main} />"));
        }

        Assert.Equal("import.no-sheet", Fault(stream.ToArray()));
    }

    [Fact]
    public void Are_refused_in_both_languages()
    {
        using var stream = new MemoryStream([1, 2, 3]);
        var fault = Assert.IsType<ImportReading.Unreadable>(ImportReader.Read(stream, MadeBook.Today)).Fault;

        Assert.StartsWith("This is not a workbook.", fault.Say("en"), StringComparison.Ordinal);
        Assert.StartsWith("Das ist keine Arbeitsmappe.", fault.Say("de"), StringComparison.Ordinal);
    }

    static string Sheet(string rows) => $"<worksheet {Main}><sheetData>{rows}</sheetData></worksheet>";

    static string Fault(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return Assert.IsType<ImportReading.Unreadable>(ImportReader.Read(stream, MadeBook.Today)).Fault.Code;
    }
}
