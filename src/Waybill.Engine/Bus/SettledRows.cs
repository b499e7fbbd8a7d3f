using Waybill.Engine.Events;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Bus;

/// <summary>Records how handlings ended. Whoever lost the claim is told so and changes nothing.</summary>
internal static class SettledRows
{
    const string Guard = "WHERE position = $1 AND token = $2 AND state = 'handling'";

    public static async ValueTask<IReadOnlyList<bool>> WriteAsync(Session session, IReadOnlyList<SettledHandling> group)
    {
        var kept = new HashSet<SettledHandling>(ReferenceEqualityComparer.Instance);
        kept.UnionWith(await WriteAsync<HandlingEnd.Handled>(
            session,
            group,
            $"UPDATE event_deliveries SET state = 'handled', lane = NULL, attempt = $3, owner = NULL, lease_until = NULL, settled_at = $4, reason = NULL {Guard}",
            (p, one, _) => p.Instant(one.At)));
        kept.UnionWith(await WriteAsync<HandlingEnd.Parked>(
            session,
            group,
            $"UPDATE event_deliveries SET state = 'parked', lane = NULL, attempt = $3, owner = NULL, lease_until = NULL, settled_at = $4, reason = $5 {Guard}",
            (p, one, parked) => p.Instant(one.At).Text(parked.Reason)));
        await EndLanesAsync(session, [.. kept]);
        kept.UnionWith(await WriteAsync<HandlingEnd.RetryAfter>(
            session,
            group,
            $"UPDATE event_deliveries SET state = 'queued', attempt = $3, owner = NULL, lease_until = NULL, due_at = $4, wait = $5, reason = $6 {Guard}",
            (p, one, again) => p.Instant(one.At + again.Wait).Number(DeliveryClaimRows.Whole(again.Wait)).Text(again.Reason)));
        return [.. group.Select(kept.Contains)];
    }

    static async ValueTask<IEnumerable<SettledHandling>> WriteAsync<TEnd>(
        Session session, IReadOnlyList<SettledHandling> group, string sql, Action<Parameters, SettledHandling, TEnd> bind)
        where TEnd : HandlingEnd
    {
        var those = group.Where(one => one.End is TEnd).OrderBy(one => one.Claim.Position).ToList();
        if (those.Count == 0) return [];
        var changed = await session.ExecuteManyAsync(
            sql,
            those,
            (p, one) => bind(p.Number(one.Claim.Position).Number(one.Claim.Token).Number(one.Claim.Attempt), one, (TEnd)one.End),
            CancellationToken.None);
        return those.Where((_, i) => changed[i] == 1);
    }

    static async ValueTask EndLanesAsync(Session session, IReadOnlyList<SettledHandling> ended)
    {
        await DeliveryRows.PromoteAsync(session, [.. ended.Select(one => one.Claim.Lane)]);
        await SealedRows.EraseHandledAsync(session, [.. ended.Where(one => one.HasSecrets).Select(one => one.Claim.Event).Distinct()]);
    }
}
