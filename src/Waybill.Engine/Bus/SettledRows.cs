using Waybill.Engine.Events;
using Waybill.Engine.Leasing;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Bus;

/// <summary>Records how handlings ended. Whoever lost the claim is told so and changes nothing.</summary>
internal static class SettledRows
{
    const string Over = "lane = NULL, attempt = $3, owner = NULL, lease_until = NULL, settled_at = $4, reason = NULL";

    static readonly string Handled = DeliveryClaimRows.Rows.Fenced("state = 'handled', " + Over);

    static readonly string QueueAgain = DeliveryClaimRows.Rows.Fenced(
        DeliveryClaimRows.Rows.Queued + ", attempt = $3, due_at = $4, wait = $5, reason = $6");

    public static async ValueTask<IReadOnlyList<bool>> WriteAsync(Session session, IReadOnlyList<SettledHandling> group)
    {
        var kept = new HashSet<SettledHandling>(ReferenceEqualityComparer.Instance);
        var handled = Of<HandlingEnd.Handled>(group);
        kept.UnionWith(handled.Where(await ChangeAsync(session, Handled, handled, (p, one) => p.Instant(one.At))));
        var parked = Of<HandlingEnd.Parked>(group);
        kept.UnionWith(parked.Where(await DeliveryClaimRows.Rows.ParkAsync(session, [.. parked.Select(Parking)])));
        await EndLanesAsync(session, [.. kept]);
        var again = Of<HandlingEnd.RetryAfter>(group);
        kept.UnionWith(again.Where(await ChangeAsync(session, QueueAgain, again, BindRetry)));
        return [.. group.Select(kept.Contains)];
    }

    static List<SettledHandling> Of<TEnd>(IReadOnlyList<SettledHandling> group) => [.. group.Where(one => one.End is TEnd)];

    static IEnumerable<SettledHandling> Where(this List<SettledHandling> those, bool[] areOurs) => those.Where((_, i) => areOurs[i]);

    static ValueTask<bool[]> ChangeAsync(
        Session session, string fenced, List<SettledHandling> those, Action<Parameters, SettledHandling> bind) =>
        DeliveryClaimRows.Rows.ChangeAsync(session, fenced, those, one => one.Claim, (p, one) => bind(p.Number(one.Claim.Attempt), one));

    static Parking<DeliveryClaim> Parking(SettledHandling one) =>
        new(one.Claim, one.Claim.Attempt, one.At, ((HandlingEnd.Parked)one.End).Reason);

    static void BindRetry(Parameters p, SettledHandling one)
    {
        var again = (HandlingEnd.RetryAfter)one.End;
        p.Instant(one.At + again.Wait).Number(Waits.Whole(again.Wait)).Text(again.Reason);
    }

    static async ValueTask EndLanesAsync(Session session, IReadOnlyList<SettledHandling> ended)
    {
        await DeliveryRows.PromoteAsync(session, [.. ended.Select(one => one.Claim.Lane)]);
        await SealedRows.EraseHandledAsync(session, [.. ended.Where(one => one.HasSecrets).Select(one => one.Claim.Event).Distinct()]);
    }
}
