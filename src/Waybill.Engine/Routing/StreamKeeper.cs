using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Routing;

/// <summary>Reads what is set for streams before anything is delivered, and, among nodes, again twice a second.</summary>
internal sealed partial class StreamKeeper(
    StreamTable streams, IDatabase database, TimeProvider clock, ILogger<StreamKeeper> log) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    bool isLoaded;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while ((!isLoaded || database.Writers > 1) && await timer.WaitForNextTickAsync(stoppingToken)) await LoadAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // stopping
        }
    }

    async Task LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await streams.LoadAsync(cancellationToken);
            isLoaded = true;
        }
        catch (StorageException away)
        {
            LogAway(away.Message);
        }
    }

    [LoggerMessage(2602, LogLevel.Debug, "The settings of streams are read again in a moment: {Reason}")]
    partial void LogAway(string reason);
}
