using System.Collections.Concurrent;
using Waybill.Engine.Blobs;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.RacketBook.Stringers;

namespace Waybill.RacketBook.Logos;

/// <summary>
/// The logos of stringers, which are blobs: put there before the row that names them, removed after it. No unit of work fetches one, for a
/// unit touches only the database and memory: who prints fetches before.
/// </summary>
public sealed class LogoShelf(IDatabase database, IBlobStore blobs, TimeProvider clock)
{
    /// <summary>What kind of blobs they are.</summary>
    public const string Kind = "logos";

    /// <summary>Beyond it all are read anew: 16 MiB, for each has at most <see cref="LogoCheck.Largest"/>.</summary>
    const int MostKnown = 256;

    readonly ConcurrentDictionary<Guid, byte[]> known = [];

    /// <summary>The logo that a stringer has now.</summary>
    /// <exception cref="StorageException">The store of blobs does not answer.</exception>
    public async Task<StringerLogo> FetchAsync(TenantId stringer, CancellationToken cancellationToken)
    {
        var logo = await ReadAsync(stringer, cancellationToken);
        return logo is { Blob: not null, Image: null } ? await ReadAsync(stringer, cancellationToken) : logo; // another took its place between the row and the file
    }

    async Task<StringerLogo> ReadAsync(TenantId stringer, CancellationToken cancellationToken)
    {
        var blob = await database.ReadAsync(session => StringerRows.FindLogoAsync(session, stringer, cancellationToken), cancellationToken);
        return blob is { } id ? new(id, await ImageAsync(stringer, id, cancellationToken)) : StringerLogo.None;
    }

    async Task<byte[]?> ImageAsync(TenantId stringer, Guid blob, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(blob, out var image)) return image;
        await using var file = await blobs.OpenAsync(new(stringer, Kind, blob), cancellationToken);
        if (file is null) return null;
        using var read = new MemoryStream();
        await file.CopyToAsync(read, cancellationToken);
        if (known.Count >= MostKnown) known.Clear();
        return known.GetOrAdd(blob, read.ToArray()); // a blob never changes
    }

    /// <summary>Puts a logo there, for a row that will name it.</summary>
    /// <exception cref="StorageException">The store of blobs does not answer.</exception>
    internal async Task<Guid> PutAsync(TenantId stringer, byte[] image, CancellationToken cancellationToken)
    {
        var blob = Guid.CreateVersion7(clock.GetUtcNow());
        await blobs.PutAsync(new(stringer, Kind, blob), file => file.WriteAsync(image, cancellationToken).AsTask(), cancellationToken);
        return blob;
    }

    /// <summary>Removes a logo that no row names any more. Should that not be possible now, <see cref="BlobKeeper"/> does it later.</summary>
    internal async Task RemoveAsync(TenantId stringer, Guid? blob)
    {
        if (blob is not { } id) return;
        try
        {
            await blobs.RemoveAsync(new(stringer, Kind, id), CancellationToken.None);
        }
        catch (StorageException)
        {
            // it is in nobody's way
        }
    }
}
