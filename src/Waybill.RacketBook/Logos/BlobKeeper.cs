using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Blobs;
using Waybill.Engine.Storage;
using Waybill.RacketBook.Exports;
using Waybill.RacketBook.Stringers;

namespace Waybill.RacketBook.Logos;

/// <summary>Removes what a crash left among the blobs, once it is a day old: logos that no stringer names, exports that nobody fetched.</summary>
public sealed partial class BlobKeeper(IDatabase database, IBlobStore blobs, TimeProvider clock, ILogger<BlobKeeper> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromHours(1);
    static readonly TimeSpan Left = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (StorageException away)
            {
                LogAway(away.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Sweeps once; gives how many blobs were removed.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        await foreach (var export in OldAsync(ExportDesk.Kind, cancellationToken))
            if (await blobs.RemoveAsync(export, cancellationToken)) removed++;
        await foreach (var logo in OldAsync(LogoShelf.Kind, cancellationToken))
            if (!await IsNamedAsync(logo, cancellationToken) && await blobs.RemoveAsync(logo, cancellationToken)) removed++;
        if (removed > 0) LogRemoved(removed);
        return removed;
    }

    async IAsyncEnumerable<BlobKey> OldAsync(string kind, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var blob in blobs.ListAsync(kind, cancellationToken))
            if (blob.At < clock.GetUtcNow() - Left) yield return blob.Key;
    }

    async Task<bool> IsNamedAsync(BlobKey logo, CancellationToken cancellationToken) =>
        await database.ReadAsync(session => StringerRows.FindLogoAsync(session, logo.Tenant, cancellationToken), cancellationToken) == logo.Id;

    [LoggerMessage(4104, LogLevel.Information, "{Count} files that nothing names any more were removed")]
    partial void LogRemoved(int count);

    [LoggerMessage(4105, LogLevel.Warning, "The store of files was not looked through: {Reason}")]
    partial void LogAway(string reason);
}
