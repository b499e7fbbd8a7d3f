using Waybill.Smtp.Replies;
using Waybill.Smtp.Sessions;

namespace Waybill.Smtp.Transactions;

/// <summary>
/// MAIL, RCPT and DATA up to 354. With PIPELINING (RFC 2920) they go out in groups, each reply is judged for its own command all the
/// same; without it a group is one command. There is no second way through.
/// </summary>
sealed class Negotiation(Session session, RecipientLedger ledger, IEnumerable<Command> commands)
{
    // So many commands and their replies fit into the sockets' buffers: neither side can wait for the other to read.
    const int Window = 100;

    bool isOver, senderStands, relayTookSomebody;

    /// <summary>The step whose reply was waited for last.</summary>
    public DialogueStage Stage { get; private set; } = DialogueStage.Sender;

    /// <summary>A session that had rested turned out to be gone before anything of this message was taken.</summary>
    public bool FoundSessionGone { get; private set; }

    public Reply? RouteFault { get; private set; }

    /// <summary>The relay waits for content.</summary>
    public bool MayGoAhead { get; private set; }

    /// <summary>It waits for content though it took nobody: one dot ends that (RFC 2920 §3.1). Not if it said yes to somebody we count
    /// as refused, who would get an empty message.</summary>
    public bool WantsLoneDot => MayGoAhead && ledger.Standing == 0 && !relayTookSomebody;

    public async ValueTask RunAsync()
    {
        FoundSessionGone = session.HasRested;
        foreach (var group in commands.Chunk(session.Extensions.Pipelining ? Window : 1))
        {
            if (isOver || !IsWorthSaying(group[0])) return;
            await SayAsync(group).ConfigureAwait(false);
            await HearAsync(group).ConfigureAwait(false);
        }
    }

    bool IsWorthSaying(Command command) => command.Verb switch
    {
        CommandVerb.Rcpt => senderStands,
        CommandVerb.Data => ledger.Standing > 0,
        _ => true,
    };

    ValueTask SayAsync(Command[] group)
    {
        foreach (var command in group) session.Wire.Queue(command.Line);
        return session.Wire.FlushAsync();
    }

    async ValueTask HearAsync(Command[] group)
    {
        foreach (var command in group)
        {
            if (isOver) return;
            if (command.Verb < CommandVerb.Rcpt || IsWorthSaying(command)) Stage = command.Stage;
            Judge(command, await session.Wire.ReadReplyAsync().ConfigureAwait(false));
        }
    }

    void Judge(Command command, Reply reply)
    {
        var verdict = Classification.Judge(command.Stage, reply);
        if (reply.Code == 421 || verdict is Verdict.RouteFault or Verdict.ProtocolFault) End(verdict, reply);
        else if (command.Verb == CommandVerb.Rset) Reset(verdict, reply);
        else if (command.Verb == CommandVerb.Mail) Sender(verdict, reply);
        else if (command.Verb == CommandVerb.Rcpt) Recipient(command.Recipient, verdict, reply);
        else Data(verdict, reply);
    }

    void End(Verdict verdict, Reply reply)
    {
        isOver = true;
        session.Break();
        if (verdict == Verdict.RouteFault) RouteFault = reply;
        FoundSessionGone &= reply.Code == 421;
        ledger.SettleRest(Outcome.Of(verdict, reply, Stage));
    }

    void Reset(Verdict verdict, Reply reply)
    {
        session.NeedsReset = false;
        if (verdict == Verdict.Accepted) return;
        isOver = true;
        session.Break();
        ledger.SettleRest(new RecipientOutcome.Deferred(reply, reply.ToString()));
    }

    void Sender(Verdict verdict, Reply reply)
    {
        FoundSessionGone = false;
        senderStands = verdict == Verdict.Accepted;
        session.NeedsReset = senderStands;
        if (!senderStands) ledger.SettleRest(Outcome.Of(verdict, reply, Stage));
    }

    void Recipient(int recipient, Verdict verdict, Reply reply)
    {
        relayTookSomebody |= verdict == Verdict.Accepted;
        if (!senderStands) return;
        if (verdict == Verdict.Accepted) ledger.Stand();
        else ledger.Settle(recipient, Outcome.Of(verdict, reply, Stage));
    }

    void Data(Verdict verdict, Reply reply)
    {
        MayGoAhead = verdict == Verdict.Accepted;
        if (!MayGoAhead && ledger.Standing > 0) ledger.SettleRest(Outcome.Of(verdict, reply, Stage));
    }
}
