using Waybill.Engine.Storage;

namespace Waybill.Engine.Events;

/// <summary>Erases sealed secrets: the masked data beside them stays.</summary>
internal static class SealedRows
{
    const string IsDone = "NOT EXISTS (SELECT 1 FROM event_deliveries d WHERE d.event_id = events.id AND d.state <> 'handled')";

    /// <summary>Erases those of events that every handler is done with.</summary>
    public static async ValueTask EraseHandledAsync(Session session, IReadOnlyList<EventKey> events)
    {
        if (events.Count == 0) return;
        await session.ExecuteManyAsync(
            $"UPDATE events SET sealed = NULL, sealed_until = NULL WHERE id = $1 AND sealed_until IS NOT NULL AND {IsDone}",
            [.. events.OrderBy(id => id.Value)],
            (p, id) => p.Id(id.Value),
            CancellationToken.None);
    }

    /// <summary>Erases what expired, and what two handlers that ended at the same moment left to each other.</summary>
    public static ValueTask<int> EraseAsync(Session session, DateTimeOffset now) => session.ExecuteAsync(
        $"UPDATE events SET sealed = NULL, sealed_until = NULL WHERE sealed_until IS NOT NULL AND (sealed_until < $1 OR {IsDone})",
        p => p.Instant(now),
        CancellationToken.None);
}
