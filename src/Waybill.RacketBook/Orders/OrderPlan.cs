using Waybill.Engine.Storage;
using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Emitting;
using Waybill.RacketBook.Mails;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Orders;

/// <summary>One change of one order, as it is asked for.</summary>
/// <param name="Scope">Whose.</param>
/// <param name="Before">The order as it is; a new one: as it is written down.</param>
/// <param name="IsNew">Whether it is not in the book yet.</param>
/// <param name="Today">The day that it is where the stringer is.</param>
/// <param name="Acts">What is to be done, in order; all of it, or nothing.</param>
/// <param name="On">What its receipt would be written and printed on.</param>
sealed record OrderChange(
    StringerScope Scope, Order Before, bool IsNew, DateOnly Today, IReadOnlyList<OrderAct> Acts, ReceiptStationery On);

/// <summary>What will come of a change. Finding out reads and writes nothing, so that it can be asked twice.</summary>
abstract record OrderPlan
{
    private OrderPlan() { }

    /// <summary>It may not be.</summary>
    internal sealed record Refuse(OrderOutcome Outcome) : OrderPlan;

    /// <summary>Everything is as it was.</summary>
    internal sealed record Nothing(OrderParts Parts) : OrderPlan;

    /// <summary>It is kept, and nobody is told.</summary>
    internal sealed record Keep(OrderParts Parts, IReadOnlyList<DayStep> Steps) : OrderPlan;

    /// <summary>It is kept, and its receipt goes out.</summary>
    internal sealed record Emit(OrderParts Parts, IReadOnlyList<DayStep> Steps) : OrderPlan;

    internal static async ValueTask<OrderPlan> OfAsync(Session session, OrderChange change)
    {
        var (after, steps, refusal) = await AfterAsync(session, change);
        if (refusal is not null) return new Refuse(refusal);
        var (parts, missing) = await OrderParts.ReadAsync(session, change.Scope, after!, CancellationToken.None);
        if (missing is not null) return new Refuse(new OrderOutcome.Refused([missing]));
        if (!change.IsNew && after == change.Before) return new Nothing(parts!);
        if (Removed(change, parts!) is { } gone) return new Refuse(new OrderOutcome.Refused([gone]));
        if (Orderless(change, parts!)) return new Refuse(new OrderOutcome.Refused([new("ordered_at", "text.needed")]));
        if (!ReEmitRule.Emits(change.Before, after!)) return new Keep(parts!, steps);
        if (!change.On.Logo.IsOf(parts!.Stringer)) return new Refuse(OrderOutcome.OtherLogo);
        return ReceiptMaker.Make(parts!, after!.ReceiptNumber ?? "", change.On.Logo) is Making.Refused(var faults)
            ? new Refuse(new OrderOutcome.Refused(faults))
            : new Emit(parts!, steps);
    }

    /// <summary>What the acts make of the order, one after the other.</summary>
    static async ValueTask<(Order? After, List<DayStep> Steps, OrderOutcome? Refusal)> AfterAsync(Session session, OrderChange change)
    {
        var (after, steps) = (change.Before, new List<DayStep>());
        if (await ClientRows.FindAsync(session, change.Scope, after.Client, CancellationToken.None) is not { } client)
            return (null, steps, Clientless);
        foreach (var act in change.IsNew && !client.IsSelf ? WithOrdered(change.Acts, change.Today) : change.Acts)
        {
            if (client.Id != after.Client)
            {
                if (await ClientRows.FindAsync(session, change.Scope, after.Client, CancellationToken.None) is not { } other)
                    return (null, steps, Clientless);
                client = other;
            }

            (after, var step, var fault) = act.Apply(after, client, change.Today);
            if (fault is not null) return (null, steps, new OrderOutcome.Refused([fault], IsConflict: act is OrderAct.ClearDay));
            if (step is not null) steps.Add(step);
        }

        return change.Acts.OfType<OrderAct.SetDay>().LastOrDefault() is { } last
            && Lifecycle.OutOfOrder(after.Days, last.Milestone) is { } wrong
            ? (null, steps, new OrderOutcome.Refused([wrong]))
            : (after, steps, null);
    }

    static OrderOutcome Clientless => new OrderOutcome.Refused([new("client_id", "client.missing")]);

    /// <summary>
    /// A client's job was ordered the day it is written down, unless somebody says otherwise; what was strung last week was not ordered
    /// today.
    /// </summary>
    static IReadOnlyList<OrderAct> WithOrdered(IReadOnlyList<OrderAct> acts, DateOnly today)
    {
        var days = acts.OfType<OrderAct.SetDay>().ToList();
        if (days.Exists(one => one.Milestone == Milestone.Ordered)) return acts;
        var strung = days.Find(one => one.Milestone == Milestone.Strung)?.Day ?? today;
        return [new OrderAct.SetDay(Milestone.Ordered, strung < today ? strung : today),
            .. acts.Where(act => act is not OrderAct.ClearDay { Milestone: Milestone.Ordered })];
    }

    /// <summary>A draft is the stringer's own: what becomes a client's, or is strung for one, was ordered on some day.</summary>
    static bool Orderless(OrderChange change, OrderParts parts) => !parts.Client.IsSelf && parts.Order.Days.Ordered is null
        && (change.Before.Client != parts.Client.Id || (change.Before.Days.Strung is null && parts.Order.Days.Strung is not null));

    /// <summary>
    /// Nothing new is begun with what was removed; what was strung for a client who is gone is still corrected, and sent to them.
    /// </summary>
    static BookFault? Removed(OrderChange change, OrderParts parts)
    {
        var (before, after) = (change.Before, parts.Order);
        bool IsNews(bool isNamedAnew) => change.IsNew || isNamedAnew;
        if (parts.Client.IsRemoved
            && IsNews(before.Client != after.Client || (before.Days.Strung is null && after.Days.Strung is not null)))
            return new("client_id", "client.removed", parts.Client.Person.Name);
        if (parts.Racket.IsRemoved && IsNews(before.Racket != after.Racket))
            return new("racket_id", "racket.removed", parts.Racket.Facts().Name);
        if (parts.Main is { IsRemoved: true } main && IsNews(before.Main.String != after.Main.String))
            return new("main_string_id", "string.removed", main.Name);
        return parts.Cross is { IsRemoved: true } cross && IsNews(before.Cross.String != after.Cross.String)
            ? new("cross_string_id", "string.removed", cross.Name)
            : null;
    }
}
