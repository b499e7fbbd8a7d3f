using Waybill.Engine.Retrying;

namespace Waybill.Engine.Outbox;

/// <summary>The end of an attempt: what the relay said to each recipient it was asked about, and what becomes of the message.</summary>
/// <param name="Claim">The claim it was made under.</param>
/// <param name="At">When it ended.</param>
/// <param name="Outcomes">By recipient position; only those that this attempt was about.</param>
/// <param name="Disposition">The decision.</param>
/// <param name="Outcome">The attempt as a whole.</param>
/// <param name="Dialogue">What was said on the wire, without secrets; null when nothing was.</param>
public sealed record Settlement(
    Claim Claim,
    DateTimeOffset At,
    IReadOnlyDictionary<int, AttemptOutcome> Outcomes,
    Disposition Disposition,
    AttemptOutcome Outcome,
    string? Dialogue)
{
    /// <summary>Whether secret values went into the message, which are erased when nothing is left to do.</summary>
    public bool HasSecrets { get; init; }
}
