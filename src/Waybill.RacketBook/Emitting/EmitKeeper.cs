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
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(4102, LogLevel.Warning, "The log of emits waits for the database: {Reason}")]
    partial void LogAway(string reason);
}
