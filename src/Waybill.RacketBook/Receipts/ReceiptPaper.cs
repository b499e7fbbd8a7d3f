using System.Globalization;
using Waybill.Documents.Fonts;
using Waybill.Documents.Pdf;
using Waybill.Documents.Pictures;

namespace Waybill.RacketBook.Receipts;

/// <summary>
/// Prints a receipt: one A4 page in four quarters. It is folded twice and clipped to the racket, so that the upper left one shows: whose it
/// is, for whom, and the total. The same receipt gives the same bytes.
/// </summary>
public static class ReceiptPaper
{
    const double Millimetre = 72 / 25.4;
    const double Width = 210 * Millimetre, Height = 297 * Millimetre, Margin = 12 * Millimetre;

    /// <summary>From a fold to what is printed.</summary>
    const double Fold = 5 * Millimetre;

    /// <summary>Of the business's.</summary>
    const int MostLines = 6;

    const double LogoHeight = 20 * Millimetre;

    /// <summary>Prints it.</summary>
    /// <param name="receipt">What it says.</param>
    /// <param name="logo">The stringer's; null: the name stands in its place.</param>
    public static byte[] Print(Receipt receipt, Picture? logo)
    {
        var words = ReceiptWords.Of(receipt.Locale);
        var document = new PdfDocument(new PdfFacts(
            $"{words.Title} {receipt.Number}", words.Language, receipt.Business.Name,
            new DateTimeOffset(receipt.Strung.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)));
        var page = document.AddPage(Width, Height);
        Folds(page);
        Front(Quarter(page, document, 0, 0), page, receipt, words, logo);
        Strings(Quarter(page, document, 1, 0), receipt, words);
        Prices(Quarter(page, document, 0, 1), page, receipt, words);
        Stringer(Quarter(page, document, 1, 1), receipt, words);
        return document.ToBytes();
    }

    /// <summary>What it is called when it is sent or saved.</summary>
    public static string FileName(Receipt receipt) => $"{ReceiptWords.Of(receipt.Locale).File}-{receipt.Number}.pdf";

    static Quadrant Quarter(PdfPage page, PdfDocument document, int column, int row) => new(
        page,
        column == 0 ? Margin : Width / 2 + Fold,
        row == 0 ? Margin : Height / 2 + Fold,
        Width / 2 - Margin - Fold,
        document.Root.Add(StructureTag.Sect));

    static void Folds(PdfPage page)
    {
        page.Line((Width / 2, Margin), (Width / 2, Height - Margin), 0.25, gray: 0.7, dash: 3);
        page.Line((Margin, Height / 2), (Width - Margin, Height / 2), 0.25, gray: 0.7, dash: 3);
    }

    static void Front(Quadrant quarter, PdfPage page, Receipt receipt, ReceiptWords words, Picture? logo)
    {
        if (logo is not null) Logo(quarter, page, receipt, words, logo);
        quarter.Lines(receipt.Business.Name, new(Face.Bold, Paragraph.Fit(receipt.Business.Name, Face.Bold, quarter.Width, 18, 15, 12)), 3);
        quarter.Skip(18);
        quarter.Lines(words.Total, Styles.Name, 1);
        var total = ReceiptWords.Amount(receipt.Total);
        quarter.Lines(total, new(Face.Bold, Paragraph.Fit(total, Face.Bold, quarter.Width, 36, 32, 28, 20)), 1);
        quarter.Skip(18);
        quarter.Lines($"{words.Number} {receipt.Number}", Styles.Number, 1, StructureTag.H1);
        quarter.Skip(Quadrant.Gap);
        quarter.Table(
        [
            (words.Client, receipt.Client),
            (words.Racket, receipt.Racket.Name),
            (words.Strung, words.Date(receipt.Strung)),
        ]);
    }

