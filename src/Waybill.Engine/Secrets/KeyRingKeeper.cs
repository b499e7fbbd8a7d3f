using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Secrets;

/// <summary>
/// Writes a key of the data-protection ring as soon as it is made, and reads those and the data keys that other nodes made.
/// </summary>
public sealed partial class KeyRingKeeper(KeyRing ring, DataKeysKeeper keys, ILogger<KeyRingKeeper> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await ring.WaitAsync(DataKeysKeeper.Interval, stoppingToken);
                await ExchangeAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // stopping
        }
    }

    async Task ExchangeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await keys.RefreshAsync(cancellationToken); // first, for the ring may be sealed with a new one
            await ring.ExchangeAsync(cancellationToken);
        }
        catch (StorageException away)
        {
            LogAway(away.Message);
        }
    }

    [LoggerMessage(2701, LogLevel.Debug, "The data-protection ring is exchanged with the database in a moment: {Reason}")]
    partial void LogAway(string reason);
}
