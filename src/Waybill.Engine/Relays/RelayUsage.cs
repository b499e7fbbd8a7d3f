using Waybill.Engine.Storage;

namespace Waybill.Engine.Relays;

/// <summary>What relays with caps have carried, by UTC day and month.</summary>
/// <param name="Today">Messages today.</param>
/// <param name="ThisMonth">Messages this month, today's among them.</param>
public sealed record RelayUsage(long Today, long ThisMonth)
{
    /// <summary>The usage by the key that a relay counts under. One without a cap counts nothing and is not in it.</summary>
    public static async Task<IReadOnlyDictionary<string, RelayUsage>> ReadAsync(
        IDatabase database, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = RelayBudget.Day(now);
        var rows = await database.ReadAsync(
            session => session.QueryAsync(
                "SELECT relay, day, used FROM relay_usage WHERE day >= $1",
                p => p.Text(RelayBudget.FirstOfMonth(now)),
                row => (Relay: row.Text(0), Day: row.Text(1), Used: row.Number(2)),
                cancellationToken),
            cancellationToken);
        return rows.GroupBy(row => row.Relay, StringComparer.Ordinal).ToDictionary(
            group => group.Key,
            group => new RelayUsage(group.Where(row => row.Day == today).Sum(row => row.Used), group.Sum(row => row.Used)),
            StringComparer.Ordinal);
    }
}
