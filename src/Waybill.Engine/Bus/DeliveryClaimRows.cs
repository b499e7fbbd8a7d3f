using Waybill.Engine.Events;
using Waybill.Engine.Leasing;
using Waybill.Engine.Outbox;
using Waybill.Engine.Sharing;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Bus;

/// <summary>Claims on deliveries and what ends them without a handling. The ideas are those of the outbox.</summary>
internal static class DeliveryClaimRows
{
    /// <summary>A delivery whose process died this often while it held it is parked: it may be what kills them.</summary>
    public const int MostLost = 16;

    /// <summary>What is claimed by shares.</summary>
    public static SharedTable Table { get; } = new("event_deliveries", "position");

    /// <summary>Claims of each share up to so many, those that have been due longest.</summary>
    public static async ValueTask<IReadOnlyList<DeliveryClaim>> ClaimAsync(
        Session session, IReadOnlyList<(HandlingShare Share, int Count)> asked, string node, DateTimeOffset now)
    {
        var claims = new List<DeliveryClaim>();
        foreach (var (share, count) in asked)
        {
            claims.AddRange(await session.QueryAsync(
                $"""
                UPDATE event_deliveries SET state = 'handling', token = token + 1, owner = $1, lease_until = $2
                WHERE position {Table.AmongDue(session)} AND state = 'queued'
                RETURNING position, event_id, subscription, lane, attempt, token, tenant_id
                """,
                p => p.Text(node).Instant(now + EventBus.Lease).Instant(now).Number(count).Bytes(share.ToBytes()).Instant(DateTimeOffset.UnixEpoch),
                row => new DeliveryClaim(
                    row.Number(0), new EventKey(row.Id(1)), row.Text(2), row.IdOrNull(3), row.Count(4) + 1, row.Number(5), new TenantId(row.Id(6))),
                CancellationToken.None));
        }

        claims.Sort((a, b) => a.Position.CompareTo(b.Position));
        return claims;
    }

    /// <summary>When the next delivery falls due.</summary>
    /// <param name="session">A read.</param>
    /// <param name="after">Passes over those that are due by then; null: none.</param>
    public static async ValueTask<DateTimeOffset?> NextDueAsync(Session session, DateTimeOffset? after)
    {
        var due = await session.QueryAsync(
            "SELECT due_at FROM event_deliveries WHERE state = 'queued' AND due_at > $1 ORDER BY due_at, position LIMIT 1",
            p => p.Instant(after ?? DateTimeOffset.UnixEpoch),
            row => row.Instant(0),
            CancellationToken.None);
        return due.Count > 0 ? due[0] : null;
    }

    public static async ValueTask<int> HandBackAsync(Session session, IReadOnlyList<DeliveryClaim> claims, TimeSpan wait, DateTimeOffset now)
    {
        var handedBack = await session.ExecuteManyAsync(
            """
            UPDATE event_deliveries SET state = 'queued', owner = NULL, lease_until = NULL, due_at = $3, wait = $4
            WHERE position = $1 AND token = $2 AND state = 'handling'
            """,
            InOrder(claims),
            (p, claim) => p.Number(claim.Position).Number(claim.Token).Instant(now + wait).Number(Whole(wait)),
            CancellationToken.None);
        return handedBack.Sum();
    }

    public static async ValueTask<int> RenewAsync(Session session, IReadOnlyList<DeliveryClaim> claims, DateTimeOffset until)
    {
        var renewed = await session.ExecuteManyAsync(
            "UPDATE event_deliveries SET lease_until = $3 WHERE position = $1 AND token = $2 AND state = 'handling'",
            InOrder(claims),
            (p, claim) => p.Number(claim.Position).Number(claim.Token).Instant(until),
            CancellationToken.None);
        return renewed.Sum();
    }

