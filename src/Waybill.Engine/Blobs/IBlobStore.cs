using Waybill.Engine.Storage;

namespace Waybill.Engine.Blobs;

/// <summary>
/// Where files are kept that are no rows. A blob is written once, as a whole, and never changes; what is to change gets a new key. It is no
/// part of a transaction: put it before the row that names it, and remove it after the row that named it is gone.
/// </summary>
public interface IBlobStore
{
    /// <summary>Writes a blob. It is there when all of it is on disk; should anything fail before, there is nothing.</summary>
    /// <param name="key">A key that was not used before.</param>
    /// <param name="write">Writes the content. The stream can be cut to nothing and begun anew.</param>
    /// <param name="cancellationToken">Stops it, and then there is no blob.</param>
    /// <exception cref="InvalidOperationException">There is one under this key.</exception>
    /// <exception cref="StorageException">The store cannot be written to.</exception>
    Task PutAsync(BlobKey key, Func<Stream, Task> write, CancellationToken cancellationToken);

    /// <summary>Opens a blob for reading; null: there is none.</summary>
    /// <exception cref="StorageException">The store cannot be read.</exception>
    Task<Stream?> OpenAsync(BlobKey key, CancellationToken cancellationToken);

    /// <summary>Removes a blob; false: there was none. Who reads it at the time reads it to its end.</summary>
    /// <exception cref="StorageException">The store cannot be written to.</exception>
    Task<bool> RemoveAsync(BlobKey key, CancellationToken cancellationToken);

    /// <summary>All blobs of a kind, of every tenant, in no order.</summary>
    /// <exception cref="StorageException">The store cannot be read.</exception>
    IAsyncEnumerable<StoredBlob> ListAsync(string kind, CancellationToken cancellationToken);

    /// <summary>Tries whether the store can be written to; null: it can, else why not.</summary>
    Task<string?> ProbeAsync(CancellationToken cancellationToken);
}

/// <summary>A blob that there is.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Size">Octets.</param>
/// <param name="At">When it was written.</param>
public sealed record StoredBlob(BlobKey Key, long Size, DateTimeOffset At);
