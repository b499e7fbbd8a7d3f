using System.Collections.Concurrent;
using Waybill.Engine.Leasing;
using Waybill.Engine.Relays;
using Waybill.Engine.Sharing;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Sending;

/// <summary>
/// The places of this node for messages that are claimed and not settled: each of the settings' relays has its own, which no relay of a
/// tenant can take; the relays of tenants share theirs, by tenant and, within a tenant, by relay. What has no place is not claimed and
/// waits in the queue.
/// </summary>
internal sealed class DeliveryPlaces(RelayDirectory relays) : IPlaces<DeliveryShare>
{
    /// <summary>
    /// What keeps a relay fed while claims are made and outcomes written: its hand-overs, and as many again several times.
    /// </summary>
    const int OfOneOfSettings = 256, MostOfTenant = 128;

    const int OfTenantsRelays = 256, MostOfTenantsRelays = 32;

    /// <summary>Within a tenant's, so that one of its relays leaves some to its others.</summary>
    const int OfRelays = 48, MostOfOneRelay = 24;

    /// <summary>Inline, where a claim is a hand-over.</summary>
    const int InlineOfOneOfSettings = 24, MostInlineOfTenant = 12, InlineOfTenantsRelays = 32, MostInlineOfTenantsRelays = 8;

    readonly ConcurrentDictionary<Guid, Places<TenantId>> ofSettings = [];
    readonly ConcurrentDictionary<Guid, Places<TenantId>> inlineOfSettings = [];
    readonly Places<TenantId> ofTenants = new(OfTenantsRelays, MostOfTenantsRelays);
    readonly Places<TenantId> inlineOfTenants = new(InlineOfTenantsRelays, MostInlineOfTenantsRelays);
    readonly ConcurrentDictionary<TenantId, Places<Guid>> byRelay = [];
    readonly Shortage shortage = new();
    readonly HashSet<DeliveryShare> resting = [];

    /// <summary>Whether something was due at the last look that got no place.</summary>
    public bool IsShort => shortage.IsThere;

    /// <summary>When the first of the relays that something due waits for may be tried; null: none rests.</summary>
    public TimeSpan? RestLeft { get; private set; }

    /// <summary>The shares that were asked for at the last look and wait for a relay that is not reached.</summary>
    public IReadOnlySet<DeliveryShare> Resting => resting;

    /// <summary>Begins a look at what is due.</summary>
    public void Look()
    {
        RestLeft = null;
        resting.Clear();
        shortage.BeginLook();
    }

    /// <summary>Deals places out to what is about to be claimed, which ends the look.</summary>
    public IReadOnlyList<(DeliveryShare Share, int Count)> Allot(QueuedShares<DeliveryShare> queued, int count)
    {
        var asked = queued.Allot(count, Take);
        shortage.EndLook();
        return asked;
    }

    /// <summary>Gives places back.</summary>
    /// <returns>Whether something that got no place may get one now.</returns>
    public bool Leave(DeliveryShare share, int count = 1)
    {
        var wasScarce = Room(share).IsScarce;
        LeaveAll(share, count);
        if (!shortage.IsThere) return false;
        var (held, more) = Of(share);
        return wasScarce || held <= more || relays.Known(share.Relay) is { IsTrusted: false };
    }

    /// <summary>Takes a place for an inline message, in turn where there is none.</summary>
    public ValueTask EnterInlineAsync(DeliveryShare share, CancellationToken cancellationToken) =>
        InlineRoom(share).EnterAsync(share.Tenant, cancellationToken);

    /// <summary>Gives it back.</summary>
    public void LeaveInline(DeliveryShare share) => InlineRoom(share).Leave(share.Tenant);

    int Take(DeliveryShare share, int wanted)
    {
        var (held, more) = Of(share);
        var taken = TakeAll(share, Share.ToClaim(Math.Min(wanted, Worth(share)), held, more));
        if (taken < wanted) shortage.Deny();
        return taken;
    }

    bool IsOfSettings(DeliveryShare share) => relays.FromSettings.ContainsKey(share.Relay);

    Places<TenantId> Room(DeliveryShare share) => IsOfSettings(share)
        ? ofSettings.GetOrAdd(share.Relay, _ => new(OfOneOfSettings, MostOfTenant))
        : ofTenants;

    Places<TenantId> InlineRoom(DeliveryShare share) => IsOfSettings(share)
        ? inlineOfSettings.GetOrAdd(share.Relay, _ => new(InlineOfOneOfSettings, MostInlineOfTenant))
        : inlineOfTenants;

    Places<Guid> Own(TenantId tenant) => byRelay.GetOrAdd(tenant, _ => new(OfRelays, MostOfOneRelay));

    (int Held, int More) Of(DeliveryShare share)
    {
        var tenants = Room(share).Of(share.Tenant);
        if (IsOfSettings(share)) return tenants;
        var own = Own(share.Tenant).Of(share.Relay);
        return (own.Held, Math.Min(own.More, tenants.More));
    }

    /// <summary>Only one thread takes, so what both have is what both give.</summary>
    int TakeAll(DeliveryShare share, int count)
    {
        var taken = Room(share).Take(share.Tenant, count);
        if (taken > 0 && !IsOfSettings(share)) Own(share.Tenant).Take(share.Relay, taken);
        return taken;
    }

    void LeaveAll(DeliveryShare share, int count)
    {
        if (!IsOfSettings(share)) Own(share.Tenant).Leave(share.Relay, count);
        Room(share).Leave(share.Tenant, count);
    }

    /// <summary>How many messages the share's relay is worth trying with.</summary>
    int Worth(DeliveryShare share)
    {
        if (!share.WaitsForRelay || relays.Known(share.Relay) is not { } relay) return int.MaxValue;
        var worth = relay.Worth;
        if (worth < int.MaxValue) resting.Add(share);
        if (worth == 0 && relay.RestLeft is { } left && (RestLeft is not { } first || left < first)) RestLeft = left;
        return worth;
    }
}
