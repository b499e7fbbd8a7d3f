using Waybill.Smtp.Replies;

namespace Waybill.Smtp;

/// <summary>What a hand-over came to for one recipient.</summary>
public abstract record RecipientOutcome
{
    RecipientOutcome(string reason) => Reason = reason;

    /// <summary>A printable sentence on one line, with the relay's own words where there are any.</summary>
    public string Reason { get; }

    /// <summary>The relay took responsibility (RFC 5321 §4.2.5: 2yz to the final dot).</summary>
    public sealed record Accepted(Reply Reply) : RecipientOutcome(Reply.ToString());

    /// <summary>The relay did not take the message, and may do so later.</summary>
    /// <param name="Reply">The relay's reply, where it was a reply that decided.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Deferred(Reply? Reply, string Reason) : RecipientOutcome(Reason);

    /// <summary>The message will not be taken for this recipient, however often it is tried.</summary>
    /// <param name="Reply">The relay's reply; null where we knew without asking (5.3.4 too big, 5.6.7 needs SMTPUTF8).</param>
    /// <param name="Reason">Why.</param>
    public sealed record Refused(Reply? Reply, string Reason) : RecipientOutcome(Reason);

    /// <summary>
    /// The final dot was sent, or may have been, and no reply was understood: the relay has the message, or has it not. Sending again
    /// may make a duplicate, not sending may lose the message.
    /// </summary>
    public sealed record Unknown(string Reason) : RecipientOutcome(Reason);

    /// <summary>What a judged reply means for a recipient.</summary>
    internal static RecipientOutcome Of(Verdict verdict, Reply reply, DialogueStage stage) => verdict switch
    {
        Verdict.Accepted => new Accepted(reply),
        Verdict.Refused => new Refused(reply, reply.ToString()),
        Verdict.ProtocolFault => OutOfStep(reply, stage),
        _ => new Deferred(reply, reply.ToString()),
    };

    /// <summary>The connection broke: before the dot the message is still ours, after it nobody knows.</summary>
    internal static RecipientOutcome Broken(string clause, DialogueStage stage, bool dotMayBeOut) => dotMayBeOut
        ? new Unknown($"The message was sent and no answer understood: {clause}.")
        : new Deferred(null, $"While {Words.While(stage)}: {clause}.");

    static RecipientOutcome OutOfStep(Reply reply, DialogueStage stage)
    {
        var words = $"while {Words.While(stage)} the relay answered out of step: {reply}";
        return stage == DialogueStage.Content
            ? new Unknown($"The message was sent; {words}")
            : new Deferred(reply, $"Protocol fault: {words}");
    }
}
