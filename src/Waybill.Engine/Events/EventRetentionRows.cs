using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Events;

/// <summary>
/// Removes events with what the bus owed for them and the faults of their routes. Messages that they caused have a time of their own.
/// </summary>
internal static class EventRetentionRows
{
    static readonly string[] Parts = ["event_deliveries", "route_faults"];

    /// <summary>Events of a tenant that were accepted before an instant and that no handler is left for, oldest first.</summary>
    public static async ValueTask<IReadOnlyList<EventKey>> FindAsync(Session session, TenantId tenant, DateTimeOffset before, int most) =>
        await session.QueryAsync(
            $"""
            SELECT id FROM events
            WHERE tenant_id = $1 AND id < $2 AND accepted_at < $3
            AND NOT EXISTS (SELECT 1 FROM event_deliveries d WHERE d.event_id = events.id AND d.state <> 'handled')
            ORDER BY tenant_id, id LIMIT {most}
            """,
            // ids begin with the instant: what is kept is not read
            p => p.Id(tenant.Value).Id(Guid.CreateVersion7(before.AddSeconds(1))).Instant(before),
            row => new EventKey(row.Id(0)),
            CancellationToken.None);

    public static async ValueTask RemoveAsync(Session session, IReadOnlyList<EventKey> events)
    {
        if (events.Count == 0) return;
        foreach (var table in Parts)
            await session.ExecuteManyAsync(
                $"DELETE FROM {table} WHERE event_id = $1", events, (p, id) => p.Id(id.Value), CancellationToken.None);
        await session.ExecuteManyAsync("DELETE FROM events WHERE id = $1", events, (p, id) => p.Id(id.Value), CancellationToken.None);
    }
}
