
namespace Waybill.Engine.Relays;

/// <summary>
/// Whether a relay is worth trying: after three hand-overs in a row that did not reach it, it rests. When the rest is over one message
/// tries it; if that does not reach it either, it rests twice as long. Pure functions of what was learned and when; the times are monotonic
/// ones.
/// </summary>
internal abstract record Breaker
{
    /// <summary>In a row: one that breaks off now and then is worth trying at once.</summary>
    const int Missed = 3;

    private Breaker() { }

    /// <summary>The first rest.</summary>
    public static TimeSpan Shortest { get; } = TimeSpan.FromSeconds(5);

    /// <summary>No rest is longer, so that a relay that was mended is soon found out.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromMinutes(5);

    /// <summary>A relay of which nothing bad is known.</summary>
    public static Breaker Trusting { get; } = new Closed(0);

    /// <summary>It is used; so many hand-overs in a row did not reach it.</summary>
    public sealed record Closed(int InVain) : Breaker;

    /// <summary>Nothing that can wait is given to it.</summary>
    public sealed record Resting(TimeSpan Rest, TimeSpan Until) : Breaker;

    /// <summary>One message tries it; the others wait for what comes of that.</summary>
    public sealed record Probing(TimeSpan Rest) : Breaker;

    /// <summary>A hand-over reached it.</summary>
    public static Breaker AfterReached() => Trusting;

    /// <summary>
    /// A hand-over did not reach it: <paramref name="probe"/>, or one that was no probe. What had begun before it rested says nothing new.
    /// </summary>
    public Breaker AfterMissed(Probing? probe, TimeSpan now) => this switch
    {
        Closed(var before) => before + 1 < Missed ? new Closed(before + 1) : new Resting(Shortest, now + Shortest),
        Probing(var rest) when ReferenceEquals(this, probe) => Again(rest, now),
        _ => this,
    };

    /// <summary>The message that was to try it was not handed over. Nothing new, once another tries it or something was learned.</summary>
    public Breaker AfterProbeGivenUp(Probing probe, TimeSpan now) => ReferenceEquals(this, probe) ? new Resting(probe.Rest, now) : this;

    /// <summary>With one message trying it; null when it is not yet time.</summary>
    public Probing? Probe(TimeSpan now) => this is Resting(var rest, var until) && now >= until ? new Probing(rest) : null;

    static Resting Again(TimeSpan before, TimeSpan now)
    {
        var rest = 2 * before < Longest ? 2 * before : Longest;
        return new(rest, now + rest);
    }
}
