namespace Waybill.RacketBook.Orders;

/// <summary>Whether a change of an order sends its receipt: a pure comparison of what was and what is.</summary>
static class ReEmitRule
{
    /// <summary>
    /// Becoming strung does; and, on an order that is strung, whatever stands on the paper. Returned and paid never do, nor does taking
    /// stringing back.
    /// </summary>
    internal static bool Emits(Order before, Order after) =>
        after.Days.Strung is not null && (before.Days.Strung is null || !Face(before).Equals(Face(after)));

    /// <summary>What stands on the paper.</summary>
    static object Face(Order order) => (
        order.Client, order.Racket, order.Main, order.Cross, order.Labour, order.DynamicTension, order.Comment, order.Days.Ordered,
        order.Days.Strung);
}
