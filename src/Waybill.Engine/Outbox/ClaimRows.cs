using Waybill.Engine.Leasing;
using Waybill.Engine.Messages;
using Waybill.Engine.Relays;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Outbox;

/// <summary>What is the outbox's own about its claims.</summary>
internal static class ClaimRows
{
    /// <summary>
    /// The outbox as a queue. What had begun when its node died is taken over: its outcome is unknown, and the stream decides.
    /// </summary>
    public static LeasedRows<Guid, DeliveryShare, Claim> Rows { get; } = new(new(
        "outbox", RowKey.Id("message_id"), Claimed: "sending", "message_id, tenant_id, stream, attempt, token, share", ReadClaim)
    {
        OnClaim = ", begun = 0",
        OnQueued = ", begun = 0, scheduled = 0",
        MayGoOn = "begun = 0",
        MayMove = "scheduled = 0",
    });

    /// <summary>Claims of a share up to so many that are due and older than that.</summary>
    public static async ValueTask<IReadOnlyList<Claim>> ClaimOlderAsync(
        Session session, DeliveryShare share, int count, string node, DateTimeOffset now,
        DateTimeOffset before) => await session.QueryAsync(
        OlderStatement(session),
        p => LeasedRows<Guid, DeliveryShare, Claim>.BindClaim(p, share, count, node, now)
            // ids begin with the instant: the younger are passed by in the index
            .Id(Guid.CreateVersion7(before.AddSeconds(1))).Instant(before),
        ReadClaim,
        CancellationToken.None);

    internal static string OlderStatement(Session session) => Rows.ClaimStatement(session.AmongLocked(
        """
        SELECT o.message_id FROM outbox o WHERE o.state = 'queued' AND (o.share, o.due_at) > ($5, $6) AND (o.share, o.due_at) <= ($5, $3)
        AND o.message_id < $7 AND EXISTS (SELECT 1 FROM messages m WHERE m.id = o.message_id AND coalesce(m.scheduled_at, m.accepted_at) < $8)
        ORDER BY o.share, o.due_at, o.message_id LIMIT $4
        """));

    public static ValueTask<(long Count, DateTimeOffset? Oldest)> WaitingAsync(Session session, DateTimeOffset now) => session.FirstAsync(
        "SELECT count(*), min(due_at) FROM outbox WHERE due_at <= $1",
        p => p.Instant(now),
        row => (row.Number(0), row.InstantOrNull(1)),
        CancellationToken.None);

    /// <summary>An attempt that was opened before it turned out that nothing was handed over.</summary>
    public static async ValueTask CloseUntriedAsync(Session session, IReadOnlyList<Claim> claims, DateTimeOffset now)
    {
        var opened = await session.ExecuteManyAsync(
            "UPDATE attempts SET ended_at = $2, outcome = 'deferred', reply = 'nothing was handed over' WHERE message_id = $1 AND ended_at "
                + "IS NULL",
            claims,
            (p, claim) => p.Id(claim.Message.Value).Instant(now),
            CancellationToken.None);
        await session.ExecuteManyAsync(
            "UPDATE messages SET status = 'queued' WHERE id = $1 AND status = 'sending'",
            [.. claims.Where((_, i) => opened[i] > 0)],
            (p, claim) => p.Id(claim.Message.Value),
            CancellationToken.None);
    }

    static Claim ReadClaim(Row row) => new(new MessageId(row.Id(0)), new TenantId(row.Id(1)), row.Text(2), row.Count(3) + 1, row.Number(4))
    {
        Share = DeliveryShare.Read(row.Bytes(5)),
    };
}
