using System.Diagnostics;
using Waybill.Smtp.Sessions;
using Waybill.Smtp.Wires;

namespace Waybill.Smtp.Transactions;

/// <summary>One hand-over: finds or opens a session, runs the transaction in it, and sees to the session afterwards.</summary>
sealed class Visit(SessionOpening opening, RestingSessions resting, SessionPoolLimits limits, Envelope envelope, MessageContent content)
{
    readonly Transcript transcript = new();
    readonly long startedAt = opening.Clock.GetTimestamp();

    /// <summary>
    /// Done when a session that is not kept has been closed. The result does not wait for it, the place in the pool does: the relay
    /// shall not see one session more than allowed.
    /// </summary>
    public Task Leaving { get; private set; } = Task.CompletedTask;

    public async Task<HandOver> HandOverAsync(CancellationToken cancellationToken)
    {
        if (resting.Take() is { } rested && await TryAsync(rested, cancellationToken).ConfigureAwait(false) is { } done) return done;
        return await opening.OpenAsync(transcript, startedAt, cancellationToken).ConfigureAwait(false) switch
        {
            Opened.Ready(var session) => await RunAsync(session, cancellationToken).ConfigureAwait(false),
            Opened.Faulted(var fault) => Stopped(fault),
            var other => throw new UnreachableException($"No rule for {other.GetType().Name}."),
        };
    }

    // Null when the relay had closed the session meanwhile: it has seen nothing of this message, and once more is not twice.
    async Task<HandOver?> TryAsync(SmtpSession rested, CancellationToken cancellationToken)
    {
        var transaction = await ConverseAsync(rested, cancellationToken).ConfigureAwait(false);
        if (!transaction.FoundSessionGone) return transaction.Result(transcript);
        transcript.Note("the resting session had come to its end; opening another");
        return null;
    }

    async Task<HandOver> RunAsync(SmtpSession session, CancellationToken cancellationToken) =>
        (await ConverseAsync(session, cancellationToken).ConfigureAwait(false)).Result(transcript);

    async Task<Transaction> ConverseAsync(SmtpSession session, CancellationToken cancellationToken)
    {
        session.Begin(transcript, startedAt);
        var transaction = new Transaction(session, envelope, content);
        try
        {
            await transaction.RunAsync(cancellationToken).ConfigureAwait(false);
            return transaction;
        }
        finally
        {
            if (session.MayGoOn(limits)) resting.Add(session);
            else Leaving = session.LeaveAsync();
        }
    }

    HandOver Stopped(RouteFault fault) => new()
    {
        Outcomes = [.. envelope.Recipients.Select(_ => new RecipientOutcome.Deferred(fault.Reply, fault.Sentence))],
        RouteFault = fault,
        Reached = fault.Stage,
        Dialogue = transcript.ToString(),
    };
}
