using Microsoft.Extensions.Logging;
using Waybill.Engine.Events;
using Waybill.Engine.Leasing;
using Waybill.Engine.Sending;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Bus;

/// <summary>The duty that renews the leases of the bus, four times in each, and takes over what nodes that died left behind.</summary>
internal sealed partial class BusKeeper(
    EventBus bus, ClockKeeper clockKeeper, IDatabase database, ILogger<BusKeeper> log)
{
    /// <summary>With one process a file, whatever another process still holds at our start it holds no longer.</summary>
    bool IsAlone => database.Writers == 1;

    public async Task KeepAsync(CancellationToken stopping)
    {
        await bus.Queue.RenewAsync(stopping);
        await bus.Queue.CatchUpAsync(stopping);
        if (IsAlone || clockKeeper.LeasesCanBeJudged) Report(await bus.SweepAsync(IsAlone, stopping));
    }

    void Report(Swept<DeliveryClaim> swept)
    {
        if (swept.Queued > 0) LogTakenOver(swept.Queued);
        foreach (var parked in swept.Taken) LogParked(parked.Event, parked.Subscription);
    }

    [LoggerMessage(2723, LogLevel.Warning, "{Count} events were being handled when their process died; they are handled again")]
    partial void LogTakenOver(int count);

    [LoggerMessage(2724, LogLevel.Error, "Event {Id}: the process died each time {Subscription} had it, so it is parked")]
    partial void LogParked(EventKey id, string subscription);
}
