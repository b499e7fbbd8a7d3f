using System.Diagnostics;
using Waybill.Engine.Messages;
using Waybill.Engine.Routing;

namespace Waybill.Engine.Retrying;

/// <summary>
/// Decides what becomes of a message: a pure function of its stream, its recipients' outcomes and how often it was tried.
/// </summary>
public static class RetryPolicy
{
    /// <summary>A relay that asks for a longer rest than a day is asked again after a day.</summary>
    static readonly TimeSpan LongestRest = TimeSpan.FromDays(1);

    /// <summary>Decides after an attempt.</summary>
    /// <param name="stream">The policy.</param>
    /// <param name="attempt">Which attempt this was, from 1.</param>
    /// <param name="outcomes">The last known outcome of every recipient, also of those that earlier attempts settled.</param>
    /// <param name="chance">Between 0 and 1, spreads the waits.</param>
    public static Disposition Decide(StreamPolicy stream, int attempt, IReadOnlyCollection<AttemptOutcome> outcomes, double chance)
    {
        if (outcomes.Count == 0) throw new ArgumentException("A message has at least one recipient.", nameof(outcomes));
        var worst = outcomes.MaxBy(outcome => Weight(stream, outcome))!;
        return worst switch
        {
            AttemptOutcome.Unknown { IsSafeToRepeat: true } when attempt < stream.Attempts =>
                new Disposition.RetryAfter(WaitAfter(stream, attempt, chance), worst.Reply),
            AttemptOutcome.Unknown when stream.OnUnknown != OnUnknown.Retry || attempt >= stream.Attempts => Held(stream, worst.Reply),
            AttemptOutcome.Unknown => new Disposition.RetryAfter(WaitAfter(stream, attempt, chance), worst.Reply),
            AttemptOutcome.Deferred deferred when Rest(stream, attempt, deferred, chance) is { } wait =>
                new Disposition.RetryAfter(wait, worst.Reply),
            _ => Last(outcomes, worst),
        };
    }

    /// <summary>The wait before the next attempt, jitter included.</summary>
    public static TimeSpan WaitAfter(StreamPolicy stream, int attempt, double chance) =>
        stream.Waits[attempt - 1] * (1 + stream.Jitter * (2 * chance - 1));

    /// <summary>How long to wait before the next attempt; null when there is none.</summary>
    static TimeSpan? Rest(StreamPolicy stream, int attempt, AttemptOutcome.Deferred deferred, double chance)
    {
        if (attempt == 1 && stream.RetryOnceOnConnectionFault && deferred.Cause == Deferral.Network && stream.Attempts == 1)
            return TimeSpan.Zero;
        if (attempt >= stream.Attempts || !IsTriedAgain(stream, deferred)) return null;
        var wait = WaitAfter(stream, attempt, chance);
        return stream.HonoursRetryAfter && deferred.RetryAfter is { } asked && asked > wait ? Min(asked, LongestRest) : wait;
    }

    static bool IsTriedAgain(StreamPolicy stream, AttemptOutcome.Deferred deferred) =>
        (stream.RetriedAfter & deferred.Cause) != Deferral.None;

    static Disposition.Settled Held(StreamPolicy stream, string reply) => new(
        MessageStatus.Held, stream.OnUnknown == OnUnknown.HoldAsFailed ? $"{Reasons.OutcomeUnknown}: {reply}" : reply);

    static Disposition.Settled Last(IReadOnlyCollection<AttemptOutcome> outcomes, AttemptOutcome worst)
    {
        var without = outcomes.Count(outcome => outcome is not AttemptOutcome.Accepted);
        if (without == outcomes.Count) return new(MessageStatus.Failed, worst.Reply);
        return new(MessageStatus.Sent, without == 0 ? worst.Reply : $"{without} of {outcomes.Count} recipients without it: {worst.Reply}");
    }

    static int Weight(StreamPolicy stream, AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Accepted => 0,
        AttemptOutcome.Refused => 1,
        AttemptOutcome.Deferred deferred => IsTriedAgain(stream, deferred) ? 3 : 2,
        AttemptOutcome.Unknown => 4,
        _ => throw new UnreachableException($"No weight for {outcome.GetType().Name}."),
    };

    static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
