using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Blobs;
using Waybill.Engine.Storage;
using Waybill.RacketBook.Exports;
using Waybill.RacketBook.Stringers;

namespace Waybill.RacketBook.Logos;

/// <summary>Removes blobs that nobody will ask for: logos whose place another took, exports that a crash kept from being removed.</summary>
public sealed partial class BlobKeeper(IDatabase database, IBlobStore blobs, TimeProvider clock, ILogger<BlobKeeper> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>Nobody fetches an export for longer.</summary>
    static readonly TimeSpan LongestFetch = TimeSpan.FromDays(1);

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
            catch (Exception defect) when (defect is not OperationCanceledException)
            {
                LogDefect(defect); // the book goes on without it, and so does the server
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Sweeps once; gives how many blobs were removed.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (logos, exports) = (await ListAsync(LogoShelf.Kind, cancellationToken), await ListAsync(ExportDesk.Kind, cancellationToken));
        var removed = 0;
        foreach (var key in exports.Where(export => export.At < now - LongestFetch).Select(export => export.Key)) removed += await RemoveAsync(key, cancellationToken);
        foreach (var ofOne in logos.GroupBy(logo => logo.Key.Tenant).Where(group => group.Skip(1).Any()))
        {
            var named = await database.ReadAsync(session => StringerRows.FindLogoAsync(session, ofOne.Key, cancellationToken), cancellationToken);
            foreach (var key in LogoLeftovers.Of(ofOne, named, now)) removed += await RemoveAsync(key, cancellationToken);
        }

        if (removed > 0) LogRemoved(removed);
        return removed;
    }

    async Task<List<StoredBlob>> ListAsync(string kind, CancellationToken cancellationToken) => await blobs.ListAsync(kind, cancellationToken).ToListAsync(cancellationToken);

    async Task<int> RemoveAsync(BlobKey key, CancellationToken cancellationToken) => await blobs.RemoveAsync(key, cancellationToken) ? 1 : 0;

    [LoggerMessage(4104, LogLevel.Information, "{Count} files that nothing names any more were removed")]
    partial void LogRemoved(int count);

    [LoggerMessage(4105, LogLevel.Warning, "The store of files was not looked through: {Reason}")]
    partial void LogAway(string reason);

    [LoggerMessage(4106, LogLevel.Error, "The store of files could not be looked through")]
    partial void LogDefect(Exception defect);
}
