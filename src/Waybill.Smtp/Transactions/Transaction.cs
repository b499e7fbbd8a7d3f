using Waybill.Mime.Addresses;
using Waybill.Smtp.Replies;
using Waybill.Smtp.Sessions;
using Waybill.Smtp.Wires;

namespace Waybill.Smtp.Transactions;

/// <summary>
/// One message in one session: MAIL, RCPT, DATA, the content and the reply to its final dot. With PIPELINING (RFC 2920) the commands go
/// out in groups, and each reply is judged for its own command all the same; without it a group is one command.
/// </summary>
sealed class Transaction(SmtpSession session, Envelope envelope, MessageContent content)
{
    // So many commands and their replies fit into the sockets' buffers: neither side can wait for the other to read.
    const int Window = 100;

    readonly RecipientLedger ledger = new(envelope.Recipients.Count);
    DialogueStage stage = DialogueStage.Sender;
    ContentTransfer? transfer;
    Reply? routeFault;
    bool isOver, senderStands, relayTookSomebody, mayGoAhead, foundSessionGone;

    /// <summary>The session had rested and was gone; nothing of the message was sent, and a fresh session may do better.</summary>
    public bool FoundSessionGone => foundSessionGone && session.IsBroken;

    /// <exception cref="OperationCanceledException">The caller gave up before the final dot: nobody got the message.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        RefuseWithoutAsking();
        if (!ledger.HasOpen) return;
        using var givingUp = cancellationToken.UnsafeRegister(static wire => ((Wire)wire!).GiveUp(), session.Wire);
        try
        {
            await NegotiateAsync().ConfigureAwait(false);
            if (mayGoAhead) await SendContentAsync(givingUp, cancellationToken).ConfigureAwait(false);
        }
        catch (WireException broken)
        {
            session.Break();
            session.Wire.Transcript.Note(broken.Message);
            ledger.SettleRest(RecipientOutcome.Broken(broken.Message, stage, transfer is { DotMayBeOut: true }));
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
        RouteFault = routeFault is { } reply ? new(stage, $"The relay wants more than this route gives: {reply}", reply) : null,
        Reached = stage,
        Dialogue = transcript.ToString(),
    };

    IEnumerable<Command> Commands()
    {
        if (session.NeedsReset) yield return Command.Reset;
        var extensions = session.Extensions;
        yield return Command.Mail(envelope.ReversePath, extensions.Size ? content.Length : null, extensions.SmtpUtf8 && NeedsSmtpUtf8);
        for (var recipient = 0; recipient < envelope.Recipients.Count; recipient++)
            if (ledger.IsOpen(recipient)) yield return Command.Rcpt(envelope.Recipients[recipient], recipient);
        yield return Command.Data;
    }

    async ValueTask NegotiateAsync()
    {
        foundSessionGone = session.HasRested;
        foreach (var group in Commands().Chunk(session.Extensions.Pipelining ? Window : 1))
        {
            if (isOver || !IsWorthSaying(group[0])) return;
            foreach (var command in group) session.Wire.Queue(command.Line);
            await session.Wire.FlushAsync().ConfigureAwait(false);
            foreach (var command in group) await HearAsync(command).ConfigureAwait(false);
        }
    }

    bool IsWorthSaying(Command command) => command.Verb switch
    {
        CommandVerb.Rcpt => senderStands,
        CommandVerb.Data => ledger.Standing > 0,
        _ => true,
    };

    async ValueTask HearAsync(Command command)
    {
        if (isOver) return;
        if (IsWorthSaying(command)) stage = command.Stage;
        var reply = await session.Wire.ReadReplyAsync().ConfigureAwait(false);
        var verdict = Classification.Judge(command.Stage, reply);
        if (reply.Code == 421 || verdict is Verdict.RouteFault or Verdict.ProtocolFault) End(verdict, reply);
        else if (command.Verb == CommandVerb.Rset) HearReset(verdict, reply);
        else if (command.Verb == CommandVerb.Mail) HearMail(verdict, reply);
        else if (command.Verb == CommandVerb.Rcpt) HearRcpt(command.Recipient, verdict, reply);
        else HearData(verdict, reply);
    }

    void HearReset(Verdict verdict, Reply reply)
    {
        session.NeedsReset = false;
        if (verdict == Verdict.Accepted) return;
        isOver = true;
        session.Break();
        ledger.SettleRest(new RecipientOutcome.Deferred(reply, reply.ToString()));
    }

    void HearMail(Verdict verdict, Reply reply)
    {
        foundSessionGone = false;
        senderStands = verdict == Verdict.Accepted;
        session.NeedsReset = senderStands;
        if (!senderStands) ledger.SettleRest(RecipientOutcome.Of(verdict, reply, stage));
    }

    void HearRcpt(int recipient, Verdict verdict, Reply reply)
    {
        relayTookSomebody |= verdict == Verdict.Accepted;
        if (!senderStands) return;
        if (verdict == Verdict.Accepted) ledger.Stand();
        else ledger.Settle(recipient, RecipientOutcome.Of(verdict, reply, stage));
    }

    void HearData(Verdict verdict, Reply reply)
    {
        mayGoAhead = verdict == Verdict.Accepted;
        if (!mayGoAhead && ledger.Standing > 0) ledger.SettleRest(RecipientOutcome.Of(verdict, reply, stage));
    }

    /// <summary>The session ends here, and with it the transaction.</summary>
    void End(Verdict verdict, Reply reply)
    {
        isOver = true;
        session.Break();
        if (verdict == Verdict.RouteFault) routeFault = reply;
        foundSessionGone &= reply.Code == 421;
        ledger.SettleRest(RecipientOutcome.Of(verdict, reply, stage));
    }

    async ValueTask SendContentAsync(CancellationTokenRegistration givingUp, CancellationToken cancellationToken)
    {
        if (ledger.Standing == 0)
        {
            await SendNothingAsync().ConfigureAwait(false);
            return;
        }

        stage = DialogueStage.Content;
        transfer = new ContentTransfer(session, envelope, content);
        var reply = await transfer.RunAsync(givingUp, cancellationToken).ConfigureAwait(false);
        var verdict = Classification.Judge(stage, reply);
        session.NeedsReset = false;
        if (reply.Code == 421 || verdict == Verdict.ProtocolFault) session.Break();
        ledger.SettleRest(RecipientOutcome.Of(verdict, reply, stage));
    }

    /// <summary>
    /// The relay waits for content though it took nobody: one dot ends that (RFC 2920 §3.1). Not if it said yes to somebody whom we count
    /// as refused, who would get an empty message.
    /// </summary>
    async ValueTask SendNothingAsync()
    {
        if (relayTookSomebody)
        {
            session.Break();
            return;
        }

        await session.Wire.AskAsync(".", session.Timeouts.Block).ConfigureAwait(false);
        session.NeedsReset = false;
    }

    void RefuseWithoutAsking()
    {
        if (session.Extensions.ObjectionTo(envelope.ReversePath, content) is { } refused) ledger.SettleRest(refused);
        for (var recipient = 0; recipient < envelope.Recipients.Count; recipient++)
            if (session.Extensions.ObjectionTo(envelope.Recipients[recipient]) is { } objection) ledger.Settle(recipient, objection);
    }

    bool NeedsSmtpUtf8 => content.NeedsSmtpUtf8 || Needs(envelope.ReversePath) || envelope.Recipients.Any(Needs);

    static bool Needs(Address? address) => address is { NeedsSmtpUtf8: true };
}
