
namespace Waybill.RacketBook.Orders;

/// <summary>What may become of an order's days: pure functions of the days that are there and the day that it is.</summary>
public static class Lifecycle
{
    /// <summary>The earliest day that anybody means.</summary>
    static readonly DateOnly Earliest = new(2000, 1, 1);

    /// <summary>Sets a day, or gives it another.</summary>
    /// <param name="days">As they are.</param>
    /// <param name="milestone">Which.</param>
    /// <param name="day">When.</param>
    /// <param name="today">Nothing has happened after it.</param>
    public static DayChange Set(Milestones days, Milestone milestone, DateOnly day, DateOnly today) =>
        SetAmongOthers(days, milestone, day, today) switch
        {
            DayChange.Changed(var after, _) when OutOfOrder(after, milestone) is { } fault => new DayChange.Refused(fault),
            var change => change,
        };

    /// <summary>The same where other days are set too: whether they follow each other is asked when all of them are.</summary>
    internal static DayChange SetAmongOthers(Milestones days, Milestone milestone, DateOnly day, DateOnly today)
    {
        if (days[milestone] == day) return new DayChange.Unchanged();
        if (day > today) return Refuse(milestone, "day.future", day, today);
        if (day < Earliest) return Refuse(milestone, "day.early", day, Earliest);
        if (milestone is Milestone.Returned or Milestone.Paid && days.Strung is null) return Refuse(milestone, "day.not-strung");
        return new DayChange.Changed(days.With(milestone, day), milestone.Transition());
    }

    /// <summary>Takes a day back.</summary>
    /// <param name="days">As they are.</param>
    /// <param name="milestone">Which.</param>
    /// <param name="isSelfJob">Only a self-job goes back to a draft.</param>
    public static DayChange Clear(Milestones days, Milestone milestone, bool isSelfJob)
    {
        if (days[milestone] is null) return new DayChange.Unchanged();
        if (milestone == Milestone.Ordered && !isSelfJob) return Refuse(milestone, "day.ordered-stays");
        if (milestone == Milestone.Strung && FirstAfter(days) is { } later)
            return new DayChange.Refused(new(later.Field(), "day.clear-first", later.Field()));
        if (milestone == Milestone.Strung && days.Ordered is null && !isSelfJob) return Refuse(milestone, "day.no-order");
        return new DayChange.Changed(days.With(milestone, null), milestone.Transition() + "-r");
    }

    static Milestone? FirstAfter(Milestones days) =>
        days.Returned is not null ? Milestone.Returned : days.Paid is not null ? Milestone.Paid : null;

    /// <summary>The days that are there follow each other; returned and paid may come in either order.</summary>
    internal static BookFault? OutOfOrder(Milestones days, Milestone changed)
    {
        if (days.Ordered > days.Strung) return Before(changed, Milestone.Ordered, days.Ordered.Value, Milestone.Strung, days.Strung.Value);
        if (days.Strung > days.Returned)
            return Before(changed, Milestone.Strung, days.Strung.Value, Milestone.Returned, days.Returned.Value);
        if (days.Strung > days.Paid) return Before(changed, Milestone.Strung, days.Strung.Value, Milestone.Paid, days.Paid.Value);
        return null;
    }

    static BookFault Before(Milestone changed, Milestone first, DateOnly firstDay, Milestone then, DateOnly thenDay) =>
        new(changed.Field(), "day.order", then.Field(), Iso(thenDay), first.Field(), Iso(firstDay));

    static DayChange.Refused Refuse(Milestone milestone, string code, params DateOnly[] days) =>
        new(new BookFault(milestone.Field(), code, [.. days.Select(Iso)]));

    static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What becomes of an order's days.</summary>
public abstract record DayChange
{
    private DayChange() { }

    /// <summary>They are other ones.</summary>
    /// <param name="After">As they are then.</param>
    /// <param name="Transition">What the audit calls it.</param>
    public sealed record Changed(Milestones After, string Transition) : DayChange;

    /// <summary>They are as asked for already.</summary>
    public sealed record Unchanged : DayChange;

    /// <summary>They may not.</summary>
    public sealed record Refused(BookFault Fault) : DayChange;
}
