using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Receipts;
using Waybill.RacketBook.Texts;

namespace Waybill.RacketBook.Pages.Parts;

/// <summary>A job in the few words that fit on a phone.</summary>
public static class JobWords
{
    /// <summary>The strings of one side: what the catalogue calls them, or what was written down.</summary>
    public static string Strings(OrderSide side, TennisString? known, string locale)
    {
        var name = known?.Name ?? string.Join(' ', new[] { side.Maker, side.Model }.Where(part => !string.IsNullOrWhiteSpace(part)));
        if (name.Length == 0) name = side.IsClients ? ReceiptWords.Of(locale).OwnString : BookTexts.Of(locale).Say("job.no-string");
        return (side.Gauge ?? known?.Gauge) is { } gauge ? $"{name} {gauge}" : name;
    }

    /// <summary>Both sides; once where they are alike.</summary>
    public static string Strings(OrderParts parts, string locale)
    {
        var (main, cross) = (Strings(parts.Order.Main, parts.Main, locale), Strings(parts.Order.Cross, parts.Cross, locale));
        return main == cross ? main : $"{main} / {cross}";
    }

    /// <summary>Both tensions, as in <c>24 / 23 kg</c>; empty: nobody wrote them down.</summary>
    public static string Tension(Order order) => (order.Main.Tension, order.Cross.Tension) switch
    {
        (null, null) => "",
        ({ } main, { } cross) when main != cross => $"{ReceiptWords.Measure(main)} / {ReceiptWords.Measure(cross)} kg",
        (var main, var cross) => $"{ReceiptWords.Measure((main ?? cross)!.Value)} kg",
    };

    /// <summary>A racket with what tells it from others alike.</summary>
    public static string Racket(Racket racket) =>
        string.IsNullOrWhiteSpace(racket.Serial) ? racket.Facts().Name : $"{racket.Facts().Name} · #{racket.Serial}";
}
