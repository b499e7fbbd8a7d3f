namespace Waybill.Engine.Routing;

/// <summary>The streams that this program knows.</summary>
public static class Streams
{
    /// <summary>What is posted to the API: nine attempts over about 17 hours.</summary>
    public static StreamPolicy Api { get; } = new(
        "api",
        [
            TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
            TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(8),
        ],
        Jitter: 0.2,
        OnUnknown.Retry);

    /// <summary>A test that an operator sends: one attempt, whose outcome is shown at once.</summary>
    public static StreamPolicy Tests { get; } = new("waybill.tests", [], Jitter: 0, OnUnknown.Hold);

    static readonly Dictionary<string, StreamPolicy> ByName = new(StringComparer.Ordinal) { [Api.Name] = Api, [Tests.Name] = Tests };

    /// <summary>The policy of a stream.</summary>
    /// <exception cref="KeyNotFoundException">No stream has this name.</exception>
    public static StreamPolicy Find(string name) => ByName[name];
}
