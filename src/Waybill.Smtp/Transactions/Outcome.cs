using Waybill.Smtp.Replies;

namespace Waybill.Smtp.Transactions;

/// <summary>From a judged reply to what it means for a recipient.</summary>
static class Outcome
{
    public static RecipientOutcome Of(Verdict verdict, Reply reply, DialogueStage stage) => verdict switch
    {
        Verdict.Accepted => new RecipientOutcome.Accepted(reply),
        Verdict.Refused => new RecipientOutcome.Refused(reply, reply.ToString()),
        Verdict.ProtocolFault => OutOfStep(reply, stage),
        _ => new RecipientOutcome.Deferred(reply, reply.ToString()),
    };

    /// <summary>The connection broke: before the dot the message is still ours, after it nobody knows.</summary>
    public static RecipientOutcome Broken(string clause, DialogueStage stage, bool dotMayBeOut) => dotMayBeOut
        ? new RecipientOutcome.Unknown($"The message was sent and no answer understood: {clause}.")
        : new RecipientOutcome.Deferred(null, $"While {Words.While(stage)}: {clause}.");

    static RecipientOutcome OutOfStep(Reply reply, DialogueStage stage)
    {
        var words = $"while {Words.While(stage)} the relay answered out of step: {reply}";
        return stage == DialogueStage.Content
            ? new RecipientOutcome.Unknown($"The message was sent; {words}")
            : new RecipientOutcome.Deferred(reply, $"Protocol fault: {words}");
    }
}
