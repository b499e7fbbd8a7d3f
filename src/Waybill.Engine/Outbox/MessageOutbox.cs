using Waybill.Engine.Journal;
using Waybill.Engine.Leasing;
using Waybill.Engine.Messages;
using Waybill.Engine.Sharing;
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
    readonly HeldClaims<MessageId, Claim> held = new(claim => claim.Message, claim => claim.Token);
    readonly ShareWalk<DeliveryShare> walk = new(ClaimRows.Table);
    readonly Lock gate = new();
    Tenure tenure;

    /// <summary>An outbox of this node.</summary>
    /// <param name="database">Where it lies.</param>
    /// <param name="node">Names this process among all nodes, and never comes again.</param>
    /// <param name="clock">The database's time.</param>
    public MessageOutbox(IDatabase database, string node, TimeProvider clock)
    {
        this.database = database;
        this.clock = clock;
        Node = node;
        tenure = new(clock);
        beginnings = new(database.Writers, group => WriteAsync("begin", group, BeginningRows.WriteAsync));
        settlements = new(database.Writers, group => WriteAsync("settle", group, SettlementRows.WriteAsync));
    }

    /// <summary>How long a claim holds without being renewed: 20 s.</summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromSeconds(20);

    /// <summary>Names this process.</summary>
    public string Node { get; }

    /// <summary>The shares that have messages due; while no more is due than one claim brings, all of them.</summary>
    internal Task<QueuedShares<DeliveryShare>> LookAsync(int count, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return database.ReadAsync(session => walk.LookAsync(session, now, count), cancellationToken);
    }

    /// <summary>Takes messages that are due: of each share up to so many, oldest first.</summary>
    internal async Task<IReadOnlyList<Claim>> ClaimAsync(IReadOnlyList<(DeliveryShare Share, int Count)> asked, CancellationToken cancellationToken)
    {
        if (asked.Count == 0) return [];
        var now = clock.GetUtcNow();
        var claims = await database.WriteAsync("claim", session => ClaimRows.ClaimAsync(session, asked, Node, now), cancellationToken);
        held.Add(claims);
        if (claims.Count > 0) Steps.Reached("claim.after-commit");
        return claims;
    }

    /// <summary>Takes messages of a share that are due and were to go out longer ago than that: up to so many.</summary>
    internal async Task<IReadOnlyList<Claim>> ClaimOlderAsync(DeliveryShare share, TimeSpan age, int count, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var claims = await database.WriteAsync(
            "claim what is old", async session => await ClaimRows.ClaimOlderAsync(session, share, count, Node, now, now - age), cancellationToken);
        held.Add(claims);
        return claims;
    }

    /// <summary>The tenure that claims made from now on belong to: the present one, or a new one when that is over.</summary>
    internal Tenure TakeTenure()
    {
        lock (gate) return tenure.Holds ? tenure : tenure = new(clock);
    }

    /// <summary>Renews from now on a claim that a message was born with.</summary>
    internal void Hold(Claim claim) => held.Add([claim]);

    /// <summary>When the next message falls due; null when none waits.</summary>
    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) => NextDueAsync(after: null, cancellationToken);

    /// <summary>As above, passing over those that are due by then.</summary>
    internal Task<DateTimeOffset?> NextDueAsync(DateTimeOffset? after, CancellationToken cancellationToken) =>
        database.ReadAsync(session => ClaimRows.NextDueAsync(session, after), cancellationToken);

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
        if (!isOurs) held.Remove(beginning.Claim);
        return isOurs;
    }

    /// <summary>Records the end of an attempt; false when the claim is no longer ours, and then nothing changed.</summary>
    public async Task<bool> SettleAsync(Settlement settlement)
    {
        var settled = await settlements.AddAsync(settlement);
        held.Remove(settlement.Claim);
        return settled;
    }

    /// <summary>Lets all claims that this node knows it holds live for another <see cref="Lease"/>.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        var (claims, until, renewing, askedAt) = (held.All, clock.GetUtcNow() + Lease, tenure, clock.GetTimestamp());
        if (claims.Count > 0) await database.WriteAsync("renew", session => ClaimRows.RenewAsync(session, claims, until), cancellationToken);
        renewing.Renew(askedAt);
    }

    /// <summary>Renews these claims no longer: what became of them is not known here, and a sweep takes them up when their lease is over.</summary>
    public void LetGo(IReadOnlyList<Claim> claims)
    {
        foreach (var claim in claims) held.Remove(claim);
    }

    /// <summary>
    /// Gives a claim back because nothing was handed over, which its holder must know; due again after <paramref name="wait"/>, and no
    /// attempt is counted. False when the claim is no longer ours.
    /// </summary>
    public async Task<bool> HandBackAsync(Claim claim, TimeSpan wait, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var handedBack = await database.WriteAsync("hand back", session => ClaimRows.HandBackAsync(session, claim, wait, now), cancellationToken);
        held.Remove(claim);
        return handedBack;
    }

    /// <summary>
    /// Finds the claims whose lease ran out. Those that had not begun are due again at once; those that had are returned, for their
    /// outcome is unknown and the stream decides. Claims that this node holds are never among them.
    /// </summary>
    /// <param name="everyOther">True when no other node can be alive, as on SQLite: then the leases of others are over by definition.</param>
    /// <param name="cancellationToken">Stops the sweep.</param>
    public async Task<IReadOnlyList<Claim>> SweepAsync(bool everyOther, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var lost = await database.WriteAsync(
            "sweep",
            async session =>
            {
                await ClaimRows.DisownAsync(session, Node, held, now);
                return await ClaimRows.SweepAsync(session, everyOther ? now + TimeSpan.FromDays(36500) : now, Node, now);
            },
            cancellationToken);
        held.Add(lost);
        return lost;
    }

    /// <summary>
    /// Mends what a clock that went back left: a wait that now seems longer than it was decided to be. Times that senders asked for stay.
    /// </summary>
    public Task<int> CatchUpAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return database.WriteAsync("catch up", session => ClaimRows.CatchUpAsync(session, now), cancellationToken);
    }

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
                var left = await session.ExecuteAsync(
                    "DELETE FROM outbox WHERE message_id = $1 AND token = $2 AND state = 'sending'",
                    p => p.Id(claim.Message.Value).Number(claim.Token),
                    CancellationToken.None);
                if (left == 1) await RetentionRows.RemoveAsync(session, [claim.Message]);
                return left == 1;
            },
            CancellationToken.None);
        held.Remove(claim);
        return forgotten;
    }

    async Task<IReadOnlyList<bool>> WriteAsync<T>(
        string name, IReadOnlyList<T> group, Func<Session, IReadOnlyList<T>, string, ValueTask<IReadOnlyList<bool>>> write)
    {
        var written = await database.WriteAsync(
            name,
            async session =>
            {
                var ours = await write(session, group, Node);
                Steps.Reached(name + ".before-commit");
                return ours;
            },
            CancellationToken.None);
        Steps.Reached(name + ".after-commit");
        return written;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await beginnings.DisposeAsync();
        await settlements.DisposeAsync();
    }
}
