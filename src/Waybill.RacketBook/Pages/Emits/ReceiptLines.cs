using Waybill.RacketBook.Receipts;

namespace Waybill.RacketBook.Pages.Emits;

/// <summary>What stood on a paper, line by line, in its own words.</summary>
public static class ReceiptLines
{
    /// <summary>Every field of the paper, whether it is filled in or not, so that two can be held against each other.</summary>
    public static IReadOnlyList<(string Name, string Value)> Of(Receipt receipt) => Of(receipt, receipt.Locale);

    /// <summary>The same in the words of another language.</summary>
    public static IReadOnlyList<(string Name, string Value)> Of(Receipt receipt, string locale)
    {
        var words = ReceiptWords.Of(locale);
        return
        [
            (words.Number, receipt.Number),
            (words.Business, string.Join('\n', receipt.Business.Lines.Prepend(receipt.Business.Name))),
            (words.Client, receipt.Client),
            (words.Racket, Racket(receipt.Racket)),
            (words.Main, Side(receipt.Main, words)),
            (words.Cross, receipt.Cross.IsAs(receipt.Main) ? words.Same : Side(receipt.Cross, words)),
            (words.Labour, ReceiptWords.Amount(receipt.Labour)),
            ($"{words.Prices} ({words.Main})", ReceiptWords.Amount(receipt.Main.Charged)),
            ($"{words.Prices} ({words.Cross})", ReceiptWords.Amount(receipt.Cross.Charged)),
            (words.Total, ReceiptWords.Amount(receipt.Total)),
            (words.Ordered, receipt.Ordered is { } ordered ? words.Date(ordered) : "–"),
            (words.Strung, words.Date(receipt.Strung)),
            (words.DynamicTension, receipt.DynamicTension is { } tension ? ReceiptWords.Measure(tension) : "–"),
            (words.Comment, receipt.Comment ?? "–"),
        ];
    }

    static string Racket(RacketFacts racket) => string.Join(" · ", new[]
    {
        racket.Name, racket.HeadSize is { } size ? ReceiptWords.Measure(size) + " sq in" : "", racket.Pattern ?? "",
        racket.Serial is { } serial ? "#" + serial : "",
    }.Where(part => part.Length > 0));

    static string Side(StringSide side, ReceiptWords words) => string.Join(" · ", new[]
    {
        side.Name, side.Gauge ?? "", side.Tension is { } tension ? ReceiptWords.Measure(tension) + " kg" : "", side.Colour ?? "",
        side.IsClients ? words.OwnString : "",
    }.Where(part => part.Length > 0));
}
