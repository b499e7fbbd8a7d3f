using Waybill.Engine.Amounts;

namespace Waybill.RacketBook;

/// <summary>Amounts of a stringer's book, which are in Swiss francs.</summary>
static class Francs
{
    internal static Money Of(decimal amount) => Money.Round(amount, Orders.OrderReader.Currency);

    /// <summary>As answers and exports hold it: <c>45.00</c>.</summary>
    internal static string? Text(decimal? amount) => amount is { } known ? Of(known).Text : null;
}
