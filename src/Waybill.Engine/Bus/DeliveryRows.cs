using Waybill.Engine.Events;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Bus;

/// <summary>
/// What the bus owes, and the order that it keeps: of a lane only the first open delivery is queued, so that a claim never has to look
/// past those that wait behind it.
/// </summary>
internal static class DeliveryRows
{
    /// <summary>A lane is on a row only while it is open, so any other row with it stands in front.</summary>
    const string Insert =
        """
        INSERT INTO event_deliveries (event_id, tenant_id, subscription, lane, due_at, share, state, wait, attempt, lost, token)
        SELECT $1, $2, $3, $4, $5, $6,
               CASE WHEN EXISTS (SELECT 1 FROM event_deliveries WHERE lane = $4) THEN 'behind' ELSE 'queued' END, 0, 0, 0, 0
        """;

    const string Promote =
        """
        UPDATE event_deliveries SET state = 'queued'
        WHERE position = (SELECT min(position) FROM event_deliveries WHERE lane = $1 AND state = 'behind')
        AND state = 'behind' -- no longer, when another unit promoted it and we waited for that
        AND NOT EXISTS (SELECT 1 FROM event_deliveries WHERE lane = $1 AND state IN ('queued', 'handling'))
        """;

    public static async ValueTask AppendAsync(Session session, IReadOnlyList<AcceptedEvent> events)
    {
        var owed =
            events.SelectMany(e => e.Subscriptions, (e, to) => (Event: e, To: to.Name, Lane: Lane.Of(e.Tenant, to.Name, e.Event.Subject)))
                .ToList();
        // or two units would both queue a first one
        await session.HoldAsync([.. owed.Select(one => one.Lane).OfType<Guid>()], CancellationToken.None);
        await session.ExecuteManyAsync(
            Insert,
            owed,
            (p, one) => p.Id(one.Event.Id.Value).Id(one.Event.Tenant.Value).Text(one.To).Id(one.Lane).Instant(one.Event.AcceptedAt)
                .Bytes(new HandlingShare(one.Event.Tenant, one.To).ToBytes()),
            CancellationToken.None);
    }

    /// <summary>Queues the first of each lane where nothing is queued or being handled.</summary>
    public static async ValueTask PromoteAsync(Session session, IReadOnlyList<Guid?> lanes)
    {
        // In one order everywhere, so that two units never wait for each other in a circle.
        var distinct = lanes.OfType<Guid>().Distinct().Order().ToList();
        if (distinct.Count > 0) await session.ExecuteManyAsync(Promote, distinct, (p, lane) => p.Id(lane), CancellationToken.None);
    }

    /// <summary>
    /// Queues what nobody queued: on PostgreSQL a delivery can be appended behind one that is settled at the same moment, and neither unit
    /// sees the other.
    /// </summary>
    public static async ValueTask<int> PromoteStrandedAsync(Session session)
    {
        var stranded = await session.QueryAsync(
            """
            SELECT DISTINCT lane FROM event_deliveries d WHERE lane IS NOT NULL AND state = 'behind'
            AND NOT EXISTS (SELECT 1 FROM event_deliveries ahead WHERE ahead.lane = d.lane AND ahead.state IN ('queued', 'handling'))
            """,
            _ => { },
            row => row.IdOrNull(0),
            CancellationToken.None);
        await PromoteAsync(session, stranded);
        return stranded.Count;
    }
}
