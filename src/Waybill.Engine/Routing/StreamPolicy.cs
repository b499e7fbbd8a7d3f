namespace Waybill.Engine.Routing;

/// <summary>What a stream does when the link died after the final dot, so that nobody knows whether the relay has the message.</summary>
public enum OnUnknown
{
    /// <summary>Try again with the same Message-ID: a duplicate is the smaller evil.</summary>
    Retry,

    /// <summary>Hold for a person: a duplicate is the greater evil.</summary>
    Hold,
}

/// <summary>
/// How a stream delivers (product, §4). The engine has no other rules: a stream decides, code does not.
/// </summary>
/// <param name="Name">The word for it everywhere, e.g. <c>api</c>.</param>
/// <param name="Waits">The wait before each further attempt; one attempt more than there are waits.</param>
/// <param name="Jitter">How far a wait may differ either way: 0.2 is ± 20 %.</param>
/// <param name="OnUnknown">What to do with an unknown outcome.</param>
public sealed record StreamPolicy(string Name, IReadOnlyList<TimeSpan> Waits, double Jitter, OnUnknown OnUnknown)
{
    /// <summary>Attempts in all.</summary>
    public int Attempts => Waits.Count + 1;
}
