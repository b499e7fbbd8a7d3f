using Waybill.Engine.Messages;

namespace Waybill.Engine.Interventions;

/// <summary>What an intervention came to.</summary>
public abstract record InterventionOutcome
{
    private InterventionOutcome() { }

    /// <summary>It is done. <paramref name="Message"/> is the message to look at: the new one after a resend.</summary>
    public sealed record Done(MessageId Message) : InterventionOutcome;

    /// <summary>The tenant has no such message.</summary>
    public sealed record Missing : InterventionOutcome;

    /// <summary>It stands where this cannot be done, perhaps since a moment ago; nothing was changed.</summary>
    public sealed record NotNow(MessageStatus Status) : InterventionOutcome;

    /// <summary>Its stream does not take it, for the reason that the sentence gives; nothing was changed.</summary>
    public sealed record Refused(string Sentence) : InterventionOutcome;
}
