using Waybill.Engine.Messages;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Journal;

/// <summary>Removes messages with all that belongs to them. What they attached goes when no message refers to it any more.</summary>
internal static class RetentionRows
{
    static readonly string[] Parts = ["timeline", "attempts", "attachments", "recipients", "snapshots"];

    /// <summary>
    /// Messages of a stream of a tenant that were accepted before an instant and for which nothing is left to do, the oldest. They are held
    /// until the unit ends: who would bring one back finds it gone, and one that is being brought back is passed over.
    /// </summary>
    public static async ValueTask<IReadOnlyList<MessageId>> FindAsync(
        Session session, string stream, TenantId tenant, DateTimeOffset before, int most) =>
        await session.QueryAsync(
            $"""
            SELECT id FROM messages WHERE id {session.AmongLocked(
            $"""
            SELECT id FROM messages
            WHERE stream = $1 AND tenant_id = $2 AND accepted_at < $3 AND status NOT IN ('scheduled', 'queued', 'sending', 'held')
            ORDER BY stream, tenant_id, id LIMIT {most}
            """)}
            """,
            p => p.Text(stream).Id(tenant.Value).Instant(before),
            row => new MessageId(row.Id(0)),
            CancellationToken.None);

    public static async ValueTask RemoveAsync(Session session, IReadOnlyList<MessageId> messages)
    {
        if (messages.Count == 0) return;
        foreach (var table in Parts)
            await session.ExecuteManyAsync(
                $"DELETE FROM {table} WHERE message_id = $1", messages, (p, message) => p.Id(message.Value), CancellationToken.None);
        await SearchRows.RemoveAsync(session, messages);
        await session.ExecuteManyAsync(
            "DELETE FROM messages WHERE id = $1", messages, (p, message) => p.Id(message.Value), CancellationToken.None);
    }
}
