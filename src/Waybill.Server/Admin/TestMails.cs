using Waybill.Engine.Accepting;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Tenancy;
using Waybill.Screens.Parts;

namespace Waybill.Server.Admin;

/// <summary>Sends a test and tells what came of it, in the relay's own words.</summary>
internal sealed class TestMails(Acceptor acceptor, MessageJournal journal)
{
    /// <summary>One attempt, at once.</summary>
    public async Task<TestOutcome> SendAsync(HttpContext context, TenantId tenant, NewMessage message)
    {
        // Once it is accepted it goes out, whether somebody still waits for the answer or not.
        var accepted = await acceptor.AcceptAsync(tenant, apiKey: null, [message], key: null, _ => "");
        if (accepted is Acceptance.Refused(_, var sentence)) return new(IsGood: false, sentence, Dialogue: null, Message: null);
        var standing = ((Acceptance.Accepted)accepted).Standings[0];
        var dialogue = (await journal.AttemptsAsync(tenant, standing.Id, CancellationToken.None)).LastOrDefault()?.Dialogue;
        var isGood = standing.Status is MessageStatus.Sent or MessageStatus.Sending or MessageStatus.Queued or MessageStatus.Delivered;
        return new(isGood, standing.Reason ?? context.Say(standing.Status is MessageStatus.Sent ? "status.sent" : "test.waiting"), dialogue,
            standing.Id.ToString());
    }
}
