using Waybill.Engine.Events;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Bus;

/// <summary>A delivery that was given up and waits for a person.</summary>
/// <param name="Event">Which event.</param>
/// <param name="Type">What happened.</param>
/// <param name="Subscription">Who could not handle it.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="ParkedAt">When it was given up.</param>
/// <param name="Reason">The words of the last failure.</param>
public sealed record ParkedDelivery(EventKey Event, string Type, string Subscription, int Attempts, DateTimeOffset ParkedAt, string Reason);

/// <summary>Lists and releases what is parked.</summary>
internal static class ParkedRows
{
    public static ValueTask<List<ParkedDelivery>> ListAsync(
        Session session, TenantId tenant, int limit, CancellationToken cancellationToken) =>
        session.QueryAsync(
            """
            SELECT d.event_id, e.type, d.subscription, d.attempt, d.settled_at, d.reason FROM event_deliveries d JOIN events e ON e.id = d.event_id
            WHERE d.tenant_id = $1 AND d.state = 'parked' ORDER BY d.position LIMIT $2
            """,
            p => p.Id(tenant.Value).Number(limit),
            row => new ParkedDelivery(new EventKey(row.Id(0)), row.Text(1), row.Text(2), row.Count(3), row.Instant(4), row.Text(5)),
            cancellationToken);

    /// <summary>It goes to the front of its lane, but not beside one that is being handled there.</summary>
    public static async ValueTask<bool> ReleaseAsync(Session session, TenantId tenant, EventKey e, string subscription, DateTimeOffset now)
    {
        var subject = await session.QueryAsync(
            "SELECT subject FROM events WHERE id = $1 AND tenant_id = $2", p => p.Id(e.Value).Id(tenant.Value), row => row.TextOrNull(0),
            CancellationToken.None);
        if (subject.Count == 0) return false;
        var lane = Lane.Of(tenant, subscription, subject[0]);
        if (lane is { } held) await session.HoldAsync([held], CancellationToken.None); // or it is queued beside one that is being appended
        var released = await session.ExecuteAsync(
            """
            UPDATE event_deliveries SET state = $4, lane = $3, attempt = 0, lost = 0, due_at = $5, wait = 0, settled_at = NULL
            WHERE event_id = $1 AND subscription = $2 AND state = 'parked'
            """,
            p => p.Id(e.Value).Text(subscription).Id(lane).Text(lane is null ? "queued" : "behind").Instant(now),
            CancellationToken.None);
        await DeliveryRows.PromoteAsync(session, [lane]);
        return released == 1;
    }
}
