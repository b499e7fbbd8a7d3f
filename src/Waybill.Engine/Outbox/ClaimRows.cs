using Waybill.Engine.Leasing;
using Waybill.Engine.Messages;
using Waybill.Engine.Sharing;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Outbox;

/// <summary>Claims and what ends them without an attempt.</summary>
internal static class ClaimRows
{
    /// <summary>What is claimed by shares.</summary>
    public static SharedTable Table { get; } = new("outbox", "message_id");

    /// <summary>Claims of each share up to so many, those that have been due longest.</summary>
    public static async ValueTask<IReadOnlyList<Claim>> ClaimAsync(
        Session session, IReadOnlyList<(DeliveryShare Share, int Count)> asked, string node, DateTimeOffset now)
    {
        var claims = new List<Claim>();
        foreach (var (share, count) in asked)
        {
            claims.AddRange(await session.QueryAsync(
                Statement(session),
                p => p.Text(node).Instant(now + MessageOutbox.Lease).Instant(now).Number(count).Bytes(share.ToBytes()).Instant(DateTimeOffset.UnixEpoch),
                ReadClaim,
                CancellationToken.None));
        }

        claims.Sort((a, b) => a.Message.Value.CompareTo(b.Message.Value));
        return claims;
    }

    internal static string Statement(Session session) =>
        $"""
        UPDATE outbox SET state = 'sending', token = token + 1, begun = 0, owner = $1, lease_until = $2
        WHERE message_id {Table.AmongDue(session)} AND state = 'queued'
        RETURNING message_id, tenant_id, stream, attempt, token, share
        """;

    /// <summary>Claims of a share up to so many that are due and older than that.</summary>
    public static ValueTask<List<Claim>> ClaimOlderAsync(
        Session session, DeliveryShare share, int count, string node, DateTimeOffset now, DateTimeOffset before) => session.QueryAsync(
        OlderStatement(session),
        p => p.Text(node).Instant(now + MessageOutbox.Lease).Instant(now).Number(count).Bytes(share.ToBytes()).Instant(DateTimeOffset.UnixEpoch)
            .Id(Guid.CreateVersion7(before.AddSeconds(1))).Instant(before), // ids begin with the instant: the younger are passed by in the index
        ReadClaim,
        CancellationToken.None);

    internal static string OlderStatement(Session session)
    {
        var older = session.AmongLocked(
            """
            SELECT o.message_id FROM outbox o WHERE o.state = 'queued' AND (o.share, o.due_at) > ($5, $6) AND (o.share, o.due_at) <= ($5, $3)
            AND o.message_id < $7 AND EXISTS (SELECT 1 FROM messages m WHERE m.id = o.message_id AND coalesce(m.scheduled_at, m.accepted_at) < $8)
            ORDER BY o.share, o.due_at, o.message_id LIMIT $4
            """);
        return $"""
            UPDATE outbox SET state = 'sending', token = token + 1, begun = 0, owner = $1, lease_until = $2
            WHERE message_id {older} AND state = 'queued'
            RETURNING message_id, tenant_id, stream, attempt, token, share
            """;
    }

    /// <summary>When the next message falls due.</summary>
    /// <param name="session">A read.</param>
    /// <param name="after">Passes over those that are due by then; null: none.</param>
    public static async ValueTask<DateTimeOffset?> NextDueAsync(Session session, DateTimeOffset? after)
    {
        var due = await session.QueryAsync(
            "SELECT due_at FROM outbox WHERE state = 'queued' AND due_at > $1 ORDER BY due_at, message_id LIMIT 1",
            p => p.Instant(after ?? DateTimeOffset.UnixEpoch),
            row => row.Instant(0),
            CancellationToken.None);
        return due.Count > 0 ? due[0] : null;
    }

    public static ValueTask<(long Count, DateTimeOffset? Oldest)> WaitingAsync(Session session, DateTimeOffset now) => session.FirstAsync(
        "SELECT count(*), min(due_at) FROM outbox WHERE due_at <= $1",
        p => p.Instant(now),
        row => (row.Number(0), row.InstantOrNull(1)),
        CancellationToken.None);

    public static async ValueTask<bool> HandBackAsync(Session session, Claim claim, TimeSpan wait, DateTimeOffset now)
    {
        var handedBack = await session.ExecuteAsync(
            """
            UPDATE outbox SET state = 'queued', begun = 0, owner = NULL, lease_until = NULL, due_at = $3, wait = $4, scheduled = 0
            WHERE message_id = $1 AND token = $2 AND state = 'sending'
            """,
            p => p.Id(claim.Message.Value).Number(claim.Token).Instant(now + wait).Number(Whole(wait)),
            CancellationToken.None);
        if (handedBack == 0) return false;
        var opened = await session.ExecuteAsync(
            "UPDATE attempts SET ended_at = $2, outcome = 'deferred', reply = 'nothing was handed over' WHERE message_id = $1 AND ended_at IS NULL",
            p => p.Id(claim.Message.Value).Instant(now),
            CancellationToken.None);
        if (opened > 0)
            await session.ExecuteAsync(
                "UPDATE messages SET status = 'queued' WHERE id = $1 AND status = 'sending'", p => p.Id(claim.Message.Value), CancellationToken.None);
        return true;
    }

