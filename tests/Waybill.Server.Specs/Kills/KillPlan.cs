using System.Globalization;

namespace Waybill.Server.Specs.Kills;

/// <summary>What a run of kills is to do.</summary>
/// <param name="Seed">Of its random choices.</param>
/// <param name="PerSecond">Emails posted each second, downtime included.</param>
/// <param name="Deaths">One after the other, each on the data that the last one left.</param>
public sealed record KillPlan(int Seed, double PerSecond, IReadOnlyList<Death> Deaths)
{
    /// <summary>How many are posted at least.</summary>
    public int AtLeast { get; init; } = 150;

    /// <summary>How long the relay takes to answer a final dot.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>How long everything may take to be delivered once nobody kills any more.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>WAYBILL_SEED, or one that nobody chose.</summary>
    public static int AnySeed() => Environment.GetEnvironmentVariable("WAYBILL_SEED") is { Length: > 0 } seed
        ? int.Parse(seed, CultureInfo.InvariantCulture)
        : Random.Shared.Next();
}
