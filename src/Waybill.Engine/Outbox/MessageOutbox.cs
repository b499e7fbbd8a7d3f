using Waybill.Engine.Journal;
using Waybill.Engine.Leasing;
using Waybill.Engine.Messages;
using Waybill.Engine.Relays;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Outbox;

/// <summary>
/// What is still to be handed over: <c>claim → begin → settle</c>. A claim holds a lease; every change names its fencing token, and one
/// with an old token changes nothing. Delivery is at least once: between the final dot and the recorded reply lies a window in which a
/// crash leaves the outcome unknown, and nowhere else.
/// </summary>
public sealed class MessageOutbox : IAsyncDisposable
{
    readonly IDatabase database;
    readonly TimeProvider clock;
    readonly Grouping<Beginning, bool> beginnings;
    readonly Grouping<Settlement, bool> settlements;

    /// <summary>An outbox of this node.</summary>
    /// <param name="database">Where it lies.</param>
    /// <param name="node">Names this process among all nodes, and never comes again.</param>
    /// <param name="clock">The database's time.</param>
    public MessageOutbox(IDatabase database, string node, TimeProvider clock)
    {
        this.database = database;
        this.clock = clock;
        Node = node;
        Queue = new(ClaimRows.Rows, database, node, clock);
        beginnings = new(database.Writers, group => Queue.WriteAsync("begin", session => BeginningRows.WriteAsync(session, group, Node)));
        settlements = new(database.Writers, group => Queue.WriteAsync("settle", session => SettlementRows.WriteAsync(session, group)));
    }

    /// <summary>How long a claim holds without being renewed: 20 s.</summary>
    public static TimeSpan Lease => Leasing.Lease.Length;

    /// <summary>Names this process.</summary>
    public string Node { get; }

    /// <summary>The outbox as a queue, which claims, renews and hands back.</summary>
    internal LeasedQueue<Guid, DeliveryShare, Claim> Queue { get; }

    /// <summary>Takes messages of a share that are due and were to go out longer ago than that: up to so many.</summary>
    internal Task<IReadOnlyList<Claim>> ClaimOlderAsync(
        DeliveryShare share, TimeSpan age, int count, CancellationToken cancellationToken) =>
        Queue.ClaimAsync((session, now) => ClaimRows.ClaimOlderAsync(session, share, count, Node, now, now - age), cancellationToken);

    /// <summary>How many messages are due or on their way, on all nodes, and for how long the oldest of them has been due.</summary>
    public async Task<(long Count, TimeSpan Age)> WaitingAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (count, oldest) = await database.ReadAsync(session => ClaimRows.WaitingAsync(session, now), cancellationToken);
        return (count, oldest is { } due ? now - due : TimeSpan.Zero);
    }

    /// <summary>Opens an attempt; false when the claim is no longer ours, and then nothing may be handed over.</summary>
    public async Task<bool> BeginAsync(Beginning beginning)
    {
        var isOurs = await beginnings.AddAsync(beginning);
        if (!isOurs) Queue.LetGo([beginning.Claim]);
        return isOurs;
    }

    /// <summary>Records the end of an attempt; false when the claim is no longer ours, and then nothing changed.</summary>
    public async Task<bool> SettleAsync(Settlement settlement)
    {
        var settled = await settlements.AddAsync(settlement);
        Queue.LetGo([settlement.Claim]);
        return settled;
    }

    /// <summary>
    /// Gives a claim back because nothing was handed over, which its holder must know; due again after <paramref name="wait"/>, and no
    /// attempt is counted. False when the claim is no longer ours.
    /// </summary>
    public async Task<bool> HandBackAsync(Claim claim, TimeSpan wait, CancellationToken cancellationToken) =>
        await Queue.HandBackAsync([claim], wait, ClaimRows.CloseUntriedAsync, cancellationToken) == 1;

    /// <summary>
    /// Finds the claims whose lease ran out. Those that had not begun are due again at once; those that had are returned, for their
    /// outcome is unknown and the stream decides. Claims that this node holds are never among them.
    /// </summary>
    /// <param name="everyOther">True when no other node can be alive, as on SQLite: then the leases of others are over by
    /// definition.</param>
    /// <param name="cancellationToken">Stops the sweep.</param>
    public async Task<IReadOnlyList<Claim>> SweepAsync(bool everyOther, CancellationToken cancellationToken) =>
        (await Queue.SweepAsync(everyOther, decide: null, cancellationToken)).Taken;

    /// <summary>Moves a scheduled message to another time; false when it is not waiting for one.</summary>
    public Task<bool> RescheduleAsync(TenantId tenant, MessageId message, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return database.WriteAsync("reschedule", session => ScheduleRows.MoveAsync(session, tenant, message, at, now), cancellationToken);
    }

    /// <summary>Cancels a message that no attempt was made for; false when there is nothing left to cancel.</summary>
    public Task<bool> CancelAsync(TenantId tenant, MessageId message, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return database.WriteAsync("cancel", session => ScheduleRows.CancelAsync(session, tenant, message, now), cancellationToken);
    }

    /// <summary>Removes all that there is of a claimed message, as its stream wants it; false when the claim is no longer ours.</summary>
    public async Task<bool> ForgetAsync(Claim claim)
    {
        var forgotten = await database.WriteAsync(
            "forget",
            async session =>
            {
                var isOurs = (await ClaimRows.Rows.ChangeAsync(session, ClaimRows.Rows.Removal, [claim], one => one, (_, _) => { }))[0];
                if (isOurs) await RetentionRows.RemoveAsync(session, [claim.Message]);
                return isOurs;
            },
            CancellationToken.None);
        Queue.LetGo([claim]);
        return forgotten;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await beginnings.DisposeAsync();
        await settlements.DisposeAsync();
    }
}
