using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Receipts;

namespace Waybill.RacketBook.Exports;

/// <summary>What follows from an order and is kept nowhere: its strings by name, its sums, and how V1's workbook called its state.</summary>
static class OrderFigures
{
    /// <summary>The mains as a receipt names them.</summary>
    internal static StringSide Mains(this OrderParts parts) => Side(parts.Order.Main, parts.Main);

    /// <summary>The crosses as a receipt names them.</summary>
    internal static StringSide Crosses(this OrderParts parts) => Side(parts.Order.Cross, parts.Cross);

    /// <summary>The strings that the client did not bring; null: none has a price.</summary>
    internal static decimal? StringsSubtotal(this Order order) => Sum(Charged(order.Main), Charged(order.Cross));

    /// <summary>As on the receipt.</summary>
    internal static decimal? Total(this Order order) => Sum(order.Labour, order.StringsSubtotal());

    /// <summary>The word of V1's workbook.</summary>
    internal static string Status(this OrderParts parts) => parts switch
    {
        { Order.Days.Strung: null } => "Ordered",
        { Client.IsSelf: true } => "Done",
        { Order.Days: { Returned: not null, Paid: not null } } => "Done",
        { Order.Days.Returned: not null } => "Payment open",
        _ => "Strung",
    };

    /// <summary>The day that an order is counted under.</summary>
    internal static DateOnly? Day(this Order order) => order.Days.Strung ?? order.Days.Ordered;

    static decimal? Charged(OrderSide side) => side.IsClients ? null : side.Price;

    static decimal? Sum(decimal? one, decimal? other) => one is null && other is null ? null : (one ?? 0) + (other ?? 0);

    static StringSide Side(OrderSide side, TennisString? known) => known is null
        ? new(side.Maker, side.Model, side.Gauge, side.Tension, side.Price, side.IsClients, side.Colour)
        : new(known.Maker, known.Model, side.Gauge ?? known.Gauge, side.Tension, side.Price, side.IsClients, side.Colour);
}
