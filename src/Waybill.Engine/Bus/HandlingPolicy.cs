namespace Waybill.Engine.Bus;

/// <summary>How a subscription's failures are retried.</summary>
/// <param name="Waits">The wait before each further attempt; one attempt more than there are waits, then the delivery is parked.</param>
/// <param name="Jitter">How far a wait may differ either way: 0.2 is ± 20 %.</param>
/// <param name="Limit">How long one handling may take before it is given up and counted as failed.</param>
public sealed record HandlingPolicy(IReadOnlyList<TimeSpan> Waits, double Jitter, TimeSpan Limit)
{
    /// <summary>Eight attempts over about 22 minutes, 30 s for each.</summary>
    public static HandlingPolicy Standard { get; } = new(
        [
            TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15),
            TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15),
        ],
        Jitter: 0.2,
        TimeSpan.FromSeconds(30));

    /// <summary>Attempts in all.</summary>
    public int Attempts => Waits.Count + 1;

    /// <summary>
    /// The wait after an attempt, from 1; <paramref name="chance"/> between 0 and 1 spreads it. Null: there is no further attempt.
    /// </summary>
    public TimeSpan? WaitAfter(int attempt, double chance) =>
        attempt < Attempts ? Waits[attempt - 1] * (1 + Jitter * (2 * chance - 1)) : null;
}
