using Microsoft.Extensions.Logging;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Blobs;

/// <summary>When blobs of a kind are removed that whoever put them there did not remove.</summary>
/// <param name="Kind">The kind.</param>
public abstract record BlobKeeping(string Kind)
{
    /// <summary>Each goes when it is so old, for nobody needs it longer.</summary>
    public sealed record ForAWhile(string Kind, TimeSpan Longest) : BlobKeeping(Kind);

    /// <summary>
    /// One at a time is a tenant's, and a row names it; <paramref name="NamedAsync"/> asks which, null: none. The others go a week after
    /// another was put in their place, see <see cref="ReplacedBlobs"/>.
    /// </summary>
    public sealed record WhileNamed(string Kind, Func<TenantId, CancellationToken, Task<Guid?>> NamedAsync) : BlobKeeping(Kind);
}

/// <summary>Which blobs of one tenant and kind may go, where one at a time is in use.</summary>
public static class ReplacedBlobs
{
    /// <summary>
    /// How long a blob stays after another took its place: a backup of the blobs may be taken as long after the one of the database.
    /// </summary>
    public static TimeSpan Kept { get; } = TimeSpan.FromDays(7);

    /// <summary>
    /// A blob was replaced, at the latest, when the next one was put there. The newest stays in any case: a row may be about to name it, or
    /// it was given up and nobody knows when.
    /// </summary>
    /// <param name="blobs">All blobs of the kind that the tenant has.</param>
    /// <param name="named">The one that a row names; null: none.</param>
    /// <param name="now">The present time.</param>
    public static IEnumerable<BlobKey> Of(IEnumerable<StoredBlob> blobs, Guid? named, DateTimeOffset now)
    {
        var inOrder = blobs.OrderBy(blob => blob.At).ToList();
        return inOrder.Zip(inOrder.Skip(1)).Where(pair => pair.Second.At < now - Kept && pair.First.Key.Id != named)
            .Select(pair => pair.First.Key);
    }
}

/// <summary>The duty <c>blobs</c>: removes blobs that nothing names, kind by kind. Kinds that nobody registered stay as they are.</summary>
public sealed partial class BlobSweep(IEnumerable<BlobKeeping> kinds, IBlobStore blobs, TimeProvider clock, ILogger<BlobSweep> log)
{
    /// <summary>Sweeps once; gives how many blobs were removed.</summary>
    /// <exception cref="StorageException">The store, or the database, is away.</exception>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var kind in kinds)
            await foreach (var key in LeftoversAsync(kind, clock.GetUtcNow(), cancellationToken))
                if (await blobs.RemoveAsync(key, cancellationToken)) removed++;

        if (removed > 0) LogRemoved(removed);
        return removed;
    }

    async IAsyncEnumerable<BlobKey> LeftoversAsync(
        BlobKeeping keeping, DateTimeOffset now, [System.Runtime.CompilerServices.EnumeratorCancellation]
            CancellationToken cancellationToken)
    {
        var stored = await blobs.ListAsync(keeping.Kind, cancellationToken).ToListAsync(cancellationToken);
        switch (keeping)
        {
            case BlobKeeping.ForAWhile(_, var longest):
                foreach (var blob in stored.Where(blob => blob.At < now - longest)) yield return blob.Key;
                break;
            case BlobKeeping.WhileNamed(_, var namedAsync):
                foreach (var ofOne in stored.GroupBy(blob => blob.Key.Tenant).Where(group => group.Skip(1).Any()))
                    foreach (var key in ReplacedBlobs.Of(ofOne, await namedAsync(ofOne.Key, cancellationToken), now)) yield return key;
                break;
        }
    }

    [LoggerMessage(2521, LogLevel.Information, "{Count} files that nothing names any more were removed")]
    partial void LogRemoved(int count);
}
