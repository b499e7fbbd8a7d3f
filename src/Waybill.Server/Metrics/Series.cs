namespace Waybill.Server.Metrics;

/// <summary>One line of figures of an instrument: those with the same labels.</summary>
internal sealed class Series(bool isHistogram)
{
    /// <summary>
    /// Seconds; a hand-over takes from a millisecond to the ten minutes that RFC 5321 §4.5.3.2.6 gives a relay after the final dot.
    /// </summary>
    public static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 600];

    readonly Lock gate = new();
    readonly long[] buckets = isHistogram ? new long[Bounds.Length] : [];
    double sum;
    long count;

    public void Add(double value)
    {
        lock (gate)
        {
            sum += value;
            count++;
            for (var i = 0; i < buckets.Length; i++) buckets[i] += value <= Bounds[i] ? 1 : 0;
        }
    }

    /// <summary>The sum, how many there were, and for each bound how many were at most that.</summary>
    public (double Sum, long Count, long[] Buckets) Read()
    {
        lock (gate) return (sum, count, [.. buckets]);
    }
}
