using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Leasing;
using Waybill.Engine.Messages;
using Waybill.Engine.Outbox;
using Waybill.Engine.Sharing;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Sending;

/// <summary>
/// The loop that delivers: look what is due, claim what has a place, load it and let it be delivered. What it holds when it stops it hands back.
/// </summary>
internal sealed partial class DeliveryWorker(
    MessageOutbox outbox, InlineLane lane, WorkLoader loader, Delivery delivery, DeliveryPlaces places, Overdue overdue, ClockKeeper clockKeeper, Wakeup wakeup, IDatabase database,
    DatabaseClock clock, ILogger<DeliveryWorker> log) : BackgroundService
{
    const int ClaimedAtOnce = 64;

    /// <summary>What is due and was not given to us is being claimed by another node.</summary>
    static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(20);

    static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);
    static readonly TimeSpan LongestSleepAmongNodes = TimeSpan.FromSeconds(2);

    /// <summary>While something due has no place. A place that becomes free ends the sleep.</summary>
    static readonly TimeSpan LongestSleepWhenShort = TimeSpan.FromSeconds(1);

    static readonly TimeSpan StorageWait = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan DefectWait = TimeSpan.FromSeconds(5);

    readonly Underway underway = new();
    bool isCaughtUp;

    /// <summary>Whether nothing was claimed since the walk round the shares last came to its end.</summary>
    bool isRoundInVain;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        lane.Open();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        underway.Begin(() => TakeInlineAsync(stoppingToken));
        try
        {
            while (!stoppingToken.IsCancellationRequested) await ClaimOnceAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // stopping
        }
        finally
        {
            lane.Close();
            await underway.StopAsync();
        }
    }

    async Task ClaimOnceAsync(CancellationToken stopping)
    {
        try
        {
            if (!isCaughtUp) await clockKeeper.CatchUpAsync(stopping);
            isCaughtUp = true;
            await clockKeeper.RefreshAsync(stopping);
            var tenure = outbox.TakeTenure();
            places.Look();
            var queued = await outbox.LookAsync(ClaimedAtOnce, stopping);
            var works = await ClaimAsync(places.Allot(queued, ClaimedAtOnce), stopping);
            foreach (var work in works) Begin(work with { Tenure = tenure }, stopping);
            if (places.Resting.Count > 0) await overdue.SettleAsync(places.Resting, stopping);
            if (works.Count == 0 && IsWorthSleeping(queued)) await SleepAsync(queued, stopping);
            else if (works.Count > 0) isRoundInVain = false;
        }
        catch (StorageException away)
        {
            LogAway(away.Message);
            await Task.Delay(StorageWait, clock, stopping);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            LogStumbled(broken); // a loop that ends would take the server with it
            await Task.Delay(DefectWait, clock, stopping);
        }
    }

    /// <summary>Somebody's share may yet be come by on the walk; not, once it went all round in vain.</summary>
    bool IsWorthSleeping(QueuedShares<DeliveryShare> queued)
    {
        var isEnough = queued.IsComplete || (queued.EndsRound && isRoundInVain);
        isRoundInVain = !isEnough && (isRoundInVain || queued.EndsRound);
        return isEnough;
    }

    async Task<IReadOnlyList<Work>> ClaimAsync(IReadOnlyList<(DeliveryShare Share, int Count)> asked, CancellationToken stopping)
    {
        IReadOnlyList<Claim> claims = [];
        IReadOnlyList<Work> works = [];
        try
        {
            claims = await outbox.ClaimAsync(asked, stopping);
            works = await LoadAsync(claims);
            return works;
        }
        finally
        {
            LeaveUnused(asked, works);
        }
    }

    /// <summary>Another node was faster, or it could not be loaded.</summary>
    void LeaveUnused(IReadOnlyList<(DeliveryShare Share, int Count)> asked, IReadOnlyList<Work> works)
    {
        var used = works.CountBy(work => work.Claim.Share).ToDictionary();
        foreach (var (share, count) in asked)
            if (count - used.GetValueOrDefault(share) is var unused and > 0) places.Leave(share, unused);
    }

    async Task<IReadOnlyList<Work>> LoadAsync(IReadOnlyList<Claim> claims)
    {
        IReadOnlyList<Work> works = [];
        try
        {
            return works = await loader.LoadAsync(claims, CancellationToken.None);
        }
        finally
        {
            if (works.Count < claims.Count) outbox.LetGo([.. claims.Except(works.Select(work => work.Claim))]);
        }
    }

    async Task SleepAsync(QueuedShares<DeliveryShare> queued, CancellationToken stopping)
    {
        var longest = places.IsShort ? Min(LongestSleepWhenShort, places.RestLeft ?? LongestSleepWhenShort)
            : database.Writers > 1 ? LongestSleepAmongNodes
            : LongestSleep;
        var next = await outbox.NextDueAsync(places.IsShort ? queued.Now : null, stopping);
        var untilNext = next is { } due ? due - clock.GetUtcNow() : longest;
        await wakeup.WaitAsync(Max(Min(untilNext, longest), ShortestSleep), clock, stopping);
    }

    static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>Each waits for its own relay, and none for a place that another's holds.</summary>
    void Begin(Work work, CancellationToken stopping) => underway.Begin(async () =>
    {
        try
        {
            if (stopping.IsCancellationRequested) await delivery.HandBackAsync(work);
            else await DeliverAsync(work, stopping);
        }
        finally
        {
            if (places.Leave(work.Claim.Share)) wakeup.Heard();
        }
    });

    async Task TakeInlineAsync(CancellationToken stopping)
    {
        await foreach (var turn in lane.Turns.ReadAllAsync(CancellationToken.None))
            underway.Begin(async () => turn.Ended(await DeliverInlineAsync(turn, stopping)));
    }

    async Task<Standing> DeliverInlineAsync(InlineTurn turn, CancellationToken stopping)
    {
        if (!await EnterInlineAsync(turn, stopping)) return await lane.HandBackAsync(turn.Claim);
        try
        {
            var loaded = await LoadAsync([turn.Claim]);
            return await DeliverAsync(loaded[0] with { Tenure = turn.Tenure, IsInline = true }, stopping);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            LogStumbled(broken); // found again when its lease is over
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
    partial void LogAway(string reason);

    [LoggerMessage(2002, LogLevel.Error, "Message {Id} met a defect of Waybill; it is tried again")]
    partial void LogBroken(Messages.MessageId id, Exception defect);

    [LoggerMessage(2003, LogLevel.Error, "Delivery met a defect of Waybill; it goes on in a moment")]
    partial void LogStumbled(Exception defect);
}
