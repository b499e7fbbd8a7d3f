using Waybill.Engine.Accepting;
using Waybill.Engine.Events;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Bus;

/// <summary>One handling of one event by one subscription.</summary>
public sealed class Handling
{
    readonly Units units;
    readonly DeliveryClaim claim;
    readonly TimeProvider clock;
    readonly bool hasSecrets;

    internal Handling(EventRecord e, DeliveryClaim claim, bool hasSecrets, Units units, TimeProvider clock)
    {
        (Event, this.claim, this.hasSecrets, this.units, this.clock) = (e, claim, hasSecrets, units, clock);
    }

    /// <summary>The event, with its secrets masked; the handler's own argument has them open.</summary>
    public EventRecord Event { get; }

    /// <summary>Whose it is.</summary>
    public TenantId Tenant => Event.Tenant;

    /// <summary>Which attempt this is, from 1. An attempt whose process died is not counted.</summary>
    public int Attempt => claim.Attempt;

    /// <summary>Whether <see cref="CommitAsync"/> came to its end.</summary>
    internal bool IsCommitted { get; private set; }

    /// <summary>
    /// Runs the handler's writes in one unit of work with the settling of this delivery: they happen exactly once, however often the
    /// handler is run. Call it once, last.
    /// </summary>
    /// <param name="writes">Changes rows, publishes, posts. It touches the database and memory only, and may run twice, see
    /// <see cref="Units"/>.</param>
    /// <exception cref="HandlingLostException">This handling took too long and was given to another; nothing was written.</exception>
    public async Task CommitAsync(Func<Unit, ValueTask> writes)
    {
        if (IsCommitted) throw new InvalidOperationException("A handling is committed once.");
        await units.RunAsync(
            "handle " + claim.Subscription,
            async unit =>
            {
                var settled =
                    await SettledRows.WriteAsync(unit.Session, [new(claim, new HandlingEnd.Handled(), hasSecrets, clock.GetUtcNow())]);
                if (!settled[0]) throw new HandlingLostException();
                await writes(unit);
                return true;
            },
            CancellationToken.None);
        IsCommitted = true;
    }
}

/// <summary>The delivery was given to another in the meantime: whatever was being done about it must not count.</summary>
public sealed class HandlingLostException()
    : InvalidOperationException("This handling is no longer the one that counts: it took too long, or its node was gone too long.");
