using Waybill.Engine.Events;
using Waybill.Engine.Leasing;
using Waybill.Engine.Outbox;
using Waybill.Engine.Sharing;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Bus;

/// <summary>
/// What is still to be handled: <c>claim → handle → settle</c>, over rows that were written with the event itself. A claim holds a lease;
/// every change names its fencing token, and one with an old token changes nothing.
/// </summary>
public sealed class EventBus : IAsyncDisposable
{
    readonly IDatabase database;
    readonly TimeProvider clock;
    readonly Grouping<SettledHandling, bool> settlements;
    readonly HeldClaims<long, DeliveryClaim> held = new(claim => claim.Position, claim => claim.Token);
    readonly ShareWalk<HandlingShare> walk = new(DeliveryClaimRows.Table);
    Tenure tenure;

    /// <summary>The bus of this node.</summary>
    /// <param name="database">Where it lies.</param>
    /// <param name="node">Names this process among all nodes, and never comes again.</param>
    /// <param name="clock">The database's time.</param>
    public EventBus(IDatabase database, string node, TimeProvider clock)
    {
        (this.database, Node, this.clock) = (database, node, clock);
        tenure = new(clock);
        settlements = new(database.Writers, SettleAsync);
    }

    /// <summary>How long a claim holds without being renewed: that of the outbox, 20 s.</summary>
    public static TimeSpan Lease => MessageOutbox.Lease;

    /// <summary>Names this process.</summary>
    public string Node { get; }

    internal Wakeup Wakeup { get; } = new();

    internal Tenure TakeTenure() => tenure.Holds ? tenure : tenure = new(clock);

    /// <summary>The deliveries of a tenant that were given up, oldest first: they wait for a person and hold nothing up.</summary>
    public Task<List<ParkedDelivery>> ListParkedAsync(TenantId tenant, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(session => ParkedRows.ListAsync(session, tenant, limit, cancellationToken), cancellationToken);

    /// <summary>Lets a parked delivery be handled again, with all its attempts; false when it is not parked.</summary>
    public async Task<bool> ReleaseAsync(TenantId tenant, EventKey e, string subscription, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var released = await database.WriteAsync(
            "release delivery", session => ParkedRows.ReleaseAsync(session, tenant, e, subscription, now), cancellationToken);
        if (released) Wakeup.Signal();
        return released;
    }

    /// <summary>The shares that have deliveries due; while no more is due than one claim brings, all of them.</summary>
    internal Task<QueuedShares<HandlingShare>> LookAsync(int count, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return database.ReadAsync(session => walk.LookAsync(session, now, count), cancellationToken);
    }

    /// <summary>Takes deliveries that are due: of each share up to so many, oldest first.</summary>
    internal async Task<IReadOnlyList<DeliveryClaim>> ClaimAsync(
        IReadOnlyList<(HandlingShare Share, int Count)> asked, CancellationToken cancellationToken)
    {
        if (asked.Count == 0) return [];
        var now = clock.GetUtcNow();
        var claims = await database.WriteAsync(
            "claim deliveries", session => DeliveryClaimRows.ClaimAsync(session, asked, Node, now), cancellationToken);
        held.Add(claims);
        if (claims.Count > 0) Steps.Reached("bus-claim.after-commit");
        return claims;
    }

    internal Task<DateTimeOffset?> NextDueAsync(DateTimeOffset? after, CancellationToken cancellationToken) =>
        database.ReadAsync(session => DeliveryClaimRows.NextDueAsync(session, after), cancellationToken);

    /// <summary>Records how a handling ended; false when the claim is no longer ours, and then nothing changed.</summary>
    internal async Task<bool> SettleAsync(SettledHandling settled)
    {
        var isOurs = await settlements.AddAsync(settled);
        Forget(settled.Claim);
        return isOurs;
    }

    /// <summary>What was claimed needs no lease any more. If others wait behind it, the first of them may be queued now.</summary>
    internal void Forget(DeliveryClaim claim)
    {
        held.Remove(claim);
        if (claim.Lane is not null) Wakeup.Heard();
    }

    internal void LetGo(IReadOnlyList<DeliveryClaim> claims)
    {
        foreach (var claim in claims) held.Remove(claim);
    }

    /// <summary>Gives claims back whose handling did not happen or was interrupted by us; no attempt is counted.</summary>
    internal async Task HandBackAsync(IReadOnlyList<DeliveryClaim> claims, TimeSpan wait, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await database.WriteAsync("hand back deliveries", session => DeliveryClaimRows.HandBackAsync(session, claims, wait, now), cancellationToken);
        LetGo(claims);
    }

    internal async Task RenewAsync(CancellationToken cancellationToken)
    {
        var (claims, until, renewing, askedAt) = (held.All, clock.GetUtcNow() + Lease, tenure, clock.GetTimestamp());
        if (claims.Count > 0)
            await database.WriteAsync("renew deliveries", session => DeliveryClaimRows.RenewAsync(session, claims, until), cancellationToken);
        renewing.Renew(askedAt);
    }

    /// <summary>Takes over what other nodes held when their lease ran out. Claims that this node holds are never among them.</summary>
    /// <param name="everyOther">True when no other node can be alive, as on SQLite: then the leases of others are over by definition.</param>
    /// <param name="cancellationToken">Stops the sweep.</param>
    internal async Task<SweptDeliveries> SweepAsync(bool everyOther, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var swept = await database.WriteAsync(
            "sweep deliveries",
            async session =>
            {
                await DeliveryClaimRows.DisownAsync(session, Node, held, now);
                return await DeliveryClaimRows.SweepAsync(session, everyOther ? now + TimeSpan.FromDays(36500) : now, Node, now);
            },
            cancellationToken);
        if (swept.Queued + swept.Parked.Count > 0) Wakeup.Heard();
        return swept;
    }

    /// <summary>Mends what a clock that went back left: a wait that now seems longer than it was decided to be.</summary>
    internal Task<int> CatchUpAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return database.WriteAsync("catch up deliveries", session => DeliveryClaimRows.CatchUpAsync(session, now), cancellationToken);
    }

    /// <summary>Queues what stands behind nothing any more, see <see cref="DeliveryRows.PromoteStrandedAsync"/>. SQLite has one writer, and no need.</summary>
    internal Task<int> PromoteStrandedAsync(CancellationToken cancellationToken) => database.Writers == 1
        ? Task.FromResult(0)
        : database.WriteAsync("promote deliveries", DeliveryRows.PromoteStrandedAsync, cancellationToken);

    async Task<IReadOnlyList<bool>> SettleAsync(IReadOnlyList<SettledHandling> group)
    {
        var settled = await database.WriteAsync(
            "settle deliveries",
            async session =>
            {
                var ours = await SettledRows.WriteAsync(session, group);
                Steps.Reached("bus-settle.before-commit");
                return ours;
            },
            CancellationToken.None);
        Steps.Reached("bus-settle.after-commit");
        return settled;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await settlements.DisposeAsync();
        Wakeup.Dispose();
    }
}
