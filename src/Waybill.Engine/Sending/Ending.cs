using Waybill.Engine.Clearing;
using Waybill.Engine.Messages;
using Waybill.Engine.Relays;
using Waybill.Engine.Retrying;
using Waybill.Engine.Routing;

namespace Waybill.Engine.Sending;

/// <summary>How a delivery ends: what becomes of each recipient, and of the message. Pure functions of what is known then.</summary>
/// <param name="Outcomes">By recipient position; only those that this delivery was about.</param>
/// <param name="Disposition">What becomes of the message.</param>
/// <param name="Whole">The attempt as a whole: accepted if anybody got the message, else the gravest outcome.</param>
internal sealed record Ending(IReadOnlyDictionary<int, AttemptOutcome> Outcomes, Disposition Disposition, AttemptOutcome Whole)
{
    /// <summary>What was said on the wire; null when nothing was.</summary>
    public string? Dialogue { get; private init; }

    /// <summary>Whether the relay has the message or may have it.</summary>
    public bool IsTaken => Whole is AttemptOutcome.Accepted or AttemptOutcome.Unknown;

    /// <summary>After a hand-over: what the relay said, and for those whom it was not asked about that they are suppressed.</summary>
    public static Ending Decide(Work work, StreamPolicy stream, HandOverReport report, double chance)
    {
        var outcomes = new Dictionary<int, AttemptOutcome>(report.Outcomes);
        foreach (var (position, reason) in work.Stopped) outcomes[position] = new AttemptOutcome.Refused(reason);
        var disposition = RetryPolicy.Decide(stream, work.Claim.Attempt, work.AllOutcomes(outcomes), chance);
        return new(outcomes, disposition, Gravest(report.Outcomes.Values)) { Dialogue = report.Dialogue };
    }

    /// <summary>After a crash: the relay may have the message, and the stream decides; held where its book is off.</summary>
    public static Ending Lost(Work work, StreamPolicy? stream, double chance)
    {
        var unknown = new AttemptOutcome.Unknown("Waybill was stopped during the hand-over; the relay may have the message");
        var policy = stream ?? new StreamPolicy { Name = work.Claim.Stream, OnUnknown = OnUnknown.Hold };
        return Decide(work, policy, new HandOverReport(work.Everybody(unknown), Dialogue: null), chance);
    }

    /// <summary>The message may not be handed over.</summary>
    public static Ending NotCleared(Work work, Clearance.Settle clearance) => new(
        work.Waiting.ToDictionary(
            recipient => recipient.Position,
            AttemptOutcome (recipient) =>
                new AttemptOutcome.Refused(clearance.Stopped.GetValueOrDefault(recipient.Position) ?? clearance.Reason)),
        new Disposition.Settled(clearance.Status, clearance.Reason),
        new AttemptOutcome.Refused(clearance.Reason));

    /// <summary>There are no bytes to send, now or later.</summary>
    public static Ending Unreadable(Work work, Exception reason)
    {
        var refused = new AttemptOutcome.Refused(reason.Message);
        return new(work.Everybody(refused), new Disposition.Settled(MessageStatus.Failed, reason.Message), refused);
    }

    /// <summary>The message waited too long for a relay that is not reached; what somebody may have got stays unknown.</summary>
    public static Ending GivenUp(Work work, string trouble)
    {
        var days = StreamPolicy.LongestWaitForRelay.TotalDays;
        var sentence = $"It waited {days:0} days for its relay, which was not reached: {trouble}";
        var gone = new AttemptOutcome.Deferred(sentence) { Cause = Deferral.Network };
        var outcomes = work.Waiting.ToDictionary(
            recipient => recipient.Position,
            AttemptOutcome (recipient) => recipient.Status == "unknown" ? new AttemptOutcome.Unknown(recipient.Reply ?? "") : gone);
        var last = new StreamPolicy { Name = work.Claim.Stream }; // without waits: nothing is tried again
        return new(outcomes, RetryPolicy.Decide(last, attempt: 1, work.AllOutcomes(outcomes), chance: 0.5), gone);
    }

    static AttemptOutcome Gravest(IEnumerable<AttemptOutcome> outcomes) => outcomes.MaxBy(outcome => outcome switch
    {
        AttemptOutcome.Accepted => 3,
        AttemptOutcome.Unknown => 2,
        AttemptOutcome.Deferred => 1,
        _ => 0,
    })!;
}
