using Waybill.Engine.Messages;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Journal;

/// <summary>Erases what a message says with its secret values; what was masked from the start stays.</summary>
internal static class SecretRows
{
    /// <summary>They were used, or never will be.</summary>
    public static async ValueTask EraseAsync(Session session, IReadOnlyList<MessageId> messages)
    {
        if (messages.Count == 0) return;
        await session.ExecuteManyAsync(
            "UPDATE snapshots SET sealed = NULL, sealed_until = NULL WHERE message_id = $1 AND sealed_until IS NOT NULL",
            messages,
            (p, message) => p.Id(message.Value),
            CancellationToken.None);
    }

    /// <summary>Their lifetime is over.</summary>
    public static ValueTask<int> EraseExpiredAsync(Session session, DateTimeOffset now) => session.ExecuteAsync(
        """
        UPDATE snapshots SET sealed = NULL, sealed_until = NULL
        WHERE message_id IN (SELECT message_id FROM snapshots WHERE sealed_until < $1 ORDER BY sealed_until LIMIT 500)
        """,
        p => p.Instant(now),
        CancellationToken.None);
}
