namespace Waybill.Server.Api.Rates;

/// <summary>
/// What each key, or each tenant, has asked of this node of late. It runs by the machine's steady clock, not by the time of day, and
/// forgets whose bucket is full again.
/// </summary>
internal sealed class RateBook(Rate rate, TimeProvider clock)
{
    const int SweptFrom = 256;

    readonly Lock gate = new();
    readonly Dictionary<Guid, Bucket> buckets = [];
    int sweepAt = SweptFrom;

    /// <summary>How many it remembers.</summary>
    public int Count { get { lock (gate) return buckets.Count; } }

    /// <summary>Counts a request of somebody, or refuses it.</summary>
    /// <param name="who">The key or the tenant.</param>
    /// <param name="weight">
    /// What it counts for; more than one: the further items of a batch whose request was counted. A batch that no bucket ever holds is let
    /// in with a full one, which owes the rest then: who sends large batches comes to the same rate.
    /// </param>
    public Standing Take(Guid who, int weight)
    {
        var now = clock.GetTimestamp();
        lock (gate)
        {
            var held = Held(who, now);
            var wanted = Math.Min(weight, rate.Burst - 1);
            var isOver = held < wanted;
            if (!isOver) held -= weight;
            buckets[who] = new(held, now);
            if (buckets.Count > sweepAt) Sweep(now);
            var wait = isOver ? rate.Until(held, weight > 1 ? wanted + 1 : wanted) : TimeSpan.Zero;
            return new(isOver, rate.PerSecond, (long)Math.Max(0, held), rate.Until(held, rate.Burst), wait);
        }
    }

    /// <summary>A request that was counted is refused after all.</summary>
    public void GiveBack(Guid who, int weight)
    {
        lock (gate)
        {
            if (buckets.TryGetValue(who, out var one)) buckets[who] = one with { Held = Math.Min(rate.Burst, one.Held + weight) };
        }
    }

    double Held(Guid who, long now) =>
        buckets.TryGetValue(who, out var one) ? rate.Filled(one.Held, clock.GetElapsedTime(one.At, now)) : rate.Burst;

    void Sweep(long now)
    {
        foreach (var (who, one) in buckets)
            if (rate.Filled(one.Held, clock.GetElapsedTime(one.At, now)) >= rate.Burst) buckets.Remove(who);
        sweepAt = Math.Max(SweptFrom, 2 * buckets.Count);
    }

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    readonly record struct Bucket(double Held, long At);
}
