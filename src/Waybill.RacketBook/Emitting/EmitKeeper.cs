using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Storage;

namespace Waybill.RacketBook.Emitting;

/// <summary>Looks after emits whose end nobody waited for: relays that took longer than a request waits, and what a crash interrupted.</summary>
sealed partial class EmitKeeper(EmitLog emits, TimeProvider clock, ILogger<EmitKeeper> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        do
        {
            try
            {
                await emits.SweepAsync(stoppingToken);
            }
            catch (StorageException away)
            {
                LogAway(away.Message);
            }
            catch (Exception defect) when (defect is not OperationCanceledException)
            {
                LogDefect(defect); // receipts go on without it, and so does the server
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(4102, LogLevel.Warning, "The log of emits waits for the database: {Reason}")]
    partial void LogAway(string reason);

    [LoggerMessage(4103, LogLevel.Error, "The log of emits could not be kept")]
    partial void LogDefect(Exception defect);
}
