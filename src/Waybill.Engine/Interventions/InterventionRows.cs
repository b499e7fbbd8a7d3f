using System.Diagnostics;
using Waybill.Engine.Journal;
using Waybill.Engine.Outbox;
using Waybill.Engine.Relays;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Interventions;

/// <summary>
/// The transitions that a person may bring about, each guarded in its <c>WHERE</c>: whoever comes second changes nothing. Each is made for
/// as many messages as are given, and gives those that it changed.
/// </summary>
internal static class InterventionRows
{
    /// <summary>What an intervention but <see cref="Intervention.Resend"/> does.</summary>
    public static ValueTask<IReadOnlyList<MessageRecord>> ChangeAsync(
        Session session, Intervention intervention, IReadOnlyList<MessageRecord> messages, string who, DateTimeOffset now) =>
            intervention switch
            {
                Intervention.Cancel => CancelAsync(session, messages, who, now),
                Intervention.Stop => StopAsync(session, messages, who, now),
                Intervention.Retry => RetryAsync(session, messages, who, now),
                Intervention.ReleaseAsSent => ReleaseAsSentAsync(session, messages, who, now),
                Intervention.ReleaseToRetry => ReleaseToRetryAsync(session, messages, who, now),
                _ => throw new UnreachableException($"{intervention} changes no message."),
            };

    /// <summary>What can be asked of a message <c>m</c> before it is looked at whole: among all that are over, few may be meant.</summary>
    public static string Condition(Intervention intervention) => intervention switch
    {
        Intervention.Cancel => "(m.status = 'scheduled' OR m.reason IS NULL)",
        Intervention.Stop => "m.reason IS NOT NULL",
        Intervention.Retry => "EXISTS (SELECT 1 FROM recipients r WHERE r.message_id = m.id AND r.status <> 'accepted')",
        _ => "m.status = 'held'",
    };

    static async ValueTask<IReadOnlyList<MessageRecord>> CancelAsync(
        Session session, IReadOnlyList<MessageRecord> messages, string who, DateTimeOffset now)
    {
        var left = await LeaveAsync(session, messages, "AND " + ScheduleRows.Untried);
        await EachAsync(
            session,
            "UPDATE messages SET status = 'canceled', settled_at = $2 WHERE id = $1 AND status IN ('scheduled', 'queued')",
            left,
            (p, message) => p.Id(message.Id.Value).Instant(now));
        await EndAsync(session, left, "canceled", _ => $"by {who}", now);
        return left;
    }

    static async ValueTask<IReadOnlyList<MessageRecord>> StopAsync(
        Session session, IReadOnlyList<MessageRecord> messages, string who, DateTimeOffset now)
    {
        string Reason(MessageRecord message) => $"no further attempt, by {who}: {message.Reason}";
        var left = await LeaveAsync(session, messages, "");
        await EachAsync(
            session,
            """
            UPDATE messages SET reason = $2, settled_at = $3, status = CASE
                WHEN EXISTS (SELECT 1 FROM recipients r WHERE r.message_id = messages.id AND r.status = 'accepted') THEN 'sent' ELSE 'failed' END
            WHERE id = $1 AND status = 'queued'
            """,
            left,
            (p, message) => p.Id(message.Id.Value).Text(Reason(message)).Instant(now));
        await RecipientsAsync(session, left, "refused", "status IN ('pending', 'unknown')");
        await EndAsync(session, left, "stopped", Reason, now);
        return left;
    }

    /// <summary>Those who did not get it wait for it again.</summary>
    static async ValueTask<IReadOnlyList<MessageRecord>> RetryAsync(
        Session session, IReadOnlyList<MessageRecord> messages, string who, DateTimeOffset now)
    {
        var moved = await EachAsync(
            session,
            "UPDATE messages SET status = 'queued', settled_at = NULL WHERE id = $1 AND status IN ('failed', 'sent', 'suppressed', "
                + "'dropped_no_smtp')",
            messages,
            (p, message) => p.Id(message.Id.Value));
        await RecipientsAsync(session, moved, "pending", "status = 'refused'");
        await QueueAsync(session, moved, "retried", $"by {who}", now);
        return moved;
    }