    /// <summary>Gives up what this node claimed without ever hearing of it, once its lease is over: the answer to a COMMIT can be lost.</summary>
    public static async ValueTask DisownAsync(Session session, string node, HeldClaims<long, DeliveryClaim> held, DateTimeOffset now)
    {
        var expired = await session.QueryAsync(
            "SELECT position, token FROM event_deliveries WHERE state = 'handling' AND owner = $1 AND (lease_until < $2 OR lease_until > $3)",
            p => p.Text(node).Instant(now).Instant(Farthest(now)),
            row => (Position: row.Number(0), Token: row.Number(1)),
            CancellationToken.None);
        await session.ExecuteManyAsync(
            "UPDATE event_deliveries SET owner = '' WHERE position = $1 AND token = $2 AND state = 'handling'",
            [.. expired.Where(row => !held.Holds(row.Position, row.Token))],
            (p, row) => p.Number(row.Position).Number(row.Token),
            CancellationToken.None);
    }

    /// <summary>Queues again what other nodes hold whose lease is over; what was lost too often is parked. A new token shuts out who held it.</summary>
    public static async ValueTask<SweptDeliveries> SweepAsync(Session session, DateTimeOffset expiredBefore, string node, DateTimeOffset now)
    {
        const string isLost = "state = 'handling' AND (lease_until < $1 OR lease_until > $2) AND owner <> $3";
        void BindLost(Parameters p) => p.Instant(expiredBefore).Instant(Farthest(now)).Text(node);
        var parked = await session.QueryAsync(
            $"SELECT position, lane, event_id, subscription FROM event_deliveries WHERE {isLost} AND lost + 1 >= {MostLost} ORDER BY position",
            BindLost,
            row => (Position: row.Number(0), Lane: row.IdOrNull(1), Event: new EventKey(row.Id(2)), Subscription: row.Text(3)),
            CancellationToken.None);
        await session.ExecuteManyAsync(
            """
            UPDATE event_deliveries SET state = 'parked', lane = NULL, token = token + 1, lost = lost + 1, owner = NULL, lease_until = NULL,
            settled_at = $2, reason = 'Its process died each time it was being handled.' WHERE position = $1 AND state = 'handling'
            """,
            parked,
            (p, row) => p.Number(row.Position).Instant(now),
            CancellationToken.None);
        var queued = await session.ExecuteAsync(
            $"""
            UPDATE event_deliveries SET state = 'queued', token = token + 1, lost = lost + 1, owner = NULL, lease_until = NULL, due_at = $4, wait = 0
            WHERE {isLost}
            """,
            p =>
            {
                BindLost(p);
                p.Instant(now);
            },
            CancellationToken.None);
        await DeliveryRows.PromoteAsync(session, [.. parked.Select(row => row.Lane)]);
        return new(queued, [.. parked.Select(row => (row.Event, row.Subscription))]);
    }

    public static async ValueTask<int> CatchUpAsync(Session session, DateTimeOffset now)
    {
        var waiting = await session.QueryAsync(
            "SELECT position, wait, due_at FROM event_deliveries WHERE state = 'queued' AND due_at > $1",
            p => p.Instant(now),
            row => (Position: row.Number(0), Latest: now + TimeSpan.FromMicroseconds(row.Number(1)), Due: row.Instant(2)),
            CancellationToken.None);
        var late = waiting.Where(row => row.Due > row.Latest).ToList();
        await session.ExecuteManyAsync(
            "UPDATE event_deliveries SET due_at = $2 WHERE position = $1 AND state = 'queued' AND due_at > $2",
            late,
            (p, row) => p.Number(row.Position).Instant(row.Latest),
            CancellationToken.None);
        return late.Count;
    }

    /// <summary>A wait as the table keeps it: whole microseconds.</summary>
    public static long Whole(TimeSpan wait) => (long)wait.TotalMicroseconds;

    /// <summary>No node that is alive has a lease beyond this: it renewed it under an hour that a clock which went back has left.</summary>
    static DateTimeOffset Farthest(DateTimeOffset now) => now + 2 * EventBus.Lease;

    /// <summary>In one order everywhere, so that two statements over the same rows never wait for each other in a circle.</summary>
    static List<DeliveryClaim> InOrder(IReadOnlyList<DeliveryClaim> claims) => [.. claims.OrderBy(claim => claim.Position)];
}

/// <summary>What a sweep found: how many are queued again, and which were parked.</summary>
internal sealed record SweptDeliveries(int Queued, IReadOnlyList<(EventKey Event, string Subscription)> Parked);