    public static async ValueTask<int> RenewAsync(Session session, IReadOnlyList<Claim> claims, DateTimeOffset until)
    {
        // In one order everywhere, so that two statements over the same rows never wait for each other in a circle.
        var renewed = await session.ExecuteManyAsync(
            "UPDATE outbox SET lease_until = $3 WHERE message_id = $1 AND token = $2 AND state = 'sending'",
            [.. claims.OrderBy(claim => claim.Message.Value)],
            (p, claim) => p.Id(claim.Message.Value).Number(claim.Token).Instant(until),
            CancellationToken.None);
        return renewed.Sum();
    }

    /// <summary>Gives up what this node claimed without ever hearing of it, once its lease is over: the answer to a COMMIT can be lost.</summary>
    public static async ValueTask DisownAsync(Session session, string node, HeldClaims<MessageId, Claim> held, DateTimeOffset now)
    {
        var expired = await session.QueryAsync(
            "SELECT message_id, token FROM outbox WHERE state = 'sending' AND owner = $1 AND (lease_until < $2 OR lease_until > $3)",
            p => p.Text(node).Instant(now).Instant(Farthest(now)),
            row => (Message: new MessageId(row.Id(0)), Token: row.Number(1)),
            CancellationToken.None);
        await session.ExecuteManyAsync(
            "UPDATE outbox SET owner = '' WHERE message_id = $1 AND token = $2 AND state = 'sending'",
            [.. expired.Where(row => !held.Holds(row.Message, row.Token))],
            (p, row) => p.Id(row.Message.Value).Number(row.Token),
            CancellationToken.None);
    }

    public static async ValueTask<IReadOnlyList<Claim>> SweepAsync(Session session, DateTimeOffset expiredBefore, string node, DateTimeOffset now)
    {
        await session.ExecuteAsync(
            """
            UPDATE outbox SET state = 'queued', owner = NULL, lease_until = NULL, due_at = $3, wait = 0, scheduled = 0
            WHERE state = 'sending' AND (lease_until < $1 OR lease_until > $4) AND owner <> $2 AND begun = 0
            """,
            p => p.Instant(expiredBefore).Text(node).Instant(now).Instant(Farthest(now)),
            CancellationToken.None);

        // A new token takes the work from whoever may still believe to hold it; the new owner is the one that decides.
        return await session.QueryAsync(
            """
            UPDATE outbox SET token = token + 1, owner = $2, lease_until = $3
            WHERE state = 'sending' AND (lease_until < $1 OR lease_until > $4) AND owner <> $2 AND begun = 1
            RETURNING message_id, tenant_id, stream, attempt, token, share
            """,
            p => p.Instant(expiredBefore).Text(node).Instant(now + MessageOutbox.Lease).Instant(Farthest(now)),
            ReadClaim,
            CancellationToken.None);
    }

    public static async ValueTask<int> CatchUpAsync(Session session, DateTimeOffset now)
    {
        var waiting = await session.QueryAsync(
            "SELECT message_id, wait, due_at FROM outbox WHERE state = 'queued' AND scheduled = 0 AND due_at > $1",
            p => p.Instant(now),
            row => (Id: row.Id(0), Latest: now + TimeSpan.FromMicroseconds(row.Number(1)), Due: row.Instant(2)),
            CancellationToken.None);
        var late = waiting.Where(row => row.Due > row.Latest).ToList();
        await session.ExecuteManyAsync(
            "UPDATE outbox SET due_at = $2 WHERE message_id = $1 AND state = 'queued' AND due_at > $2",
            late,
            (p, row) => p.Id(row.Id).Instant(row.Latest),
            CancellationToken.None);
        return late.Count;
    }

    /// <summary>
    /// No node that is alive has a lease beyond this: it renewed it under an hour that a clock which went back has left. Waiting for it
    /// would mean to wait for that hour to come round again.
    /// </summary>
    static DateTimeOffset Farthest(DateTimeOffset now) => now + 2 * MessageOutbox.Lease;

    /// <summary>A wait as the table keeps it: whole microseconds.</summary>
    public static long Whole(TimeSpan wait) => (long)wait.TotalMicroseconds;

    static Claim ReadClaim(Row row) => new(new MessageId(row.Id(0)), new TenantId(row.Id(1)), row.Text(2), row.Count(3) + 1, row.Number(4))
    {
        Share = DeliveryShare.Read(row.Bytes(5)),
    };
}
