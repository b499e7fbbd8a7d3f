using System.Collections.Concurrent;
using System.Security.Cryptography;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Relays;

/// <summary>
/// Finds the relay of a message. A relay is built when it is first needed and kept while it stays as it is; one that was changed or
/// removed is closed once the hand-overs that are under way have ended. A change made on this node counts at once, one made on another
/// within a second.
/// </summary>
public sealed class RelayDirectory(
    Relay standard, IEnumerable<FixedRelay> others, RelayTable table, RelayFactory factory, Tenants tenants,
    TimeProvider clock) : IAsyncDisposable
{
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    readonly Dictionary<Guid, Relay> bySettings = others.ToDictionary(one => one.Id, one => one.Relay);
    readonly ConcurrentDictionary<Guid, (Relay Relay, long Version)> kept = [];
    readonly SemaphoreSlim looking = new(1);
    long revision = -1;
    long changesSeen = -1;
    long lookedAt;

    /// <summary>The relay that the settings name: that of every message without another.</summary>
    public Relay Default => standard;

    /// <summary>The relays that the settings make, by id; the default one among them.</summary>
    public IReadOnlyDictionary<Guid, Relay> FromSettings { get; } =
        others.Select(one => KeyValuePair.Create(one.Id, one.Relay)).Prepend(new(WellKnownRelays.Default, standard)).ToDictionary();

    /// <summary>The relay of that id, if it has been used here; null: nothing is known of it.</summary>
    internal Relay? Known(Guid id) =>
        FromSettings.TryGetValue(id, out var made) ? made : kept.TryGetValue(id, out var known) ? known.Relay : null;

    /// <summary>
    /// The relay of that id, the default one when it is null. One that was removed is not replaced by another: what is given to it is
    /// refused and says why.
    /// </summary>
    /// <exception cref="StorageException">The database is away.</exception>
    public async Task<Relay> ForAsync(Guid? relayId, CancellationToken cancellationToken)
    {
        if (relayId is not { } id) return standard;
        if (FromSettings.TryGetValue(id, out var made)) return made;
        if (IsFresh && kept.TryGetValue(id, out var known)) return known.Relay;
        await looking.WaitAsync(cancellationToken);
        try
        {
            if (!IsFresh) await LookAsync(cancellationToken);
            return kept.TryGetValue(id, out known) ? known.Relay : await OpenAsync(id, cancellationToken);
        }
        finally
        {
            looking.Release();
        }
    }

    /// <summary>As <see cref="ForAsync"/>, and it is not closed before the loan is returned.</summary>
    internal async Task<RelayLoan> BorrowAsync(Guid? relayId, CancellationToken cancellationToken)
    {
        for (; ; )
        {
            if ((await ForAsync(relayId, cancellationToken)).TryLend() is { } loan) return loan;
        }
    }

    bool IsFresh => Volatile.Read(ref changesSeen) == table.Changes && clock.GetElapsedTime(Volatile.Read(ref lookedAt)) < Fresh;

    /// <summary>Lets go of what is no longer as it was.</summary>
    async Task LookAsync(CancellationToken cancellationToken)
    {
        var (seen, at) = (table.Changes, clock.GetTimestamp());
        var current = await table.RevisionAsync(cancellationToken);
        if (current != revision)
        {
            var versions = await table.VersionsAsync(cancellationToken);
            foreach (var (id, entry) in kept)
                if (!versions.TryGetValue(id, out var version) || version != entry.Version) LetGo(id);
        }

        revision = current;
        Volatile.Write(ref lookedAt, at);
        Volatile.Write(ref changesSeen, seen);
    }

    void LetGo(Guid id)
    {
        if (kept.TryRemove(id, out var entry)) _ = entry.Relay.RetireAsync();
    }

    async Task<Relay> OpenAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            if (await table.OpenAsync(id, cancellationToken) is not { } opened) return factory.Removed(id);
            var relay = factory.Make(opened.Relay, opened.Secret, await tenants.IsOperatorAsync(opened.Relay.Tenant, cancellationToken));
            kept[id] = (relay, opened.Relay.Version);
            return relay;
        }
        catch (CryptographicException)
        {
            return factory.Locked(id);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var id in kept.Keys)
            if (kept.TryRemove(id, out var entry)) await entry.Relay.DisposeAsync();
        foreach (var relay in bySettings.Values) await relay.DisposeAsync();
        looking.Dispose();
    }
}
