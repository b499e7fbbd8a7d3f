namespace Waybill.Engine.Counting;

/// <summary>
/// How soon messages were sent, counted from when they were accepted, or from the time that their sender asked for. Of a duration is kept
/// only between which two <see cref="Bounds"/> it lies.
/// </summary>
/// <param name="counts">How many took no longer than each bound and longer than the one before it; the last: longer than all.</param>
public sealed class DeliveryTime(IReadOnlyList<long> counts)
{
    /// <summary>100 ms to a day.</summary>
    public static IReadOnlyList<TimeSpan> Bounds { get; } =
    [
        .. new[] { 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000 }.Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds)),
        .. new[] { 1, 5, 10, 30, 60, 240, 1440 }.Select(minutes => TimeSpan.FromMinutes(minutes)),
    ];

    /// <summary>How many were sent.</summary>
    public long Count { get; } = counts.Sum();

    /// <summary>How many were sent within one of the <see cref="Bounds"/>.</summary>
    public long Within(TimeSpan bound) => counts.Take(Bounds.Count(one => one <= bound)).Sum();

    /// <summary>The least bound within which a share of them, 0.95 say, was sent; null: beyond all bounds, or none was sent.</summary>
    public TimeSpan? Of(double share) =>
        Bounds.Where(bound => Count > 0 && Within(bound) >= share * Count).Select(bound => (TimeSpan?)bound).FirstOrDefault();

    /// <summary>All of them together.</summary>
    public static DeliveryTime Sum(IEnumerable<DeliveryTime> all)
    {
        var sums = new long[Bounds.Count + 1];
        foreach (var one in all)
            for (var i = 0; i < sums.Length; i++) sums[i] += one.At(i);
        return new(sums);
    }

    long At(int index) => counts[index];
}
