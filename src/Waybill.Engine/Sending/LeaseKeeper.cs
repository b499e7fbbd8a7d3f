using Microsoft.Extensions.Logging;
using Waybill.Engine.Leasing;
using Waybill.Engine.Outbox;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Sending;

/// <summary>The duty that renews the leases of this node, four times in each, and takes over what nodes that died left behind.</summary>
internal sealed partial class LeaseKeeper(
    MessageOutbox outbox, WorkLoader loader, Delivery delivery, ClockKeeper clockKeeper, Wakeup wakeup, IDatabase database,
    ILogger<LeaseKeeper> log)
{
    /// <summary>With one process a file, whatever another process still holds at our start it holds no longer.</summary>
    bool IsAlone => database.Writers == 1;

    public async Task KeepAsync(CancellationToken stopping)
    {
        // First the time: leases written under an hour that the other nodes have left would look long over to them.
        await clockKeeper.RefreshAsync(stopping);
        await outbox.Queue.RenewAsync(stopping);
        if (IsAlone || clockKeeper.LeasesCanBeJudged) await SweepAsync(stopping);
    }

    async Task SweepAsync(CancellationToken stopping)
    {
        var lost = await outbox.SweepAsync(IsAlone, stopping);
        try
        {
            foreach (var batch in lost.Chunk(100))
            {
                foreach (var work in await loader.LoadAsync(batch, CancellationToken.None)) await delivery.SettleLostAsync(work);
                await outbox.Queue.RenewAsync(stopping); // our own leases must not end over what a dead node left
            }
        }
        finally
        {
            outbox.Queue.LetGo(lost);
        }

        if (lost.Count > 0) LogTakenOver(lost.Count);
        wakeup.Heard(); // every node sweeps, so there is nobody to ring
    }

    [LoggerMessage(2302, LogLevel.Warning, "{Count} messages were being handed over when their process died; their outcome is unknown")]
    partial void LogTakenOver(int count);
}
