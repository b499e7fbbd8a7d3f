using Waybill.Testing;

namespace Waybill.Engine.Specs.Databases;

/// <summary>When the specs begin: noon on a day that is not near the end of a month.</summary>
internal static class Noon
{
    public static DateTimeOffset Instant { get; } = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A clock that stands still at noon.</summary>
    public static ManualClock Clock() => new(Instant);
}
