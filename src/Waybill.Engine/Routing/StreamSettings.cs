using System.Globalization;

namespace Waybill.Engine.Routing;

/// <summary>What an operator set for a stream; null where the stream's default holds.</summary>
public sealed record StreamSettings
{
    /// <summary>Most attempts: 20.</summary>
    public const int MostAttempts = 20;

    /// <summary>Longest retention: 36500 days.</summary>
    public const int MostDays = 36_500;

    /// <summary>The longest wait: 7 days.</summary>
    public static TimeSpan LongestWait { get; } = TimeSpan.FromDays(7);

    /// <summary>Attempts in all. Where there are fewer waits the last one is repeated, where there are more they are cut off.</summary>
    public int? Attempts { get; init; }

    /// <summary>The waits between attempts, to the millisecond.</summary>
    public IReadOnlyList<TimeSpan>? Waits { get; init; }

    /// <summary>How far a wait may differ either way, from 0 to 0.9, in thousandths.</summary>
    public double? Jitter { get; init; }

    /// <summary>How long messages are kept.</summary>
    public Kept? Kept { get; init; }

    /// <summary>Whether messages say how to unsubscribe with one click.</summary>
    public bool? OffersUnsubscribe { get; init; }

    /// <summary>Whether a first attempt that did not reach the relay is followed by one more.</summary>
    public bool? RetryOnceOnConnectionFault { get; init; }

    /// <summary>The policy with these settings laid over it.</summary>
    public StreamPolicy Over(StreamPolicy standard)
    {
        var waits = Waits ?? standard.Waits;
        return standard with
        {
            Waits = Attempts is { } attempts ? Stretch(waits, attempts - 1) : waits,
            Jitter = Jitter ?? standard.Jitter,
            Kept = Kept ?? standard.Kept,
            OffersUnsubscribe = OffersUnsubscribe ?? standard.OffersUnsubscribe,
            RetryOnceOnConnectionFault = RetryOnceOnConnectionFault ?? standard.RetryOnceOnConnectionFault,
        };
    }

    /// <summary>What is wrong with these settings for this stream, in a sentence; null when nothing is.</summary>
    public string? Problem(StreamPolicy standard) => this switch
    {
        { Attempts: < 1 or > MostAttempts } => $"A stream makes between 1 and {MostAttempts} attempts, not {Said(Attempts)}.",
        { Waits.Count: >= MostAttempts } => $"A stream has at most {MostAttempts - 1} waits, for it makes at most {MostAttempts} attempts.",
        { Waits: { } waits } when waits.Any(wait => wait < TimeSpan.Zero || wait > LongestWait) =>
            "A wait is between 0 seconds and 7 days.",
        { Jitter: not (null or (>= 0 and <= 0.9)) } => "The jitter is between 0 and 0.9; 0.2 is 20 % either way.",
        { Kept: Routing.Kept.For { Days: < 1 or > MostDays } } => $"Messages are kept between 1 and {MostDays} days, or for ever.",
        _ => ProblemOf(Over(standard)),
    };

    static string? ProblemOf(StreamPolicy whole) => whole switch
    {
        { HandOver: HandOverMode.Inline, Attempts: > 1 } =>
            $"The stream {whole.Name} is handed over within its caller's call and has one attempt; leave `waits` empty.",
        { OffersUnsubscribe: true, AsksSuppressionList: false } =>
            $"The stream {whole.Name} sends to suppressed addresses too, so it cannot offer to unsubscribe.",
        _ => null,
    };

    static IReadOnlyList<TimeSpan> Stretch(IReadOnlyList<TimeSpan> waits, int count)
    {
        var last = waits.Count > 0 ? waits[^1] : TimeSpan.Zero;
        return [.. Enumerable.Range(0, Math.Max(0, count)).Select(i => i < waits.Count ? waits[i] : last)];
    }

    static string Said(int? number) => (number ?? 0).ToString(CultureInfo.InvariantCulture);
}
