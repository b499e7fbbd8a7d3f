using System.Globalization;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.RacketBook.Orders;

/// <summary>
/// Mints receipt numbers: one row for each stringer and year, counted up in the unit that first sets an order's day of stringing.
/// </summary>
static class ReceiptCounter
{
    /// <summary>The next number; a unit that comes to nothing gives it back.</summary>
    internal static async ValueTask<string> MintAsync(Session session, TenantId stringer, int year)
    {
        var next = await session.FirstAsync(
            """
            INSERT INTO racketbook_receipt_counters (stringer_id, year, last_n) VALUES ($1, $2, 1)
            ON CONFLICT (stringer_id, year) DO UPDATE SET last_n = racketbook_receipt_counters.last_n + 1
            RETURNING last_n
            """,
            p => p.Id(stringer.Value).Number(year),
            row => row.Number(0),
            CancellationToken.None);
        return Write(year, next);
    }

    /// <summary>What the next number will be if nobody else is faster.</summary>
    internal static async ValueTask<string> ForeseeAsync(
        Session session, TenantId stringer, int year) => Write(year, 1 + await session.FirstAsync(
        "SELECT last_n FROM racketbook_receipt_counters WHERE stringer_id = $1 AND year = $2",
        p => p.Id(stringer.Value).Number(year),
        row => row.Number(0),
        CancellationToken.None));

    /// <summary><c>YYYY-NNNN</c>; beyond 9999 it grows longer.</summary>
    internal static string Write(int year, long number) => string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{number:0000}");
}
