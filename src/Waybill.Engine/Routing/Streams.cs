namespace Waybill.Engine.Routing;

/// <summary>The engine's own streams as they are by default; the books bring theirs, and <see cref="StreamTable"/> has them all.</summary>
public static class Streams
{
    /// <summary>What is posted to the API: nine attempts over about 16 hours.</summary>
    public static StreamPolicy Api { get; } = new()
    {
        Name = "api",
        Waits =
        [
            TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
            TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(8),
        ],
        Jitter = 0.2,
        HonoursRetryAfter = true,
        WaitsForRelay = true,
    };

    /// <summary>Invitations and resets of those who sign in to /admin.</summary>
    public static StreamPolicy Accounts { get; } = new()
    {
        Name = "waybill.accounts",
        Waits = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)],
        RetriedAfter = Deferral.Network | Deferral.TemporaryReply | Deferral.RateLimit | Deferral.ServerError,
        HonoursRetryAfter = true,
        DefaultRelayOnly = true,
        WaitsForRelay = true,
    };

    /// <summary>A test that an operator sends: one attempt at once, whose outcome is shown.</summary>
    public static StreamPolicy Tests { get; } = new()
    {
        Name = "waybill.tests",
        HandOver = HandOverMode.Inline,
        OnUnknown = OnUnknown.Hold,
        OnSuppressed = OnSuppressed.SendAnyway,
        AtCap = AtCap.Attempt,
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<StreamPolicy> All { get; } = [Api, Accounts, Tests];
}
