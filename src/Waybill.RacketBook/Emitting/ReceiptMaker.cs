using Waybill.RacketBook.Logos;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Receipts;
using Waybill.RacketBook.Stringers;

namespace Waybill.RacketBook.Emitting;

/// <summary>Makes of an order what its receipt prints: a pure function, asked before anything is written.</summary>
public static class ReceiptMaker
{
    /// <summary>
    /// The longest name of a client or a racket: two of 100 characters and what is between them. The paper breaks it, and cuts what three
    /// lines do not hold.
    /// </summary>
    public const int LongestText = 201;

    /// <summary>The receipt of an order that is strung, or what is in its way, by field.</summary>
    /// <param name="parts">The order, strung, with all that it refers to.</param>
    /// <param name="number">Its number.</param>
    /// <param name="logo">The stringer's logo, as it was fetched.</param>
    /// <exception cref="Engine.Storage.StorageException">The logo could not be fetched.</exception>
    public static Making Make(OrderParts parts, string number, StringerLogo logo)
    {
        var faults = Faults(parts, logo).ToList();
        if (faults.Count > 0) return new Making.Refused(faults);
        var order = parts.Order;
        return new Making.Made(new()
        {
            Locale = parts.Client.Person.Locale ?? parts.Stringer.Locale,
            Number = number,
            Business = parts.Stringer.Business(),
            Client = parts.Client.Person.Name,
            Racket = parts.Racket.Facts(),
            Main = Side(order.Main, parts.Main),
            Cross = Side(order.Cross, parts.Cross),
            Labour = order.Labour,
            Ordered = order.Days.Ordered,
            Strung = order.Days.Strung!.Value,
            DynamicTension = order.DynamicTension,
            Comment = order.Comment,
        });
    }

    static StringSide Side(OrderSide side, TennisString? known) => known is null
        ? new(side.Maker, side.Model, side.Gauge, side.Tension, side.Price, side.IsClients, side.Colour)
        : new(known.Maker, known.Model, side.Gauge ?? known.Gauge, side.Tension, side.Price, side.IsClients, side.Colour);

    static IEnumerable<BookFault> Faults(OrderParts parts, StringerLogo logo)
    {
        if (Long("display_name", parts.Stringer.DisplayName, Stringer.LongestName) is { } name) yield return name;
        if (Long("client_id", parts.Client.Person.Name, LongestText) is { } client) yield return client;
        if (Long("racket_id", parts.Racket.Facts().Name, LongestText) is { } racket) yield return racket;
        if (Nameless(parts.Order.Main, parts.Main)) yield return new("main_string_id", "string.needed");
        if (Nameless(parts.Order.Cross, parts.Cross)) yield return new("cross_string_id", "string.needed");
        if (logo.Fault() is { } unprintable) yield return unprintable;
    }

    static BookFault? Long(string field, string text, int longest) =>
        string.IsNullOrWhiteSpace(text)
            ? new(field, "text.needed")
            : text.Length > longest ? new(field, "text.long", longest, text.Length) : null;

    static bool Nameless(OrderSide side, TennisString? known) =>
        !side.IsClients && known is null && string.IsNullOrWhiteSpace(side.Maker) && string.IsNullOrWhiteSpace(side.Model);
}

/// <summary>What making a receipt came to.</summary>
public abstract record Making
{
    private Making() { }

    /// <summary>What it prints.</summary>
    public sealed record Made(Receipt Receipt) : Making;

    /// <summary>What is in its way.</summary>
    public sealed record Refused(IReadOnlyList<BookFault> Faults) : Making;
}
