using Microsoft.Extensions.Logging;
using Waybill.Engine.Leasing;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Bus;

/// <summary>
/// Lets what the bus owes be handled. Each handling waits for a place to run in, and none for one that another's share holds.
/// </summary>
internal sealed partial class BusWorker(
    EventBus bus, OwedLoader loader, Handler handler, HandlingPlaces places, IDatabase database, TimeProvider clock, ILogger<BusWorker> log)
    : QueueWorker<long, HandlingShare, DeliveryClaim, Owed>(bus.Queue, places, bus.Wakeup, claimedAtOnce: 128, database, clock)
{
    protected override Task<IReadOnlyList<Owed>> LoadAsync(IReadOnlyList<DeliveryClaim> claims, Tenure tenure) =>
        loader.LoadAsync(claims, tenure, CancellationToken.None);

    protected override async Task<bool> HasFoundMoreAsync(CancellationToken stopping) => await bus.PromoteStrandedAsync(stopping) > 0;

    protected override async Task WorkAsync(Owed work, CancellationToken stopping)
    {
        try
        {
            if (await EnterAsync(work, stopping)) await HandleAsync(work, stopping);
            else await handler.HandBackAsync(work.Claim, TimeSpan.Zero);
        }
        catch (Exception broken)
        {
            LogBroken(work.Event.Id, broken);
            bus.Queue.LetGo([work.Claim]);
        }
    }

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
    protected override partial void LogAway(string reason);

    [LoggerMessage(2712, LogLevel.Error, "The bus met a defect of Waybill; it goes on in a moment")]
    protected override partial void LogDefect(Exception defect);

    [LoggerMessage(2713, LogLevel.Error, "Event {Id} met a defect of Waybill; it is taken up again when its lease is over")]
    partial void LogBroken(Events.EventKey id, Exception defect);
}
