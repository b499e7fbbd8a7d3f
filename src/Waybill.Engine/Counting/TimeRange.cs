namespace Waybill.Engine.Counting;

/// <summary>A range of time in even steps. The steps begin at full hours or days of UTC, and the last one is still going on.</summary>
/// <param name="Since">When the first step begins.</param>
/// <param name="Step">How long a step is.</param>
/// <param name="Steps">How many there are.</param>
public sealed record TimeRange(DateTimeOffset Since, TimeSpan Step, int Steps)
{
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>24 hours, the present one among them.</summary>
    public static TimeRange OfHours(DateTimeOffset now) => Before(now, Hour, 24);

    /// <summary>30 days, today among them.</summary>
    public static TimeRange OfDays(DateTimeOffset now) => Before(now, Day, 30);

    /// <summary>When each step begins.</summary>
    public IReadOnlyList<DateTimeOffset> Times => [.. Enumerable.Range(0, Steps).Select(step => Since + step * Step)];

    static TimeRange Before(DateTimeOffset now, TimeSpan step, int steps) =>
        new(new DateTimeOffset(now.UtcTicks - now.UtcTicks % step.Ticks, TimeSpan.Zero) - (steps - 1) * step, step, steps);
}
