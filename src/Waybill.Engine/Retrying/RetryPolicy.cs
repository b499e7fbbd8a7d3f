using System.Diagnostics;
using Waybill.Engine.Messages;
using Waybill.Engine.Routing;

namespace Waybill.Engine.Retrying;

/// <summary>Decides what becomes of a message: a pure function of its stream, its recipients' outcomes and how often it was tried.</summary>
public static class RetryPolicy
{
    /// <summary>Decides after an attempt.</summary>
    /// <param name="stream">The policy.</param>
    /// <param name="attempt">Which attempt this was, from 1.</param>
    /// <param name="outcomes">The last known outcome of every recipient, also of those that earlier attempts settled.</param>
    /// <param name="chance">Between 0 and 1, spreads the waits.</param>
    public static Disposition Decide(StreamPolicy stream, int attempt, IReadOnlyCollection<AttemptOutcome> outcomes, double chance)
    {
        if (outcomes.Count == 0) throw new ArgumentException("A message has at least one recipient.", nameof(outcomes));
        var worst = outcomes.MaxBy(Weight)!;
        return worst switch
        {
            AttemptOutcome.Unknown { IsSafeToRepeat: false } when stream.OnUnknown == OnUnknown.Hold => new Disposition.Settled(MessageStatus.Held, worst.Reply),
            AttemptOutcome.Unknown or AttemptOutcome.Deferred when attempt < stream.Attempts =>
                new Disposition.RetryAfter(Longer(WaitAfter(stream, attempt, chance), AskedFor(outcomes)), worst.Reply),
            AttemptOutcome.Unknown => new Disposition.Settled(MessageStatus.Held, worst.Reply),
            _ => Last(outcomes, worst),
        };
    }

    /// <summary>The wait before the next attempt, jitter included.</summary>
    public static TimeSpan WaitAfter(StreamPolicy stream, int attempt, double chance) =>
        stream.Waits[attempt - 1] * (1 + stream.Jitter * (2 * chance - 1));

    /// <summary>The longest wait that a relay asked for.</summary>
    static TimeSpan? AskedFor(IReadOnlyCollection<AttemptOutcome> outcomes) => outcomes.OfType<AttemptOutcome.Deferred>().Max(outcome => outcome.Wait);

    static TimeSpan Longer(TimeSpan wait, TimeSpan? asked) => asked > wait ? asked.Value : wait;

    static Disposition.Settled Last(IReadOnlyCollection<AttemptOutcome> outcomes, AttemptOutcome worst)
    {
        var without = outcomes.Count(outcome => outcome is not AttemptOutcome.Accepted);
        if (without == outcomes.Count) return new(MessageStatus.Failed, worst.Reply);
        return new(MessageStatus.Sent, without == 0 ? worst.Reply : $"{without} of {outcomes.Count} recipients without it: {worst.Reply}");
    }

    static int Weight(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Accepted => 0,
        AttemptOutcome.Refused => 1,
        AttemptOutcome.Deferred => 2,
        AttemptOutcome.Unknown => 3,
        _ => throw new UnreachableException($"No weight for {outcome.GetType().Name}."),
    };
}
