using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Clearing;
using Waybill.Engine.Composing;
using Waybill.Engine.Messages;
using Waybill.Engine.Outbox;
using Waybill.Engine.Relays;
using Waybill.Engine.Routing;

namespace Waybill.Engine.Sending;

/// <summary>Delivers one claimed message: clear, compose, begin, hand over, decide, settle.</summary>
internal sealed partial class Delivery(
    StreamTable streams, RelayDirectory relays, HandOverGate gate, Composer composer, HandingOver handingOver, OutcomeWriter outcomes,
    MessageOutbox outbox, TimeProvider clock, ILogger<Delivery> log)
{
    static readonly TimeSpan BookWait = TimeSpan.FromMinutes(10);

    /// <summary>Delivers the message, or finds that it may not be delivered, and says where it stands then.</summary>
    /// <exception cref="OperationCanceledException">Nobody got the message: stopping, or the lease ended before the hand-over.</exception>
    public async Task<Standing> DeliverAsync(Work work, CancellationToken stopping)
    {
        if (streams.TryFind(work.Claim.Stream) is not { } stream) return await WaitForBookAsync(work);
        await using var loan = await relays.BorrowAsync(stream.DefaultRelayOnly ? null : work.Relay, stopping);
        var admission = await loan.AdmitAsync(work.Claim.Share, stream.AtCap, work.IsInline, stopping);
        if (admission is RelayAdmission.Later(var wait)) return await WaitAsync(work, wait);

        var clearance = await gate.ClearAsync(work, stream, loan.Relay, stopping);
        if (clearance is not Clearance.Go(var stopped)) return await EndUnsentAsync(work, stream, clearance);
        work = work with { Stopped = stopped };

        var composing = await ComposeAsync(work, stopping);
        if (composing is not ComposeOutcome.Done(var composed)) return await EndUncomposedAsync(work, composing);

        if (!await BeginAsync(work, loan.Relay, composed)) return work.Queued;

        var handedOver = await handingOver.HandOverAsync(work, loan, composed, stopping);

        var ending = Decide(work, stream, loan, handedOver);
        loan.IsTaken = ending.IsTaken;

        return await outcomes.SettleAsync(work, ending);
    }

    /// <summary>An attempt that a crash left open: whether the relay has the message is unknown, and the stream decides.</summary>
    public Task SettleLostAsync(Work work) =>
        outcomes.SettleAsync(work, Ending.Lost(work, streams.TryFind(work.Claim.Stream), Random.Shared.NextDouble()));

    /// <summary>The message waited too long for its relay; if somebody may have got it, it is held. No attempt is made.</summary>
    public Task GiveUpAsync(Work work, string trouble) => outcomes.SettleAsync(work, Ending.GivenUp(work, trouble));

    /// <summary>Nothing was handed over, so this was no attempt: due again at once, here or on another node.</summary>
    public Task HandBackAsync(Work work) => outcomes.HandBackAsync(work, TimeSpan.Zero);

    /// <summary>As above, after a defect: not at once, or it would be met again and again.</summary>
    public Task HandBackLaterAsync(Work work) => outcomes.HandBackAsync(work, OutcomeWriter.DefectWait);

    Task<Standing> WaitForBookAsync(Work work)
    {
        LogNoStream(work.Claim.Message, work.Claim.Stream, BookWait);
        return WaitAsync(work, BookWait);
    }

    async Task<Standing> WaitAsync(Work work, TimeSpan wait)
    {
        await outbox.HandBackAsync(work.Claim, wait, CancellationToken.None);
        return work.Queued;
    }

    Task<Standing> EndUnsentAsync(Work work, StreamPolicy stream, Clearance clearance) => clearance switch
    {
        Clearance.Leave(var reason) => outcomes.ForgetAsync(work, stream, reason),
        Clearance.Settle settle => outcomes.SettleAsync(work, Ending.NotCleared(work, settle)),
        _ => throw new UnreachableException("A message that was accepted is not refused."),
    };

    async Task<ComposeOutcome> ComposeAsync(Work work, CancellationToken stopping)
    {
        try
        {
            return new ComposeOutcome.Done(await composer.ComposeAsync(work.HeaderId, work.Snapshot, stopping));
        }
        catch (Exception broken) when (broken is InvalidDataException or ArgumentException or FormatException)
        {
            return new ComposeOutcome.Unreadable(broken);
        }
        catch (CryptographicException locked)
        {
            return new ComposeOutcome.Locked(locked);
        }
    }

    Task<Standing> EndUncomposedAsync(Work work, ComposeOutcome outcome)
    {
        switch (outcome)
        {
            case ComposeOutcome.Unreadable(var reason):
                return outcomes.SettleAsync(work, Unreadable(work, reason));
            case ComposeOutcome.Locked(var reason):
                // Another node, or this one once it was given the right key, can open it: nothing may be erased here.
                LogLocked(work.Claim.Message, BookWait, reason);
                return WaitAsync(work, BookWait);
            default:
                throw new UnreachableException($"{outcome.GetType().Name} is no end.");
        }
    }

    /// <summary>Puts the open attempt on disk. False when the claim was lost to another node.</summary>
    async Task<bool> BeginAsync(Work work, Relay relay, Composed composed)
    {
        var composition = work.Snapshot.Composition is null ? composed.Composition : null;
        if (await outbox.BeginAsync(new(work.Claim, relay.Name, clock.GetUtcNow(), composition, composed.Hash, composed.Size))) return true;
        outcomes.TellLost(work);
        return false;
    }

    Ending Decide(Work work, StreamPolicy stream, RelayLoan loan, HandOverOutcome outcome) => outcome switch
    {
        HandOverOutcome.Reported(var report) =>
            Ending.Decide(work, PolicyAfter(work, stream, loan, report), report, Random.Shared.NextDouble()),
        HandOverOutcome.Unreadable(var reason) => Unreadable(work, reason),
        _ => throw new UnreachableException($"No rule for {outcome.GetType().Name}."),
    };

    /// <summary>A message that tried a resting relay in vain, and has waited for it as long as a message may, is not tried again.</summary>
    StreamPolicy PolicyAfter(Work work, StreamPolicy stream, RelayLoan loan, HandOverReport report)
    {
        var isLast = loan.IsProbe && report.Unreached is not null && clock.GetUtcNow() - work.FirstDue > StreamPolicy.LongestWaitForRelay;
        return isLast ? stream with { Waits = [], RetryOnceOnConnectionFault = false } : stream;
    }

    Ending Unreadable(Work work, Exception reason)
    {
        LogCannotCompose(work.Claim.Message, reason);
        return Ending.Unreadable(work, reason);
    }

    [LoggerMessage(2111, LogLevel.Warning, "Message {Id} waits {Wait}: its stream {Stream} belongs to a book that is off (Modules)")]
    partial void LogNoStream(MessageId id, string stream, TimeSpan wait);

    [LoggerMessage(2112, LogLevel.Error,
        "Message {Id} waits {Wait}: what was sealed for it cannot be opened; the master key (Secrets:KeyPath, WAYBILL_MASTER_KEY) is not "
            + "the one that sealed it")]
    partial void LogLocked(MessageId id, TimeSpan wait, Exception reason);

    [LoggerMessage(2106, LogLevel.Error, "Message {Id} cannot be composed")]
    partial void LogCannotCompose(MessageId id, Exception reason);
}

/// <summary>What came of composing a message.</summary>
internal abstract record ComposeOutcome
{
    private ComposeOutcome() { }

    /// <summary>Its bytes are known.</summary>
    public sealed record Done(Composed Composed) : ComposeOutcome;

    /// <summary>There are no bytes to send, now or later.</summary>
    public sealed record Unreadable(Exception Reason) : ComposeOutcome;

    /// <summary>What was sealed for it cannot be opened by this node's master key.</summary>
    public sealed record Locked(CryptographicException Reason) : ComposeOutcome;
}
