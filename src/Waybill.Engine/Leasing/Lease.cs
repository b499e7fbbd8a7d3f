namespace Waybill.Engine.Leasing;

/// <summary>How long a claim holds. It is the same for every queue.</summary>
internal static class Lease
{
    /// <summary>How long a claim holds without being renewed: 20 s.</summary>
    public static TimeSpan Length { get; } = TimeSpan.FromSeconds(20);

    /// <summary>How often a node renews its leases: four times in each.</summary>
    public static TimeSpan Interval { get; } = Length / 4;

    /// <summary>
    /// No node that is alive has a lease beyond this: it renewed it under an hour that a clock which went back has left. Waiting for it
    /// would mean to wait for that hour to come round again.
    /// </summary>
    public static DateTimeOffset Farthest(DateTimeOffset now) => now + 2 * Length;
}

/// <summary>How tables keep waits.</summary>
internal static class Waits
{
    /// <summary>Whole microseconds.</summary>
    public static long Whole(TimeSpan wait) => (long)wait.TotalMicroseconds;
}
