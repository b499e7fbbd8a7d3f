namespace Waybill.RacketBook.Orders;

/// <summary>What happens to an order on a day.</summary>
public enum Milestone
{
    /// <summary>It was asked for.</summary>
    Ordered,

    /// <summary>The racket is strung: the receipt goes out.</summary>
    Strung,

    /// <summary>The client has the racket back.</summary>
    Returned,

    /// <summary>The client has paid.</summary>
    Paid,
}

/// <summary>The words for <see cref="Milestone"/>.</summary>
public static class MilestoneWords
{
    /// <summary>The field, as in <c>strung_at</c>.</summary>
    public static string Field(this Milestone milestone) => milestone.Word() + "_at";

    /// <summary>The word in routes.</summary>
    public static string Word(this Milestone milestone) => milestone switch
    {
        Milestone.Ordered => "ordered",
        Milestone.Strung => "strung",
        Milestone.Returned => "returned",
        Milestone.Paid => "paid",
        _ => throw new System.Diagnostics.UnreachableException($"No word for {milestone}."),
    };

    /// <summary>The transition that sets it, as the audit names it; clearing it is the same with <c>-r</c>.</summary>
    public static string Transition(this Milestone milestone) => milestone switch
    {
        Milestone.Ordered => "T1",
        Milestone.Strung => "T2",
        Milestone.Returned => "T3",
        Milestone.Paid => "T4",
        _ => throw new System.Diagnostics.UnreachableException($"No transition for {milestone}."),
    };
}
