using Waybill.Engine.Outbox;
using Waybill.Engine.Relays;
using Waybill.Engine.Routing;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Sending;

/// <summary>
/// Settles what has waited longer than <see cref="StreamPolicy.LongestWaitForRelay"/> for a relay that is not reached: while it rests
/// nothing of it is claimed, and its mail would wait for ever. Called by one loop.
/// </summary>
internal sealed class Overdue(MessageOutbox outbox, WorkLoader loader, Delivery delivery, RelayDirectory relays, TimeProvider clock)
{
    const int AtOnce = 64;
    const int MostRemembered = 1_000;

    /// <summary>A share in which there was nothing too old is looked into again after this.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    readonly Dictionary<DeliveryShare, long> lookedAt = [];

    /// <summary>Settles some of each share that is due for a look.</summary>
    /// <exception cref="StorageException">The database is away.</exception>
    public async Task SettleAsync(IEnumerable<DeliveryShare> resting, CancellationToken stopping)
    {
        foreach (var share in resting)
        {
            if (lookedAt.TryGetValue(share, out var before) && clock.GetElapsedTime(before) < Pause) continue;
            if (await SettleAsync(share, stopping) == AtOnce) continue; // there may be more
            if (lookedAt.Count >= MostRemembered) lookedAt.Clear();
            lookedAt[share] = clock.GetTimestamp();
        }
    }

    async Task<int> SettleAsync(DeliveryShare share, CancellationToken stopping)
    {
        var claims = await outbox.ClaimOlderAsync(share, StreamPolicy.LongestWaitForRelay, AtOnce, stopping);
        if (claims.Count == 0) return 0;
        var works = await outbox.Queue.LoadAsync(claims, () => loader.LoadAsync(claims, CancellationToken.None));
        await Task.WhenAll(works.Select(EndAsync));
        return claims.Count;
    }

    /// <summary>The relay may have been reached meanwhile: then it goes out after all.</summary>
    Task EndAsync(Work work) =>
        relays.Known(work.Claim.Share.Relay)?.Trouble is { } trouble ? delivery.GiveUpAsync(work, trouble) : delivery.HandBackAsync(work);
}
