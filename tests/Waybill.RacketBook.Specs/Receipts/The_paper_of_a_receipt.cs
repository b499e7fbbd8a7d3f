using System.Text.RegularExpressions;
using Waybill.RacketBook.Receipts;
using Waybill.Testing.Real;

namespace Waybill.RacketBook.Specs.Receipts;

public class The_paper_of_a_receipt
{
    const int LargestSize = 40 << 10;

    [Fact]
    public async Task Is_one_page_of_A4_that_others_find_whole()
    {
        foreach (var receipt in new[] { MadeReceipt.Usual, MadeReceipt.Longest })
        {
            var paper = ReceiptPaper.Print(receipt, logo: null);

            Assert.Empty(await Poppler.CheckAsync(paper));
            Assert.Matches(@"Pages: +1\n", await Poppler.FactsAsync(paper));
            Assert.Matches(@"Page size: +595.276 x 841.89 pts \(A4\)", await Poppler.FactsAsync(paper));
        }
    }

    [Theory]
    [InlineData("en", "Receipt no. 2026-0042", "CHF 43.50", "21 Apr 2026", "own string", "Not VAT-registered")]
    [InlineData("de", "Quittung Nr. 2026-0042", "CHF 43.50", "21.04.2026", "eigene Saite", "Nicht mehrwertsteuerpflichtig.")]
    public async Task Says_all_of_it_in_its_language(string locale, params string[] said)
    {
        var text = await Poppler.TextAsync(ReceiptPaper.Print(MadeReceipt.Usual with { Locale = locale }, logo: null));

        foreach (var one in said) Assert.Contains(one, text, StringComparison.Ordinal);
        foreach (var one in (string[])["Court Side Strings", "Ann Meier", "Wilson Blade 98", "Babolat RPM Blast", "Luxilon Alu Power (",
            "1.25", "24 kg", "1.30", "23 kg", "98 sq in", "16x19", "PA98_2023_45", "36.5", "CHF 25.00", "CHF 18.50", "Grommets worn",
            "Seestrasse 12, 8002 Zürich", "+41 44 000 00 00", "ann@strings.example"])
            Assert.Single(Regex.Matches(text, Regex.Escape(one), RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Shows_the_total_alone_of_all_prices_where_it_is_folded_to()
    {
        var words = await Poppler.TextAsync(ReceiptPaper.Print(MadeReceipt.Usual, logo: null));
        var upperHalf = words[..words.IndexOf("Prices", StringComparison.Ordinal)];

        Assert.Contains("CHF 43.50", upperHalf, StringComparison.Ordinal);
        Assert.DoesNotContain("CHF 25.00", upperHalf, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Labour +CHF 25\\.00")]
    [InlineData("Mains +CHF 18\\.50")]
    [InlineData("Crosses +own string")]
    [InlineData("Total +CHF 43\\.50")]
    [InlineData("Client +Ann Meier")]
    public async Task Puts_a_name_and_what_it_is_on_one_line(string line) =>
        Assert.Matches(line, await Poppler.TextAsync(ReceiptPaper.Print(MadeReceipt.Usual, logo: null)));

    [Fact]
    public async Task Says_once_that_the_crosses_are_as_the_mains()
    {
        var text =
            await Poppler.TextAsync(
                ReceiptPaper.Print(MadeReceipt.Usual with { Cross = MadeReceipt.Usual.Main with { Price = 12 } }, logo: null));

        Assert.Contains("same as mains", text, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(text, "RPM Blast", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Prints_a_dash_where_nothing_is_charged()
    {
        var self = MadeReceipt.Usual with
        {
            Labour = null,
            Main = MadeReceipt.Usual.Main with { Price = null },
            Ordered = null,
            Comment = null,
            DynamicTension = null,
            Business = new("Ann", [])
        };
        var text = await Poppler.TextAsync(ReceiptPaper.Print(self, logo: null));

        Assert.Null(self.Total);
        Assert.DoesNotContain("CHF", text, StringComparison.Ordinal);
        Assert.Contains("–", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Embeds_all_its_fonts_and_can_be_read_aloud()
    {
        var paper = ReceiptPaper.Print(MadeReceipt.Longest, logo: null);
        var fonts = (await Poppler.FontsAsync(paper)).TrimEnd().Split('\n')[2..];

        Assert.All(fonts, font => Assert.Matches("CID TrueType +Identity-H +yes yes yes", font));
        Assert.Matches("Tagged: +yes", await Poppler.FactsAsync(paper));
        Assert.Matches("Title: +Quittung 2026-10000", await Poppler.FactsAsync(paper));
        Assert.Contains("H1 (block)\n      \"Quittung Nr. 2026-10000\"", await Poppler.StructureAsync(paper), StringComparison.Ordinal);
        Assert.Contains("Αλεξάνδρα", await Poppler.TextAsync(paper), StringComparison.Ordinal);
        Assert.Contains("Щербаков", await Poppler.TextAsync(paper), StringComparison.Ordinal);
    }

    [Fact]
    public void Is_small_and_the_same_bytes_each_time()
    {
        var paper = ReceiptPaper.Print(MadeReceipt.Usual, logo: null);

        Assert.InRange(paper.Length, 1, LargestSize);
        Assert.Equal(paper, ReceiptPaper.Print(MadeReceipt.Usual with { }, logo: null));
    }

    [Fact]
    public async Task Leaves_no_ink_on_folds_and_margins_however_much_is_said()
    {
        var gray = await Poppler.GrayAsync(ReceiptPaper.Print(MadeReceipt.Longest, logo: null));
        const int width = 298; // at 36 dots an inch

        for (var y = 0; y < gray.Length / width; y++)
        {
            Assert.All(Enumerable.Range(0, 15), x => Assert.Equal(255, gray[y * width + x]));
            Assert.All(Enumerable.Range(width - 15, 15), x => Assert.Equal(255, gray[y * width + x]));
        }
    }

    [Theory, Trait("Category", "Long"), Trait("Long", "receipts")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Is_pictured_for_people_to_look_at(bool isLongest)
    {
        var folder = Directory.CreateDirectory(Testing.Repository.PathOf("docs/receipts")).FullName;
        var receipt = isLongest ? MadeReceipt.Longest : MadeReceipt.Usual;
        var file = Path.Combine(folder, isLongest ? "longest-de.png" : "usual-en.png");
        await File.WriteAllBytesAsync(file, await Poppler.PictureAsync(ReceiptPaper.Print(receipt, logo: null)));

        Assert.InRange(new FileInfo(file).Length, 10_000, 1_000_000);
    }
}