    static async ValueTask<IReadOnlyList<MessageRecord>> ReleaseToRetryAsync(
        Session session, IReadOnlyList<MessageRecord> messages, string who, DateTimeOffset now)
    {
        var moved = await EachAsync(
            session,
            "UPDATE messages SET status = 'queued', settled_at = NULL WHERE id = $1 AND status = 'held'",
            messages,
            (p, message) => p.Id(message.Id.Value));
        await QueueAsync(session, moved, "released", $"to be tried again, by {who}", now);
        return moved;
    }

    static async ValueTask<IReadOnlyList<MessageRecord>> ReleaseAsSentAsync(
        Session session, IReadOnlyList<MessageRecord> messages, string who, DateTimeOffset now)
    {
        string Reason(MessageRecord message) => $"taken as sent by {who}: {message.Reason}";
        var moved = await EachAsync(
            session,
            "UPDATE messages SET status = 'sent', settled_at = $2, reason = $3 WHERE id = $1 AND status = 'held'",
            messages,
            (p, message) => p.Id(message.Id.Value).Instant(now).Text(Reason(message)));
        await RecipientsAsync(session, moved, "accepted", "status IN ('pending', 'unknown')");
        await EndAsync(session, moved, "released", Reason, now);
        return moved;
    }

    static ValueTask<IReadOnlyList<MessageRecord>> LeaveAsync(
        Session session, IReadOnlyList<MessageRecord> messages, string guard) => EachAsync(
        session, $"DELETE FROM outbox WHERE message_id = $1 AND state = 'queued' {guard}", messages,
        (p, message) => p.Id(message.Id.Value));

    /// <summary>Runs a guarded statement for each, and gives those that it changed.</summary>
    static async ValueTask<IReadOnlyList<MessageRecord>> EachAsync(
        Session session, string sql, IReadOnlyList<MessageRecord> messages, Action<Parameters, MessageRecord> bind)
    {
        var changed = await session.ExecuteManyAsync(sql, messages, bind, CancellationToken.None);
        return [.. messages.Where((_, i) => changed[i] > 0)];
    }

    static async ValueTask RecipientsAsync(
        Session session, IReadOnlyList<MessageRecord> messages, string status, string guard) => await session.ExecuteManyAsync(
        $"UPDATE recipients SET status = '{status}' WHERE message_id = $1 AND {guard}", messages, (p, message) => p.Id(message.Id.Value),
        CancellationToken.None);

    static async ValueTask EndAsync(
        Session session, IReadOnlyList<MessageRecord> messages, string step, Func<MessageRecord, string> detail, DateTimeOffset now)
    {
        await SecretRows.EraseAsync(session, [.. messages.Select(message => message.Id)]);
        await TimelineRows.AppendAsync(session, [.. messages.Select(message => new TimelineStep(message.Id, now, step, detail(message)))]);
    }

    /// <summary>
    /// Due at once and with all its attempts before it; the token goes on from where the earlier ones ended, for attempts are numbered by
    /// it.
    /// </summary>
    static async ValueTask QueueAsync(
        Session session, IReadOnlyList<MessageRecord> messages, string step, string detail, DateTimeOffset now)
    {
        await session.ExecuteManyAsync(
            """
            INSERT INTO outbox (message_id, tenant_id, stream, due_at, wait, scheduled, attempt, begun, state, token, owner, lease_until, share)
            VALUES ($1, $2, $3, $4, 0, 0, 0, 0, 'queued', (SELECT coalesce(max(number), 0) FROM attempts WHERE message_id = $1), NULL, NULL, $5)
            """,
            messages,
            (p, message) => p.Id(message.Id.Value).Id(message.Tenant.Value).Text(message.Stream).Instant(now)
                .Bytes(DeliveryShare.AtOnce(message.Tenant, message.RelayId).ToBytes()),
            CancellationToken.None);
        await TimelineRows.AppendAsync(session, [.. messages.Select(message => new TimelineStep(message.Id, now, step, detail))]);
    }
}
