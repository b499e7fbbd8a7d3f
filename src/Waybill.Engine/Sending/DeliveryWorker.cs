using Microsoft.Extensions.Logging;
using Waybill.Engine.Leasing;
using Waybill.Engine.Messages;
using Waybill.Engine.Outbox;
using Waybill.Engine.Relays;
using Waybill.Engine.Sharing;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Sending;

/// <summary>
/// Delivers what is due, each message as its relay has a place for it, and what is to be handed over within its caller's call.
/// </summary>
internal sealed partial class DeliveryWorker(
    MessageOutbox outbox, InlineLane lane, WorkLoader loader, Delivery delivery, DeliveryPlaces places, Overdue overdue,
    ClockKeeper clockKeeper, Wakeup wakeup, IDatabase database, DatabaseClock clock, ILogger<DeliveryWorker> log)
    : QueueWorker<Guid, DeliveryShare, Claim, Work>(outbox.Queue, places, wakeup, claimedAtOnce: 64, database, clock)
{
    bool isCaughtUp;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        lane.Open();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Underway.Begin(() => TakeInlineAsync(stoppingToken));
        await base.ExecuteAsync(stoppingToken);
    }

    protected override void Stopping() => lane.Close();

    protected override async Task PrepareAsync(CancellationToken stopping)
    {
        if (!isCaughtUp) await clockKeeper.CatchUpAsync(stopping);
        isCaughtUp = true;
        await clockKeeper.RefreshAsync(stopping);
    }

    protected override async Task<IReadOnlyList<Work>> LoadAsync(IReadOnlyList<Claim> claims, Tenure tenure) =>
        [.. (await loader.LoadAsync(claims, CancellationToken.None)).Select(work => work with { Tenure = tenure })];

    protected override Task AfterClaimAsync(CancellationToken stopping) =>
        places.Resting.Count > 0 ? overdue.SettleAsync(places.Resting, stopping) : Task.CompletedTask;

    protected override Task WorkAsync(Work work, CancellationToken stopping) =>
        stopping.IsCancellationRequested ? delivery.HandBackAsync(work) : DeliverAsync(work, stopping);

    async Task TakeInlineAsync(CancellationToken stopping)
    {
        await foreach (var turn in lane.Turns.ReadAllAsync(CancellationToken.None))
            Underway.Begin(async () => turn.Ended(await DeliverInlineAsync(turn, stopping)));
    }

    async Task<Standing> DeliverInlineAsync(InlineTurn turn, CancellationToken stopping)
    {
        if (!await EnterInlineAsync(turn, stopping)) return await lane.HandBackAsync(turn.Claim);
        try
        {
            var loaded = await outbox.Queue.LoadAsync([turn.Claim], () => LoadAsync([turn.Claim], turn.Tenure));
            return await DeliverAsync(loaded[0] with { IsInline = true }, stopping);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            LogDefect(broken); // found again when its lease is over
            return new(turn.Claim.Message, MessageStatus.Sending, broken.Message);
        }
        finally
        {
            places.LeaveInline(turn.Claim.Share);
        }
    }

    /// <summary>False when there was no place while its caller waited, or when stopping: nothing was tried.</summary>
    async Task<bool> EnterInlineAsync(InlineTurn turn, CancellationToken stopping)
    {
        using var patience = new CancellationTokenSource(InlineLane.Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
        try
        {
            await places.EnterInlineAsync(turn.Claim.Share, either.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    async Task<Standing> DeliverAsync(Work work, CancellationToken stopping)
    {
        try
        {
            return await delivery.DeliverAsync(work, stopping);
        }
        catch (OperationCanceledException)
        {
            await delivery.HandBackAsync(work); // stopping, or it is no longer ours, which this finds out
        }
        catch (StorageException away)
        {
            LogAway(away.Message);
            await delivery.HandBackAsync(work);
        }
        catch (Exception broken)
        {
            LogBroken(work.Claim.Message, broken);
            await delivery.HandBackLaterAsync(work);
        }

        return new(work.Claim.Message, MessageStatus.Queued, Reason: null);
    }

    [LoggerMessage(2001, LogLevel.Warning, "Delivery waits: {Reason}")]
    protected override partial void LogAway(string reason);

    [LoggerMessage(2002, LogLevel.Error, "Message {Id} met a defect of Waybill; it is tried again")]
    partial void LogBroken(Messages.MessageId id, Exception defect);

    [LoggerMessage(2003, LogLevel.Error, "Delivery met a defect of Waybill; it goes on in a moment")]
    protected override partial void LogDefect(Exception defect);
}
