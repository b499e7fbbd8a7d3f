using System.Collections.Concurrent;
using Waybill.Engine.Blobs;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.RacketBook.Stringers;

namespace Waybill.RacketBook.Logos;

/// <summary>
/// The logos of stringers, which are blobs: put there before the row that names them, and kept for a while after another took their place.
/// No unit of work fetches one, for a unit touches only the database and memory: who prints fetches before.
/// </summary>
public sealed class LogoShelf(IDatabase database, IBlobStore blobs, TimeProvider clock)
{
    /// <summary>What kind of blobs they are.</summary>
    public const string Kind = "racketbook-logos";

    /// <summary>Beyond it all are read anew: 16 MiB at most, for each has at most <see cref="LogoCheck.Largest"/>.</summary>
    const int MostKnown = 256;

    readonly ConcurrentDictionary<TenantId, StringerLogo> known = [];

    /// <summary>
    /// The logo that a stringer had when it was last looked, which costs nothing: whoever prints with it asks whether it is still theirs,
    /// and fetches it when it is not.
    /// </summary>
    public ValueTask<StringerLogo> RecallAsync(TenantId stringer, CancellationToken cancellationToken) =>
        known.TryGetValue(stringer, out var logo) ? new(logo) : new(FetchAsync(stringer, cancellationToken));

    /// <summary>The logo that a stringer has now.</summary>
    public async Task<StringerLogo> FetchAsync(TenantId stringer, CancellationToken cancellationToken)
    {
        var blob =
            (await database.ReadAsync(session => StringerRows.FindAsync(session, stringer, cancellationToken), cancellationToken))?.Logo;
        if (known.TryGetValue(stringer, out var logo) && logo.Blob == blob) return logo;
        logo = blob is { } id ? await ReadAsync(stringer, id, cancellationToken) : StringerLogo.None;
        if (!logo.IsGood) return logo; // whoever mends it shall see that at once
        if (known.Count >= MostKnown) known.Clear();
        return known[stringer] = logo;
    }

    async Task<StringerLogo> ReadAsync(TenantId stringer, Guid blob, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = await blobs.OpenAsync(new(stringer, Kind, blob), cancellationToken);
            if (file is null) return new(blob, Image: null);
            using var read = new MemoryStream();
            await file.CopyToAsync(read, cancellationToken);
            return new(blob, read.ToArray());
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

    /// <summary>Puts a logo there, for a row that will name it.</summary>
    /// <exception cref="StorageException">The store of blobs does not answer.</exception>
    internal async Task<Guid> PutAsync(TenantId stringer, byte[] image, CancellationToken cancellationToken)
    {
        var blob = Guid.CreateVersion7(clock.GetUtcNow());
        await blobs.PutAsync(new(stringer, Kind, blob), file => file.WriteAsync(image, cancellationToken).AsTask(), cancellationToken);
        return blob;
    }

    /// <summary>The logo that a stringer's row names; null: none.</summary>
    internal Task<Guid?> NamedAsync(TenantId stringer, CancellationToken cancellationToken) =>
        database.ReadAsync(session => StringerRows.FindLogoAsync(session, stringer, cancellationToken), cancellationToken);

    /// <summary>Removes a logo that no row ever named.</summary>
    internal async Task RemoveAsync(TenantId stringer, Guid blob)
    {
        try
        {
            await blobs.RemoveAsync(new(stringer, Kind, blob), CancellationToken.None);
        }
        catch (StorageException)
        {
            // the duty blobs does it later
        }
    }
}
