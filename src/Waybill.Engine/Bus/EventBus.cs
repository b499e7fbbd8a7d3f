using Waybill.Engine.Events;
using Waybill.Engine.Leasing;
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

    /// <summary>The bus of this node.</summary>
    /// <param name="database">Where it lies.</param>
    /// <param name="node">Names this process among all nodes, and never comes again.</param>
    /// <param name="clock">The database's time.</param>
    public EventBus(IDatabase database, string node, TimeProvider clock)
    {
        (this.database, Node, this.clock) = (database, node, clock);
        Queue = new(DeliveryClaimRows.Rows, database, node, clock);
        settlements = new(
            database.Writers, group => Queue.WriteAsync("settle", session => SettledRows.WriteAsync(session, group)));
    }

    /// <summary>Names this process.</summary>
    public string Node { get; }

    internal Wakeup Wakeup { get; } = new();

    /// <summary>What is owed as a queue, which claims, renews and hands back.</summary>
    internal LeasedQueue<long, HandlingShare, DeliveryClaim> Queue { get; }

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

    /// <summary>Records how a handling ended; false when the claim is no longer ours, and then nothing changed.</summary>
    internal async Task<bool> SettleAsync(SettledHandling settled)
    {
        var isOurs = await settlements.AddAsync(settled);
        Forget(settled.Claim);
        if (settled.End is HandlingEnd.RetryAfter) Wakeup.Heard(); // it may fall due before anything that the sleep was measured by
        return isOurs;
    }

    /// <summary>What was claimed needs no lease any more. If others wait behind it, the first of them may be queued now.</summary>
    internal void Forget(DeliveryClaim claim)
    {
        Queue.LetGo([claim]);
        if (claim.Lane is not null) Wakeup.Heard();
    }

    /// <summary>Takes over what other nodes held when their lease ran out. Claims that this node holds are never among them.</summary>
    /// <param name="everyOther">True when no other node can be alive, as on SQLite: then the leases of others are over by
    /// definition.</param>
    /// <param name="cancellationToken">Stops the sweep.</param>
    internal async Task<Swept<DeliveryClaim>> SweepAsync(bool everyOther, CancellationToken cancellationToken)
    {
        var swept = await Queue.SweepAsync(everyOther, DeliveryClaimRows.ParkLostAsync, cancellationToken);
        if (swept.Queued + swept.Taken.Count > 0) Wakeup.Heard();
        return swept;
    }

    /// <summary>
    /// Queues what stands behind nothing any more, see <see cref="DeliveryRows.PromoteStrandedAsync"/>. SQLite has one writer, and no need.
    /// </summary>
    internal Task<int> PromoteStrandedAsync(CancellationToken cancellationToken) => database.Writers == 1
        ? Task.FromResult(0)
        : database.WriteAsync("promote deliveries", DeliveryRows.PromoteStrandedAsync, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await settlements.DisposeAsync();
        Wakeup.Dispose();
    }
}
