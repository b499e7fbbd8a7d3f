using System.Globalization;
using Waybill.Engine.Storage;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Importing;

/// <summary>Numbers that receipts had before: they stay, and those that are minted from now on come after them.</summary>
static class ImportedReceipts
{
    /// <summary>A number that is longer than this was never counted up to.</summary>
    const int MostDigits = 6;

    /// <summary>Takes a number, unless it was minted since the import began. The counter comes first: whoever mints waits for it.</summary>
    internal static async ValueTask<bool> ClaimAsync(Session session, StringerScope scope, string number)
    {
        if (Counted(number) is { } count) await AdvanceAsync(session, scope, count.Year, count.Number);
        return await session.FirstAsync(
            "SELECT count(*) FROM racketbook_orders WHERE stringer_id = $1 AND receipt_number = $2",
            p => p.Id(scope.Stringer.Value).Text(number),
            row => row.Number(0),
            CancellationToken.None) == 0;
    }

    static ValueTask<int> AdvanceAsync(Session session, StringerScope scope, int year, long number) => session.ExecuteAsync(
        """
        INSERT INTO racketbook_receipt_counters (stringer_id, year, last_n) VALUES ($1, $2, $3)
        ON CONFLICT (stringer_id, year) DO UPDATE SET last_n =
            CASE WHEN racketbook_receipt_counters.last_n < excluded.last_n THEN excluded.last_n ELSE racketbook_receipt_counters.last_n END
        """,
        p => p.Id(scope.Stringer.Value).Number(year).Number(number),
        CancellationToken.None);

    /// <summary>The parts of YYYY-NNNN; null: it is another kind of number.</summary>
    static (int Year, long Number)? Counted(string number) =>
        number.Split('-') is [{ Length: 4 } year, { Length: >= 4 and <= MostDigits } count]
        && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var ofYear)
        && long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var counted)
        ? (ofYear, counted)
        : null;
}
