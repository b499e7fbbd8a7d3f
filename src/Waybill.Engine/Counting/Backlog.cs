using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Counting;

/// <summary>What of a tenant's waits now.</summary>
/// <param name="Due">Messages whose turn has come.</param>
/// <param name="Sending">Messages that are being handed over.</param>
/// <param name="Later">Messages whose next attempt is to come.</param>
/// <param name="Scheduled">Messages whose sender wants them sent later.</param>
/// <param name="Held">Messages that wait for a person.</param>
/// <param name="OldestDue">Since when the oldest of those has been due whose turn has come; null: there is none.</param>
public sealed record Backlog(long Due, long Sending, long Later, long Scheduled, long Held, DateTimeOffset? OldestDue)
{
    const string Waiting =
        """
        SELECT state, scheduled, CASE WHEN due_at <= $2 THEN 1 ELSE 0 END AS due, count(*), min(due_at) FROM outbox WHERE tenant_id = $1
        GROUP BY state, scheduled, CASE WHEN due_at <= $2 THEN 1 ELSE 0 END
        """;

    const string OfPersons = "SELECT count(*) FROM messages WHERE tenant_id = $1 AND status = 'held'";

    /// <summary>All of it.</summary>
    public long Count => Due + Sending + Later + Scheduled + Held;

    /// <summary>What waits now.</summary>
    public static Task<Backlog> ReadAsync(
        IDatabase database, TenantId tenant, DateTimeOffset now, CancellationToken cancellationToken) => database.ReadAsync(
        async session =>
        {
            var waiting = await session.QueryAsync(Waiting, p => p.Id(tenant.Value).Instant(now), Read, cancellationToken);
            var held = await session.FirstAsync(OfPersons, p => p.Id(tenant.Value), row => row.Number(0), cancellationToken);
            return waiting.Aggregate(new Backlog(0, 0, 0, 0, held, OldestDue: null), (one, other) => one + other);
        },
        cancellationToken);

    /// <summary>Both together.</summary>
    public static Backlog operator +(Backlog one, Backlog other) => new(
        one.Due + other.Due, one.Sending + other.Sending, one.Later + other.Later, one.Scheduled + other.Scheduled, one.Held + other.Held,
        one.OldestDue is { } oldest && !(other.OldestDue < oldest) ? oldest : other.OldestDue);

    static Backlog Read(Row row)
    {
        var (isSending, isScheduled, isDue, count) = (row.Text(0) == "sending", row.Number(1) == 1, row.Number(2) == 1, row.Number(3));
        var none = new Backlog(0, 0, 0, 0, 0, OldestDue: null);
        if (isSending) return none with { Sending = count };
        if (isDue) return none with { Due = count, OldestDue = row.Instant(4) };
        return isScheduled ? none with { Scheduled = count } : none with { Later = count };
    }
}
