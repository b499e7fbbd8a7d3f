using System.Text.Json.Nodes;
using Waybill.RacketBook.Receipts;

namespace Waybill.RacketBook.Mails;

/// <summary>What the mail says of a receipt: the same facts as the paper, in the same words.</summary>
static class ReceiptSummary
{
    internal static JsonObject Of(ReceiptLetter letter)
    {
        var receipt = letter.Receipt;
        var words = ReceiptWords.Of(receipt.Locale);
        return new()
        {
            ["first"] = letter.FirstName,
            ["number"] = receipt.Number,
            ["updated"] = letter.IsUpdate,
            ["racket"] = receipt.Racket.Name,
            ["strings"] = Strings(receipt, words),
            ["tension"] = Tension(receipt),
            ["total"] = ReceiptWords.Amount(receipt.Total),
            ["strung"] = words.Date(receipt.Strung),
            ["name"] = receipt.Business.Name,
        };
    }

    static string Strings(Receipt receipt, ReceiptWords words)
    {
        var (main, cross) = (Name(receipt.Main, words), Name(receipt.Cross, words));
        return main == cross ? main : $"{main} / {cross}";
    }

    static string Name(StringSide side, ReceiptWords words) => side.Name.Length == 0 ? words.OwnString : side.Name;

    static string Tension(Receipt receipt) => (receipt.Main.Tension, receipt.Cross.Tension) switch
    {
        (null, null) => "–",
        ({ } main, null) => $"{ReceiptWords.Measure(main)} kg",
        (null, { } cross) => $"{ReceiptWords.Measure(cross)} kg",
        ({ } main, { } cross) when main == cross => $"{ReceiptWords.Measure(main)} kg",
        ({ } main, { } cross) => $"{ReceiptWords.Measure(main)} / {ReceiptWords.Measure(cross)} kg",
    };
}
