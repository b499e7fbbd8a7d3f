using Waybill.Engine.Storage;

namespace Waybill.Engine.Counting;

/// <summary>What waits on the whole instance, whoever's it is.</summary>
/// <param name="Due">Messages whose turn has come.</param>
/// <param name="OldestDue">Since when the oldest of them has been due; null: there is none.</param>
/// <param name="Held">Messages that wait for a person.</param>
/// <param name="Parked">Deliveries of events that handlers gave up.</param>
/// <param name="SweptAt">When retention last ran; null: never yet.</param>
public sealed record Workload(long Due, DateTimeOffset? OldestDue, long Held, long Parked, DateTimeOffset? SweptAt)
{
    const string Waiting = "SELECT count(*), min(due_at) FROM outbox WHERE state = 'queued' AND due_at <= $1";

    /// <summary>Tenant by tenant, for so the index is sorted.</summary>
    const string OfPersons =
        "SELECT CAST(coalesce(sum((SELECT count(*) FROM messages m WHERE m.tenant_id = t.id AND m.status = 'held')), 0) AS bigint) FROM "
            + "tenants t";

    const string GivenUp = "SELECT count(*) FROM event_deliveries WHERE state = 'parked'";

    const string Swept = "SELECT max(ended_at) FROM sweeps WHERE stream IS NULL AND tenant_id IS NULL";

    /// <summary>What waits now.</summary>
    public static Task<Workload> ReadAsync(
        IDatabase database, DateTimeOffset now, CancellationToken cancellationToken) => database.ReadAsync(
        async session =>
        {
            var (due, oldest) =
                await session.FirstAsync(Waiting, p => p.Instant(now), row => (row.Number(0), row.InstantOrNull(1)), cancellationToken);
            var held = await session.FirstAsync(OfPersons, _ => { }, row => row.Number(0), cancellationToken);
            var parked = await session.FirstAsync(GivenUp, _ => { }, row => row.Number(0), cancellationToken);
            var swept = await session.FirstAsync(Swept, _ => { }, row => row.InstantOrNull(0), cancellationToken);
            return new Workload(due, oldest, held, parked, swept);
        },
        cancellationToken);
}
