using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using FsCheck.Fluent;
using Waybill.Documents.Sheets;
using Waybill.Documents.Specs.Judges;

namespace Waybill.Documents.Specs.Sheets;

public class A_workbook
{
    [Fact]
    public async Task Is_valid_to_the_letter()
    {
        using var file = new MemoryStream(await MadeWorkbook.OfAsync(["Text", "Number", "Amount", "Date", "Measure"], async sheet =>
        {
            await sheet.Row().Text("a & b").Number(-7).Amount(45.5m).Date(new(2026, 4, 21)).Measure(24.5m)
                .EndRowAsync(CancellationToken.None);
            await sheet.Row().Text(null).Number(null).Amount(null).Date(null).Measure(null).EndRowAsync(CancellationToken.None);
            await sheet.Row().Blank().Text("=1+1").EndRowAsync(CancellationToken.None);
        }));
        using var document = SpreadsheetDocument.Open(file, isEditable: false);

        Assert.Empty(
            new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(document)
                .Select(fault => $"{fault.Part?.Uri}: {fault.Description}"));
    }

    [Fact]
    public async Task Holds_real_dates_and_numbers_for_others()
    {
        var rows = await OpenPyxl.ReadAsync(await MadeWorkbook.OfAsync(["Text", "Number", "Amount", "Date"], async sheet =>
            await sheet.Row().Text("Grüße 🎾").Number(1_000_000_007).Amount(45.10m).Date(new(2026, 4, 21))
                .EndRowAsync(CancellationToken.None)));

        Assert.Equal("str:Text|str:Number|str:Amount|str:Date", rows[0]);
        Assert.Equal("str:Grüße 🎾|int:1000000007|float:45.1|datetime:2026-04-21 00:00:00", rows[1]);
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+41 79 000 00 00")]
    [InlineData("-5")]
    [InlineData("@SUM(A1)")]
    [InlineData("\tx")]
    [InlineData("\rx")]
    [InlineData(" blanks ")]
    [InlineData("one\ntwo")]
    [InlineData("_x0041_ stays")]
    [InlineData("\u0001 control \uffff")]
    [InlineData("<b>&amp;</b>")]
    [InlineData("")]
    public async Task Keeps_a_text_a_text(string text) =>
        Assert.Equal($"str:{text}", (await OpenPyxl.ReadAsync(await MadeWorkbook.OfTextsAsync(text)))[1]);

    [Fact]
    public async Task Keeps_whatever_is_written()
    {
        var texts = ArbMap.Default.GeneratorFor<string>().Sample(30, 200).Select(text => string.Concat((text ?? "").EnumerateRunes()))
            .ToArray();

        Assert.Equal(texts.Select(text => $"str:{text}"), (await OpenPyxl.ReadAsync(await MadeWorkbook.OfTextsAsync(texts)))[1..]);
    }

    [Fact]
    public async Task Cuts_a_text_that_is_longer_than_a_cell_and_leaves_no_half_character()
    {
        var text = new string('a', 32_766) + "🎾 and more";

        Assert.Equal("str:" + new string('a', 32_766), (await OpenPyxl.ReadAsync(await MadeWorkbook.OfTextsAsync(text)))[1]);
    }

    [Fact]
    public async Task Writes_a_day_that_sheets_do_not_count_as_a_text() =>
        Assert.Equal("str:1899-01-02", (await OpenPyxl.ReadAsync(await MadeWorkbook.OfAsync(["Day"], async sheet =>
            await sheet.Row().Date(new(1899, 1, 2)).EndRowAsync(CancellationToken.None))))[1]);

    [Fact]
    public async Task Takes_no_memory_for_rows_that_are_gone()
    {
        var before = 0L;
        await using var workbook = await Workbook.CreateAsync(Stream.Null, MadeWorkbook.Noon, CancellationToken.None);
        var sheet = await workbook.AddSheetAsync("Rows", [new("Text")], CancellationToken.None);
        for (var row = 0; row < 100_000; row++)
        {
            await sheet.Row().Text("a row that is soon gone").EndRowAsync(CancellationToken.None);
            if (row == 10_000) before = GC.GetTotalMemory(forceFullCollection: true);
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 1 << 20);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a name of more than thirty-one characters")]
    public async Task Refuses_a_sheet_that_cannot_be_called_so(string name)
    {
        await using var workbook = await Workbook.CreateAsync(Stream.Null, MadeWorkbook.Noon, CancellationToken.None);

        await Assert.ThrowsAsync<ArgumentException>(() => workbook.AddSheetAsync(name, [new("Text")], CancellationToken.None));
    }
}
