using Waybill.RacketBook.Clients;

namespace Waybill.RacketBook.Orders;

/// <summary>What is to be done to an order. Several in one save are one change, and mail the client at most once.</summary>
public abstract record OrderAct
{
    private OrderAct() { }

    /// <summary>Anything but its days.</summary>
    public sealed record Edit(Func<Order, Order> Change) : OrderAct;

    /// <summary>A day is set, or becomes another.</summary>
    /// <param name="Milestone">Which.</param>
    /// <param name="Day">When.</param>
    /// <param name="IsOnlyNow">Whether nobody named the day: then one that is set stays, for asking twice is asking once.</param>
    public sealed record SetDay(Milestone Milestone, DateOnly Day, bool IsOnlyNow = false) : OrderAct;

    /// <summary>A day is taken back.</summary>
    public sealed record ClearDay(Milestone Milestone) : OrderAct;

    /// <summary>What it makes of an order, and how the audit calls it; or why it may not.</summary>
    internal (Order After, DayStep? Step, BookFault? Fault) Apply(Order order, Client client, DateOnly today)
    {
        var (milestone, change) = this switch
        {
            Edit => (default, null),
            SetDay { IsOnlyNow: true } again when order.Days[again.Milestone] is not null => (again.Milestone, new DayChange.Unchanged()),
            SetDay set => (set.Milestone, Lifecycle.SetAmongOthers(order.Days, set.Milestone, set.Day, today)),
            ClearDay clear => (clear.Milestone, Lifecycle.Clear(order.Days, clear.Milestone, client.IsSelf)),
            _ => throw new System.Diagnostics.UnreachableException($"No rule for {GetType().Name}."),
        };
        return change switch
        {
            null => (((Edit)this).Change(order) with { Days = order.Days }, null, null),
            DayChange.Refused(var fault) => (order, null, fault),
            DayChange.Changed(var after, var transition) =>
                (order with { Days = after }, Step(transition, milestone, order.Days, after), null),
            _ => (order, null, null),
        };
    }

    static DayStep Step(string transition, Milestone milestone, Milestones before, Milestones after) =>
        new(transition, milestone.Field(), DayStep.Write(before[milestone]), DayStep.Write(after[milestone]));
}
