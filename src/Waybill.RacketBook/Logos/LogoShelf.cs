using System.Collections.Concurrent;
using Waybill.Documents.Pictures;
using Waybill.Engine.Blobs;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.RacketBook.Stringers;

namespace Waybill.RacketBook.Logos;

/// <summary>
/// The logos of stringers, which are blobs: put there before the row that names them, and kept for a while after another took their place. No
/// unit of work fetches one, for a unit touches only the database and memory: who prints fetches before.
/// </summary>
public sealed class LogoShelf(IDatabase database, IBlobStore blobs, TimeProvider clock)
{
    /// <summary>What kind of blobs they are.</summary>
    public const string Kind = "racketbook-logos";

    /// <summary>Beyond it all are read anew: 16 MiB, for each has at most <see cref="LogoCheck.Largest"/>.</summary>
    const int MostKnown = 256;

    readonly ConcurrentDictionary<Guid, byte[]> known = [];

    /// <summary>The logo that a stringer has now.</summary>
    public async Task<StringerLogo> FetchAsync(TenantId stringer, CancellationToken cancellationToken)
    {
        if (await database.ReadAsync(session => StringerRows.FindLogoAsync(session, stringer, cancellationToken), cancellationToken) is not { } blob) return StringerLogo.None;
        if (known.TryGetValue(blob, out var image)) return new(blob, image);
        try
        {
            return new(blob, await ReadAsync(stringer, blob, cancellationToken));
        }
        catch (StorageException away)
        {
            return new(blob, Image: null) { Trouble = away };
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new(blob, Image: null) { Trouble = new BlobsUnavailableException(unreadable) };
        }
    }

    async Task<byte[]?> ReadAsync(TenantId stringer, Guid blob, CancellationToken cancellationToken)
    {
        await using var file = await blobs.OpenAsync(new(stringer, Kind, blob), cancellationToken);
        if (file is null) return null;
        using var read = new MemoryStream();
        await file.CopyToAsync(read, cancellationToken);
        var image = read.ToArray();
        if (LogoPictures.Read(image) is not PictureReading.Readable) return image; // whoever mends the file shall see it at once
        if (known.Count >= MostKnown) known.Clear();
        return known.GetOrAdd(blob, image); // a blob never changes
    }

    /// <summary>Puts a logo there, for a row that will name it.</summary>
    /// <exception cref="StorageException">The store of blobs does not answer.</exception>
    internal async Task<Guid> PutAsync(TenantId stringer, byte[] image, CancellationToken cancellationToken)
    {
        var blob = Guid.CreateVersion7(clock.GetUtcNow());
        await blobs.PutAsync(new(stringer, Kind, blob), file => file.WriteAsync(image, cancellationToken).AsTask(), cancellationToken);
        return blob;
    }

    /// <summary>Removes a logo that no row ever named.</summary>
    internal async Task RemoveAsync(TenantId stringer, Guid blob)
    {
        try
        {
            await blobs.RemoveAsync(new(stringer, Kind, blob), CancellationToken.None);
        }
        catch (StorageException)
        {
            // BlobKeeper does it later
        }
    }
}
