using System.Globalization;
using Waybill.Mime.Addresses;
using Waybill.Smtp.Replies;
using Waybill.Smtp.Sessions;
using Waybill.Smtp.Wires;

namespace Waybill.Smtp.Transactions;

/// <summary>One message in one session, from MAIL to the reply to its final dot.</summary>
sealed class Transaction(Session session, Envelope envelope, MessageContent content)
{
    readonly RecipientLedger ledger = new(envelope.Recipients.Count);
    Negotiation? negotiation;
    ContentTransfer? transfer;

    /// <summary>The session had rested and was gone; nothing of the message was sent, and a fresh session may do better.</summary>
    public bool FoundSessionGone => negotiation is { FoundSessionGone: true } && session.IsBroken;

    DialogueStage Stage => transfer is null ? negotiation?.Stage ?? DialogueStage.Sender : DialogueStage.Content;

    /// <exception cref="OperationCanceledException">The caller gave up before the final dot: nobody got the message.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        RefuseWithoutAsking();
        if (!ledger.HasOpen) return;
        using var givingUp = cancellationToken.UnsafeRegister(static wire => ((Wire)wire!).GiveUp(), session.Wire);
        try
        {
            await ConverseAsync(givingUp, cancellationToken).ConfigureAwait(false);
        }
        catch (WireException broken)
        {
            session.Break();
            session.Wire.Transcript.Note(broken.Message);
            ledger.SettleRest(Outcome.Broken(broken.Message, Stage, transfer is { DotMayBeOut: true }));
        }
        catch (Exception)
        {
            session.Break();
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    public HandOver Result(Transcript transcript) => new()
    {
        Outcomes = ledger.Outcomes,
        RouteFault = negotiation?.RouteFault is { } reply ? Fault(reply) : null,
        Reached = Stage,
        Dialogue = transcript.ToString(),
    };

    RouteFault Fault(Reply reply) => new(Stage, $"The relay wants more than this route gives: {reply}", reply);

    async ValueTask ConverseAsync(CancellationTokenRegistration givingUp, CancellationToken cancellationToken)
    {
        negotiation = new Negotiation(session, ledger, Commands());
        await negotiation.RunAsync().ConfigureAwait(false);
        if (negotiation.WantsLoneDot) await SendLoneDotAsync().ConfigureAwait(false);
        else if (!negotiation.MayGoAhead) return;
        else if (ledger.Standing == 0) session.Break();
        else await SendContentAsync(givingUp, cancellationToken).ConfigureAwait(false);
    }

    async ValueTask SendContentAsync(CancellationTokenRegistration givingUp, CancellationToken cancellationToken)
    {
        transfer = new ContentTransfer(session, envelope, content);
        var reply = await transfer.RunAsync(givingUp, cancellationToken).ConfigureAwait(false);
        var verdict = Classification.Judge(DialogueStage.Content, reply);
        session.NeedsReset = false;
        if (reply.Code == 421 || verdict == Verdict.ProtocolFault) session.Break();
        ledger.SettleRest(Outcome.Of(verdict, reply, DialogueStage.Content));
    }

    async ValueTask SendLoneDotAsync()
    {
        await session.Wire.AskAsync(".", session.Timeouts.Block).ConfigureAwait(false);
        session.NeedsReset = false;
    }

    IEnumerable<Command> Commands()
    {
        if (session.NeedsReset) yield return Command.Reset;
        var utf8 = session.Extensions.SmtpUtf8 && (content.NeedsSmtpUtf8 || Needs(envelope.ReversePath) || envelope.Recipients.Any(Needs));
        yield return Command.Mail(envelope.ReversePath, session.Extensions.Size ? content.Length : null, utf8);
        for (var recipient = 0; recipient < envelope.Recipients.Count; recipient++)
            if (ledger.IsOpen(recipient)) yield return Command.Rcpt(envelope.Recipients[recipient], recipient);
        yield return Command.Data;
    }

    // What the relay's offers tell beforehand need not be tried: RFC 1870 §6.1 (SIZE), RFC 6531 §3.1 (SMTPUTF8).
    void RefuseWithoutAsking()
    {
        if (session.Extensions.SizeLimit is { } limit && content.Length > limit) ledger.SettleRest(TooBig(limit));
        if (session.Extensions.SmtpUtf8) return;
        if (Needs(envelope.ReversePath)) ledger.SettleRest(NeedsSmtpUtf8("The sender's address"));
        if (content.NeedsSmtpUtf8) ledger.SettleRest(NeedsSmtpUtf8("An address in the message's headers"));
        for (var recipient = 0; recipient < envelope.Recipients.Count; recipient++)
            if (Needs(envelope.Recipients[recipient])) ledger.Settle(recipient, NeedsSmtpUtf8("The address"));
    }

    RecipientOutcome.Refused TooBig(long limit) => new(
        null, $"5.3.4 The message has {Digits(content.Length)} octets, and the relay takes {Digits(limit)} at most.");

    static string Digits(long number) => number.ToString(CultureInfo.InvariantCulture);

    static RecipientOutcome.Refused NeedsSmtpUtf8(string whose) =>
        new(null, $"5.6.7 {whose} needs a relay that offers SMTPUTF8, and this one does not.");

    static bool Needs(Address? address) => address is { NeedsSmtpUtf8: true };
}
