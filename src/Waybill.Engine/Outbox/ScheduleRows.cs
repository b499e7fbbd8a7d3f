using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Outbox;

/// <summary>What a sender may still change: a time that has not come, a message that nobody has tried.</summary>
internal static class ScheduleRows
{
    /// <summary>
    /// The condition on a row of the outbox that nobody tried its message, also not before somebody brought it back: some may have it.
    /// </summary>
    public const string Untried = "attempt = 0 AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.message_id = outbox.message_id)";

    public static async ValueTask<bool> MoveAsync(
        Session session, TenantId tenant, MessageId message, DateTimeOffset at, DateTimeOffset now)
    {
        var moved = await session.ExecuteAsync(
            "UPDATE outbox SET due_at = $3 WHERE message_id = $1 AND tenant_id = $2 AND state = 'queued' AND scheduled = 1",
            p => p.Id(message.Value).Id(tenant.Value).Instant(at),
            CancellationToken.None);
        if (moved == 0) return false;
        await session.ExecuteAsync(
            "UPDATE messages SET scheduled_at = $3 WHERE id = $1 AND tenant_id = $2 AND status = 'scheduled'",
            p => p.Id(message.Value).Id(tenant.Value).Instant(at),
            CancellationToken.None);
        await TimelineRows.AppendAsync(session, [new(message, now, "rescheduled", $"for {at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}")]);
        return true;
    }

    public static async ValueTask<bool> CancelAsync(Session session, TenantId tenant, MessageId message, DateTimeOffset now)
    {
        var removed = await session.ExecuteAsync(
            $"DELETE FROM outbox WHERE message_id = $1 AND tenant_id = $2 AND state = 'queued' AND {Untried}",
            p => p.Id(message.Value).Id(tenant.Value),
            CancellationToken.None);
        if (removed == 0) return false;
        await session.ExecuteAsync(
            "UPDATE messages SET status = 'canceled', settled_at = $3 WHERE id = $1 AND tenant_id = $2 AND status IN ('scheduled', "
                + "'queued')",
            p => p.Id(message.Value).Id(tenant.Value).Instant(now),
            CancellationToken.None);
        await SecretRows.EraseAsync(session, [message]);
        await TimelineRows.AppendAsync(session, [new(message, now, "canceled", "by its sender")]);
        return true;
    }
}
