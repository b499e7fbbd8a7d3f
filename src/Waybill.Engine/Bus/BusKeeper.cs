using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Events;
using Waybill.Engine.Leasing;
using Waybill.Engine.Sending;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Bus;

/// <summary>Renews the leases of the bus four times in each, and takes over what nodes that died left behind.</summary>
internal sealed partial class BusKeeper(
    EventBus bus, ClockKeeper clockKeeper, IDatabase database, TimeProvider clock, ILogger<BusKeeper> log) : BackgroundService
{
    static readonly TimeSpan Interval = Lease.Interval;

    /// <summary>With one process a file, whatever another process still holds at our start it holds no longer.</summary>
    bool IsAlone => database.Writers == 1;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do await KeepAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // stopping
        }
    }

    async Task KeepAsync(CancellationToken stopping)
    {
        try
        {
            await bus.Queue.RenewAsync(stopping);
            await bus.Queue.CatchUpAsync(stopping);
            if (IsAlone || clockKeeper.LeasesCanBeJudged) Report(await bus.SweepAsync(IsAlone, stopping));
        }
        catch (StorageException away)
        {
            LogAway(away.Message);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            LogStumbled(broken); // without renewed leases nothing may go on, so this loop does not end
        }
    }

    void Report(Swept<DeliveryClaim> swept)
    {
        if (swept.Queued > 0) LogTakenOver(swept.Queued);
        foreach (var parked in swept.Taken) LogParked(parked.Event, parked.Subscription);
    }

    [LoggerMessage(2721, LogLevel.Warning, "Leases of the bus wait: {Reason}")]
    partial void LogAway(string reason);

    [LoggerMessage(2722, LogLevel.Error, "Leases of the bus met a defect of Waybill; they are seen to again in a moment")]
    partial void LogStumbled(Exception defect);

    [LoggerMessage(2723, LogLevel.Warning, "{Count} events were being handled when their process died; they are handled again")]
    partial void LogTakenOver(int count);

    [LoggerMessage(2724, LogLevel.Error, "Event {Id}: the process died each time {Subscription} had it, so it is parked")]
    partial void LogParked(EventKey id, string subscription);
}
