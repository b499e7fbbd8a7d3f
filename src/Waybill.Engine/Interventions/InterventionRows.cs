using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Outbox;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Interventions;

/// <summary>The transitions that a person may bring about, each guarded in its <c>WHERE</c>: whoever comes second changes nothing.</summary>
internal static class InterventionRows
{
    public static async ValueTask<bool> CancelAsync(Session session, MessageRecord message, string who, DateTimeOffset now)
    {
        if (await LeaveAsync(session, message.Id, "AND " + ScheduleRows.Untried) == 0) return false;
        await session.ExecuteAsync(
            "UPDATE messages SET status = 'canceled', settled_at = $2 WHERE id = $1 AND status IN ('scheduled', 'queued')",
            p => p.Id(message.Id.Value).Instant(now),
            CancellationToken.None);
        await EndAsync(session, message.Id, "canceled", $"by {who}", now);
        return true;
    }

    public static async ValueTask<bool> StopAsync(Session session, MessageRecord message, string who, DateTimeOffset now)
    {
        if (await LeaveAsync(session, message.Id, "") == 0) return false;
        var reason = $"no further attempt, by {who}: {message.Reason}";
        await session.ExecuteAsync(
            """
            UPDATE messages SET reason = $2, settled_at = $3, status = CASE
                WHEN EXISTS (SELECT 1 FROM recipients r WHERE r.message_id = messages.id AND r.status = 'accepted') THEN 'sent' ELSE 'failed' END
            WHERE id = $1 AND status = 'queued'
            """,
            p => p.Id(message.Id.Value).Text(reason).Instant(now),
            CancellationToken.None);
        await session.ExecuteAsync(
            "UPDATE recipients SET status = 'refused' WHERE message_id = $1 AND status IN ('pending', 'unknown')", p => p.Id(message.Id.Value), CancellationToken.None);
        await EndAsync(session, message.Id, "stopped", reason, now);
        return true;
    }

    /// <summary>Those who did not get it wait for it again.</summary>
    public static async ValueTask<bool> RetryAsync(Session session, MessageRecord message, string who, DateTimeOffset now)
    {
        var moved = await session.ExecuteAsync(
            "UPDATE messages SET status = 'queued', settled_at = NULL WHERE id = $1 AND status IN ('failed', 'sent', 'suppressed', 'dropped_no_smtp')",
            p => p.Id(message.Id.Value),
            CancellationToken.None);
        if (moved == 0) return false;
        await session.ExecuteAsync(
            "UPDATE recipients SET status = 'pending' WHERE message_id = $1 AND status = 'refused'", p => p.Id(message.Id.Value), CancellationToken.None);
        await QueueAsync(session, message, now);
        await TimelineRows.AppendAsync(session, [new(message.Id, now, "retried", $"by {who}")]);
        return true;
    }

    public static async ValueTask<bool> ReleaseToRetryAsync(Session session, MessageRecord message, string who, DateTimeOffset now)
    {
        var moved = await session.ExecuteAsync(
            "UPDATE messages SET status = 'queued', settled_at = NULL WHERE id = $1 AND status = 'held'", p => p.Id(message.Id.Value), CancellationToken.None);
        if (moved == 0) return false;
        await QueueAsync(session, message, now);
        await TimelineRows.AppendAsync(session, [new(message.Id, now, "released", $"to be tried again, by {who}")]);
        return true;
    }

    public static async ValueTask<bool> ReleaseAsSentAsync(Session session, MessageRecord message, string who, DateTimeOffset now)
    {
        var reason = $"taken as sent by {who}: {message.Reason}";
        var moved = await session.ExecuteAsync(
            "UPDATE messages SET status = 'sent', settled_at = $2, reason = $3 WHERE id = $1 AND status = 'held'",
            p => p.Id(message.Id.Value).Instant(now).Text(reason),
            CancellationToken.None);
        if (moved == 0) return false;
        await session.ExecuteAsync(
            "UPDATE recipients SET status = 'accepted' WHERE message_id = $1 AND status IN ('pending', 'unknown')", p => p.Id(message.Id.Value), CancellationToken.None);
        await EndAsync(session, message.Id, "released", reason, now);
        return true;
    }

    static ValueTask<int> LeaveAsync(Session session, MessageId message, string guard) => session.ExecuteAsync(
        $"DELETE FROM outbox WHERE message_id = $1 AND state = 'queued' {guard}", p => p.Id(message.Value), CancellationToken.None);

    static async ValueTask EndAsync(Session session, MessageId message, string step, string detail, DateTimeOffset now)
    {
        await SecretRows.EraseAsync(session, [message]);
        await TimelineRows.AppendAsync(session, [new(message, now, step, detail)]);
    }

    /// <summary>Due at once and with all its attempts before it; the token goes on from where the earlier ones ended, for attempts are numbered by it.</summary>
    static async ValueTask QueueAsync(Session session, MessageRecord message, DateTimeOffset now) => await session.ExecuteAsync(
        """
        INSERT INTO outbox (message_id, tenant_id, stream, due_at, wait, scheduled, attempt, begun, state, token, owner, lease_until)
        VALUES ($1, $2, $3, $4, 0, 0, 0, 0, 'queued', (SELECT coalesce(max(number), 0) FROM attempts WHERE message_id = $1), NULL, NULL)
        """,
        p => p.Id(message.Id.Value).Id(message.Tenant.Value).Text(message.Stream).Instant(now),
        CancellationToken.None);
}
