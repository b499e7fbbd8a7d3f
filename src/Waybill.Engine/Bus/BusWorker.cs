using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Leasing;
using Waybill.Engine.Outbox;
using Waybill.Engine.Sharing;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Bus;

/// <summary>
/// The loop of the bus: look what is due, claim what has a place, load it and let it be handled. What it holds when it stops it hands back.
/// </summary>
internal sealed partial class BusWorker(
    EventBus bus, OwedLoader loader, Handler handler, IDatabase database, TimeProvider clock, ILogger<BusWorker> log) : BackgroundService
{
    const int ClaimedAtOnce = 128;

    /// <summary>What is due and was not given to us is being claimed by another node.</summary>
    static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(20);

    static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);
    static readonly TimeSpan LongestSleepAmongNodes = TimeSpan.FromSeconds(2);

    /// <summary>While something due has no place. A place that becomes free ends the sleep.</summary>
    static readonly TimeSpan LongestSleepWhenShort = TimeSpan.FromSeconds(1);

    static readonly TimeSpan StorageWait = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan DefectWait = TimeSpan.FromSeconds(5);

    readonly HandlingPlaces places = new();
    readonly Underway underway = new();

    /// <summary>Whether nothing was claimed since the walk round the shares last came to its end.</summary>
    bool isRoundInVain;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
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
            await underway.StopAsync();
        }
    }

    async Task ClaimOnceAsync(CancellationToken stopping)
    {
        try
        {
            var tenure = bus.TakeTenure();
            places.Look();
            var queued = await bus.LookAsync(ClaimedAtOnce, stopping);
            var owed = await ClaimAsync(places.Allot(queued, ClaimedAtOnce), tenure, stopping);
            foreach (var one in owed) Begin(one, stopping);
            if (owed.Count > 0) isRoundInVain = false;
            else if (IsWorthSleeping(queued) && await bus.PromoteStrandedAsync(stopping) == 0) await SleepAsync(queued, stopping);
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
    bool IsWorthSleeping(QueuedShares<HandlingShare> queued)
    {
        var isEnough = queued.IsComplete || (queued.EndsRound && isRoundInVain);
        isRoundInVain = !isEnough && (isRoundInVain || queued.EndsRound);
        return isEnough;
    }

    async Task<IReadOnlyList<Owed>> ClaimAsync(IReadOnlyList<(HandlingShare Share, int Count)> asked, Tenure tenure, CancellationToken stopping)
    {
        IReadOnlyList<Owed> owed = [];
        try
        {
            return owed = await LoadAsync(await bus.ClaimAsync(asked, stopping), tenure);
        }
        finally
        {
            var used = owed.CountBy(one => one.Claim.Share).ToDictionary();
            foreach (var (share, count) in asked) // another node was faster, or it could not be loaded
                if (count - used.GetValueOrDefault(share) is var unused and > 0) places.Leave(share, unused);
        }
    }

    async Task<IReadOnlyList<Owed>> LoadAsync(IReadOnlyList<DeliveryClaim> claims, Tenure tenure)
    {
        try
        {
            var owed = await loader.LoadAsync(claims, tenure, CancellationToken.None);
            bus.LetGo([.. claims.Except(owed.Select(one => one.Claim))]); // their events are gone: renewed, they would stay for ever
            return owed;
        }
        catch
        {
            bus.LetGo(claims);
            throw;
        }
    }

    async Task SleepAsync(QueuedShares<HandlingShare> queued, CancellationToken stopping)
    {
        var longest = places.IsShort ? LongestSleepWhenShort : database.Writers > 1 ? LongestSleepAmongNodes : LongestSleep;
        var next = await bus.NextDueAsync(places.IsShort ? queued.Now : null, stopping);
        var untilNext = next is { } due ? due - clock.GetUtcNow() : longest;
        await bus.Wakeup.WaitAsync(untilNext < ShortestSleep ? ShortestSleep : untilNext > longest ? longest : untilNext, clock, stopping);
    }

    /// <summary>Each waits for a place to run in, and none for one that another's share holds.</summary>
    void Begin(Owed owed, CancellationToken stopping) => underway.Begin(async () =>
    {
        try
        {
            if (await EnterAsync(owed, stopping)) await HandleAsync(owed, stopping);
            else await handler.HandBackAsync(owed.Claim, TimeSpan.Zero);
        }
        catch (Exception broken)
        {
            LogBroken(owed.Event.Id, broken);
            bus.LetGo([owed.Claim]);
        }
        finally
        {
            if (places.Leave(owed.Claim.Share)) bus.Wakeup.Heard();
        }
    });

    async Task<bool> EnterAsync(Owed owed, CancellationToken stopping)
    {
        try
        {
            await places.EnterAsync(owed.Claim.Share, stopping);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    async Task HandleAsync(Owed owed, CancellationToken stopping)
    {
        try
        {
            await handler.HandleAsync(owed, stopping);
        }
        finally
        {
            places.Exit(owed.Claim.Share);
        }
    }

    [LoggerMessage(2711, LogLevel.Warning, "The bus waits: {Reason}")]
    partial void LogAway(string reason);

    [LoggerMessage(2712, LogLevel.Error, "The bus met a defect of Waybill; it goes on in a moment")]
    partial void LogStumbled(Exception defect);

    [LoggerMessage(2713, LogLevel.Error, "Event {Id} met a defect of Waybill; it is taken up again when its lease is over")]
    partial void LogBroken(Events.EventKey id, Exception defect);
}
