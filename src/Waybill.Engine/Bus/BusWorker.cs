using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Outbox;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Bus;

/// <summary>The loop of the bus: claim what is due, load it, give it to one of the handlers' places. What it holds when it stops it hands back.</summary>
internal sealed partial class BusWorker(
    EventBus bus, OwedLoader loader, Handler handler, IDatabase database, TimeProvider clock, ILogger<BusWorker> log) : BackgroundService
{
    const int Places = 64;
    const int ClaimedAtOnce = 128;

    /// <summary>What is due and was not given to us is being claimed by another node.</summary>
    static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(20);

    static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);
    static readonly TimeSpan LongestSleepAmongNodes = TimeSpan.FromSeconds(2);
    static readonly TimeSpan StorageWait = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan DefectWait = TimeSpan.FromSeconds(5);

    readonly Channel<Owed> claimed = Channel.CreateBounded<Owed>(new BoundedChannelOptions(ClaimedAtOnce) { SingleWriter = true });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var places = Enumerable.Range(0, Places).Select(_ => Task.Run(() => HandleAsync(stoppingToken), CancellationToken.None)).ToArray();
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
            await Task.WhenAll(places);
        }
    }

    async Task ClaimOnceAsync(CancellationToken stopping)
    {
        try
        {
            var tenure = bus.TakeTenure();
            var claims = await bus.ClaimAsync(ClaimedAtOnce, stopping);
            foreach (var owed in await LoadAsync(claims, tenure)) await PassOnAsync(owed, stopping);
            if (claims.Count == 0 && await bus.PromoteStrandedAsync(stopping) == 0) await SleepAsync(stopping);
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

    async Task<IReadOnlyList<Owed>> LoadAsync(IReadOnlyList<DeliveryClaim> claims, Tenure tenure)
    {
        try
        {
            return await loader.LoadAsync(claims, tenure, CancellationToken.None);
        }
        catch
        {
            bus.LetGo(claims);
            throw;
        }
    }

    /// <summary>Waits for a free place. Once stopping, what was claimed is passed on all the same, to be handed back.</summary>
    async Task PassOnAsync(Owed owed, CancellationToken stopping)
    {
        if (claimed.Writer.TryWrite(owed)) return;
        try
        {
            await claimed.Writer.WriteAsync(owed, stopping);
        }
        catch (OperationCanceledException)
        {
            await handler.HandBackAsync(owed.Claim, TimeSpan.Zero);
        }
    }

    async Task SleepAsync(CancellationToken stopping)
    {
        var longest = database.Writers > 1 ? LongestSleepAmongNodes : LongestSleep;
        var next = await bus.NextDueAsync(stopping);
        var untilNext = next is { } due ? due - clock.GetUtcNow() : longest;
        await bus.Wakeup.WaitAsync(untilNext < ShortestSleep ? ShortestSleep : untilNext > longest ? longest : untilNext, clock, stopping);
    }

    async Task HandleAsync(CancellationToken stopping)
    {
        await foreach (var owed in claimed.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                await handler.HandleAsync(owed, stopping);
            }
            catch (Exception broken)
            {
                LogBroken(owed.Event.Id, broken); // a place that ends would never come back
                bus.LetGo([owed.Claim]);
            }
        }
    }

    [LoggerMessage(2711, LogLevel.Warning, "The bus waits: {Reason}")]
    partial void LogAway(string reason);

    [LoggerMessage(2712, LogLevel.Error, "The bus met a defect of Waybill; it goes on in a moment")]
    partial void LogStumbled(Exception defect);

    [LoggerMessage(2713, LogLevel.Error, "Event {Id} met a defect of Waybill; it is taken up again when its lease is over")]
    partial void LogBroken(Events.EventKey id, Exception defect);
}
