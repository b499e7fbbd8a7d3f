using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Messages;
using Waybill.Engine.Outbox;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Sending;

/// <summary>
/// The loop that delivers: claim what is due, load it, hand it to the deliverers. What it holds when it stops it hands back.
/// </summary>
internal sealed partial class DeliveryWorker(
    MessageOutbox outbox, InlineLane lane, WorkLoader loader, Delivery delivery, ClockKeeper clockKeeper, Wakeup wakeup, IDatabase database, DatabaseClock clock,
    ILogger<DeliveryWorker> log) : BackgroundService
{
    const int Deliverers = 32;
    const int InlineDeliverers = 16;
    const int ClaimedAtOnce = 64;

    /// <summary>What is due and was not given to us is being claimed by another node.</summary>
    static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(20);

    static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);
    static readonly TimeSpan LongestSleepAmongNodes = TimeSpan.FromSeconds(2);
    static readonly TimeSpan StorageWait = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan DefectWait = TimeSpan.FromSeconds(5);

    readonly Channel<Work> claimed = Channel.CreateBounded<Work>(new BoundedChannelOptions(ClaimedAtOnce) { SingleWriter = true });
    bool isCaughtUp;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        lane.Open();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var deliverers = Enumerable.Range(0, Deliverers).Select(_ => Task.Run(() => DeliverAsync(stoppingToken), CancellationToken.None))
            .Concat(Enumerable.Range(0, InlineDeliverers).Select(_ => Task.Run(() => DeliverInlineAsync(stoppingToken), CancellationToken.None))).ToArray();
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
            claimed.Writer.TryComplete();
            lane.Close();
            await Task.WhenAll(deliverers);
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
            var claims = await outbox.ClaimAsync(ClaimedAtOnce, stopping);
            foreach (var work in await LoadAsync(claims)) await PassOnAsync(work with { Tenure = tenure }, stopping);
            if (claims.Count == 0) await SleepAsync(stopping);
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

    async Task<IReadOnlyList<Work>> LoadAsync(IReadOnlyList<Claim> claims)
    {
        try
        {
            return await loader.LoadAsync(claims, CancellationToken.None);
        }
        catch
        {
            outbox.LetGo(claims);
            throw;
        }
    }

    /// <summary>Waits for a free deliverer. Once stopping, what was claimed is passed on all the same, for the deliverers hand it back.</summary>
    async Task PassOnAsync(Work work, CancellationToken stopping)
    {
        if (claimed.Writer.TryWrite(work)) return;
        try
        {
            await claimed.Writer.WriteAsync(work, stopping);
        }
        catch (OperationCanceledException)
        {
            await delivery.HandBackAsync(work);
        }
    }

    async Task SleepAsync(CancellationToken stopping)
    {
        var longest = database.Writers > 1 ? LongestSleepAmongNodes : LongestSleep;
        var next = await outbox.NextDueAsync(stopping);
        var untilNext = next is { } due ? due - clock.GetUtcNow() : longest;
        await wakeup.WaitAsync(Clamp(untilNext, ShortestSleep, longest), clock, stopping);
    }

    static TimeSpan Clamp(TimeSpan sleep, TimeSpan shortest, TimeSpan longest) => sleep < shortest ? shortest : sleep > longest ? longest : sleep;

    async Task DeliverAsync(CancellationToken stopping)
    {
        await foreach (var work in claimed.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (stopping.IsCancellationRequested) await delivery.HandBackAsync(work);
            else await DeliverAsync(work, stopping);
        }
    }

    async Task DeliverInlineAsync(CancellationToken stopping)
    {
        await foreach (var turn in lane.Turns.ReadAllAsync(CancellationToken.None)) turn.Ended(await DeliverInlineAsync(turn, stopping));
    }

    async Task<Standing> DeliverInlineAsync(InlineTurn turn, CancellationToken stopping)
    {
        try
        {
            var loaded = await LoadAsync([turn.Claim]);
            return await DeliverAsync(loaded[0] with { Tenure = turn.Tenure }, stopping);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            LogStumbled(broken); // found again when its lease is over
            return new(turn.Claim.Message, MessageStatus.Sending, broken.Message);
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
