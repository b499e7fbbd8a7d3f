using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Receipts;

namespace Waybill.RacketBook.Exports;

/// <summary>An order as the exports say it: with what follows from it and is kept nowhere.</summary>
sealed class OrderLine(OrderParts parts)
{
    internal OrderParts Parts => parts;

    internal Order Order => parts.Order;

    internal Client Client => parts.Client;

    internal Racket Racket => parts.Racket;

    /// <summary>The mains as a receipt names them.</summary>
    internal StringSide Mains { get; } = Side(parts.Order.Main, parts.Main);

    /// <summary>The crosses as a receipt names them.</summary>
    internal StringSide Crosses { get; } = Side(parts.Order.Cross, parts.Cross);

    /// <summary>The strings that the client did not bring; null: none has a price.</summary>
    internal decimal? StringsSubtotal => Sum(Mains.Charged, Crosses.Charged);

    /// <summary>As on the receipt.</summary>
    internal decimal? Total => Sum(Order.Labour, StringsSubtotal);

    /// <summary>The day that it is counted under.</summary>
    internal DateOnly? Day => Order.Days.Strung ?? Order.Days.Ordered;

    /// <summary>How it stands, in the words of V1's workbook.</summary>
    internal string Status => parts switch
    {
        { Order.Days.Strung: null } => "Ordered",
        { Client.IsSelf: true } => "Done",
        { Order.Days: { Returned: not null, Paid: not null } } => "Done",
        { Order.Days.Returned: not null } => "Payment open",
        _ => "Strung",
    };

    static decimal? Sum(decimal? one, decimal? other) => one is null && other is null ? null : (one ?? 0) + (other ?? 0);

    static StringSide Side(OrderSide side, TennisString? known) => known is null
        ? new(side.Maker, side.Model, side.Gauge, side.Tension, side.Price, side.IsClients, side.Colour)
        : new(known.Maker, known.Model, side.Gauge ?? known.Gauge, side.Tension, side.Price, side.IsClients, side.Colour);
}