    /// <summary>As large as it fits, never larger than it is at 150 dots an inch.</summary>
    static void Logo(Quadrant quarter, PdfPage page, Receipt receipt, ReceiptWords words, Picture logo)
    {
        var scale = Math.Min(72.0 / 150, Math.Min(LogoHeight / logo.Height, quarter.Width / logo.Width));
        var (width, height) = (logo.Width * scale, logo.Height * scale);
        var said = string.Format(CultureInfo.InvariantCulture, words.Logo, receipt.Business.Name);
        page.Picture(quarter.Left, quarter.Y, width, height, logo, quarter.Figure(said));
        quarter.Skip(height + Quadrant.Gap);
    }

    static void Strings(Quadrant quarter, Receipt receipt, ReceiptWords words)
    {
        quarter.Heading(words.Strings);
        quarter.Table(Side(words.Main, receipt.Main, words));
        quarter.Skip(Quadrant.Gap);
        quarter.Table(receipt.Cross.IsAs(receipt.Main) ? [(words.Cross, words.Same)] : Side(words.Cross, receipt.Cross, words));
        if (receipt.DynamicTension is { } measured) quarter.Table([(words.DynamicTension, ReceiptWords.Measure(measured))]);
        quarter.Skip(18);
        quarter.Heading(words.Racket);
        quarter.Table(Facts(receipt.Racket, words));
    }

    static IEnumerable<(string, string)> Side(string name, StringSide side, ReceiptWords words)
    {
        yield return (name, side.Name.Length == 0 ? words.OwnString : side.IsClients ? $"{side.Name} ({words.OwnString})" : side.Name);
        if (!string.IsNullOrWhiteSpace(side.Gauge)) yield return (words.Gauge, side.Gauge);
        if (side.Tension is { } tension) yield return (words.Tension, $"{ReceiptWords.Measure(tension)} kg");
        if (!string.IsNullOrWhiteSpace(side.Colour)) yield return (words.Colour, side.Colour);
    }

    static IEnumerable<(string, string)> Facts(RacketFacts racket, ReceiptWords words)
    {
        if (racket.HeadSize is { } size) yield return (words.HeadSize, $"{ReceiptWords.Measure(size)} sq in");
        if (!string.IsNullOrWhiteSpace(racket.Pattern)) yield return (words.Pattern, racket.Pattern);
        if (!string.IsNullOrWhiteSpace(racket.Serial)) yield return (words.Serial, racket.Serial);
    }

    static void Prices(Quadrant quarter, PdfPage page, Receipt receipt, ReceiptWords words)
    {
        quarter.Heading(words.Prices);
        quarter.Amounts(
            Styles.Text,
            (words.Labour, ReceiptWords.Amount(receipt.Labour)),
            (words.Main, receipt.Main.IsClients ? words.OwnString : ReceiptWords.Amount(receipt.Main.Price)),
            (words.Cross, receipt.Cross.IsClients ? words.OwnString : ReceiptWords.Amount(receipt.Cross.Price)));
        page.Line((quarter.Left, quarter.Y + 2), (quarter.Left + quarter.Width, quarter.Y + 2), 0.75);
        quarter.Skip(Quadrant.Gap);
        quarter.Amounts(Styles.Strong, (words.Total, ReceiptWords.Amount(receipt.Total)));
        quarter.Skip(18);
        if (receipt.Ordered is { } ordered) quarter.Table([(words.Ordered, words.Date(ordered))]);
        quarter.Table([(words.Strung, words.Date(receipt.Strung))]);
    }

    static void Stringer(Quadrant quarter, Receipt receipt, ReceiptWords words)
    {
        if (!string.IsNullOrWhiteSpace(receipt.Comment))
        {
            quarter.Heading(words.Comment);
            quarter.Lines(receipt.Comment, Styles.Text, 10);
            quarter.Skip(18);
        }

        if (receipt.Business.Lines.Count > 0)
        {
            quarter.Heading(words.Business);
            foreach (var line in receipt.Business.Lines.Take(MostLines)) quarter.Lines(line, Styles.Text, 2);
            quarter.Skip(Quadrant.Gap);
        }

        quarter.Lines(words.NoVat, Styles.Small, 1);
    }
}
