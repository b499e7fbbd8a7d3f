using System.Globalization;
using FsCheck.Fluent;
using Waybill.Documents.Fonts;
using Waybill.Documents.Pdf;
using Waybill.Testing.Real;

namespace Waybill.Documents.Specs.Pages;

public class A_page_of_text
{
    const string Languages = "Grüße, Ωραία Αθήνα, Привет мир, Łódź, Şişli, €";

    static readonly PdfFacts Facts = new(
        "Quittung 2026-0042", "de-CH", "Court Side «Strings»", new DateTimeOffset(2026, 4, 21, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("Hello")]
    [InlineData(Languages)]
    [InlineData("a <b> & (c) \\ \"d\" [e]")]
    [InlineData("missing: 日本 🎾")]
    public async Task Is_found_word_by_word_by_others(string text)
    {
        var file = Page(text);

        Assert.Empty(await Poppler.CheckAsync(file));
        Assert.Equal(text, (await Poppler.TextAsync(file)).Trim());
    }

    [Fact]
    public async Task Embeds_its_fonts_and_maps_them_back_to_characters()
    {
        var fonts = (await Poppler.FontsAsync(Page(Languages))).TrimEnd().Split('\n')[2..];

        Assert.Equal(2, fonts.Length);
        Assert.All(fonts, font => Assert.Matches(@"^[A-Z]{6}\+NotoSans-Regular +CID TrueType +Identity-H +yes yes yes", font));
    }

    [Fact]
    public async Task Says_its_title_its_language_and_that_it_is_tagged()
    {
        var file = Page("Hello");
        var facts = await Poppler.FactsAsync(file);

        Assert.Matches(@"Title: +Quittung 2026-0042\n", facts);
        Assert.Matches(@"Author: +Court Side «Strings»\n", facts);
        Assert.Matches(@"Tagged: +yes\n", facts);
        Assert.Matches(@"Page size: +595.276 x 841.89 pts \(A4\)", facts);
        Assert.Contains("P (block)\n    \"Hello\"", await Poppler.StructureAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Has_the_same_bytes_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var expected = Page(Languages);
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("ar-EG");
            Assert.Equal(expected, Page(Languages));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Takes_a_few_octets_beyond_its_fonts()
    {
        Assert.InRange(Page("a").Length, 1, 24 << 10);
        Assert.InRange(Page(string.Join(' ', Enumerable.Repeat("a receipt", 100))).Length - Page("a").Length, 0, 1 << 10);
    }

    [Fact]
    public async Task Is_whole_whatever_is_written()
    {
        var texts = ArbMap.Default.GeneratorFor<string>().Sample(40, 60).Select(text => text ?? "").ToArray();
        var document = new PdfDocument(Facts);
        foreach (var text in texts)
            document.AddPage(600, 800).Text(10, 20, text, new TextStyle(Face.Bold, 9), document.Root.Add(StructureTag.P));

        Assert.Empty(await Poppler.CheckAsync(document.ToBytes()));
    }

    [Theory]
    [InlineData("e\u0301", "é")]
    [InlineData("one\ntwo\0", "one two")]
    public async Task Settles_what_is_no_character(string text, string shown) =>
        Assert.Equal(shown, (await Poppler.TextAsync(Page(text))).Trim());

    [Fact]
    public async Task Replaces_half_a_surrogate_pair() =>
        Assert.Equal("\ufffd tail", (await Poppler.TextAsync(Page("\ud83c tail"))).Trim());

    static byte[] Page(string text)
    {
        var document = new PdfDocument(Facts);
        document.AddPage(595.276, 841.89).Text(40, 60, text, new TextStyle(Face.Regular, 11), document.Root.Add(StructureTag.P));
        return document.ToBytes();
    }
}
