using Waybill.Engine.Storage;

namespace Waybill.Engine.Leasing;

/// <summary>
/// A queue in the database, as one node sees it: what is due, what this node claimed and keeps alive, and what nodes that died left behind.
/// A claim holds a lease; every change names its fencing token, and one with an old token changes nothing.
/// </summary>
/// <param name="rows">The table.</param>
/// <param name="database">Where it lies.</param>
/// <param name="node">Names this process among all nodes, and never comes again.</param>
/// <param name="clock">The database's time.</param>
internal sealed class LeasedQueue<TKey, TShare, TClaim>(
    LeasedRows<TKey, TShare, TClaim> rows, IDatabase database, string node, TimeProvider clock)
    where TKey : struct, IComparable<TKey>
    where TShare : struct, IShare<TShare>
    where TClaim : class, IClaim<TKey, TShare>
{
    readonly HeldClaims<TKey, TClaim> held = new(claim => claim.Key, claim => claim.Token);
    readonly ShareWalk<TShare> walk = new(rows.Shares);
    readonly Lock gate = new();
    Tenure tenure = new(clock);

    /// <summary>The shares that have something due; while no more is due than one claim brings, all of them.</summary>
    public Task<QueuedShares<TShare>> LookAsync(int count, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return database.ReadAsync(session => walk.LookAsync(session, now, count), cancellationToken);
    }

    /// <summary>Takes what is due: of each share up to so many, oldest first.</summary>
    public async Task<IReadOnlyList<TClaim>> ClaimAsync(
        IReadOnlyList<(TShare Share, int Count)> asked, CancellationToken cancellationToken) =>
        asked.Count == 0 ? [] : await ClaimAsync((session, now) => rows.ClaimAsync(session, asked, node, now), cancellationToken);

    /// <summary>Takes what a statement of the queue's own claims for this node.</summary>
    public async Task<IReadOnlyList<TClaim>> ClaimAsync(
        Func<Session, DateTimeOffset, ValueTask<IReadOnlyList<TClaim>>> claim, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var claims = await database.WriteAsync(UnitName("claim"), session => claim(session, now), cancellationToken);
        held.Add(claims);
        if (claims.Count > 0) Steps.Reached(rows.Table.StepPrefix + "claim.after-commit");
        return claims;
    }

    /// <summary>Loads what claims need. Those that could not be loaded are let go, also when it fails.</summary>
    public async Task<IReadOnlyList<TWork>> LoadAsync<TWork>(IReadOnlyList<TClaim> claims, Func<Task<IReadOnlyList<TWork>>> load)
        where TWork : IClaimedWork<TClaim>
    {
        IReadOnlyList<TWork> works = [];
        try
        {
            return works = await load();
        }
        finally
        {
            if (works.Count < claims.Count) LetGo([.. claims.Except(works.Select(work => work.Claim))]);
        }
    }

    /// <summary>The tenure that claims made from now on belong to: the present one, or a new one when that is over.</summary>
    public Tenure TakeTenure()
    {
        lock (gate) return tenure.Holds ? tenure : tenure = new(clock);
    }

    /// <summary>Renews these claims from now on.</summary>
    public void Hold(IReadOnlyList<TClaim> claims) => held.Add(claims);

    /// <summary>
    /// Renews these claims no longer: they came to their end, or what became of them is not known here, and a sweep takes them up when
    /// their lease is over.
    /// </summary>
    public void LetGo(IReadOnlyList<TClaim> claims)
    {
        foreach (var claim in claims) held.Remove(claim);
    }

    /// <summary>When the next row falls due; null when none waits.</summary>
    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => rows.NextDueAsync(session, after: null), cancellationToken);

    /// <summary>Lets all claims that this node knows it holds live for another lease.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        var (claims, until, renewing, askedAt) = (held.All, clock.GetUtcNow() + Lease.Length, tenure, clock.GetTimestamp());
        if (claims.Count > 0)
            await database.WriteAsync(UnitName("renew"), session => rows.RenewAsync(session, claims, until), cancellationToken);
        renewing.Renew(askedAt);
    }

    /// <summary>
    /// Gives claims back because nothing was done about them; due again after <paramref name="wait"/>, and no attempt is counted. Says how
    /// many were still ours.
    /// </summary>
    /// <param name="claims">The claims.</param>
    /// <param name="wait">How long they wait.</param>
    /// <param name="also">What changes with those that were ours, in the same unit; null: nothing.</param>
    /// <param name="cancellationToken">Stops the waiting for a turn.</param>
    public async Task<int> HandBackAsync(
        IReadOnlyList<TClaim> claims,
        TimeSpan wait,
        Func<Session, IReadOnlyList<TClaim>, DateTimeOffset, ValueTask>? also,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var handedBack = await database.WriteAsync(
            UnitName("hand back"),
            async session =>
            {
                var ours = await rows.HandBackAsync(session, claims, wait, now);
                if (also is not null) await also(session, ours, now);
                return ours.Count;
            },
            cancellationToken);
        LetGo(claims);
        return handedBack;
    }

    /// <summary>Finds the claims of other nodes whose lease ran out. What this node holds is never among them.</summary>
    /// <param name="everyOther">True when no other node can be alive, as on SQLite: then the leases of others are over by
    /// definition.</param>
    /// <param name="decide">Decides on those that were taken over, in the same unit; null: whoever calls does so afterwards.</param>
    /// <param name="cancellationToken">Stops the waiting for a turn.</param>
    public async Task<Swept<TClaim>> SweepAsync(
        bool everyOther, Func<Session, IReadOnlyList<TClaim>, DateTimeOffset, ValueTask>? decide, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var swept = await database.WriteAsync(
            UnitName("sweep"),
            async session =>
            {
                await rows.DisownAsync(session, node, held, now);
                var found = await rows.SweepAsync(session, everyOther ? now + TimeSpan.FromDays(36500) : now, node, now);
                if (decide is not null) await decide(session, found.Taken, now);
                return found;
            },
            cancellationToken);
        if (decide is null) Hold(swept.Taken);
        return swept;
    }

    /// <summary>
    /// Mends what a clock that went back left: a wait that now seems longer than it was decided to be. Times that somebody asked for stay.
    /// </summary>
    public Task<int> CatchUpAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return database.WriteAsync(UnitName("catch up"), session => rows.CatchUpAsync(session, now), cancellationToken);
    }

    /// <summary>Writes a group of changes to claimed rows, and says of each whether its claim was still ours.</summary>
    public async Task<IReadOnlyList<bool>> WriteAsync(string name, Func<Session, ValueTask<IReadOnlyList<bool>>> write)
    {
        var step = rows.Table.StepPrefix + name;
        var written = await database.WriteAsync(
            UnitName(name),
            async session =>
            {
                var ours = await write(session);
                Steps.Reached(step + ".before-commit");
                return ours;
            },
            CancellationToken.None);
        Steps.Reached(step + ".after-commit");
        return written;
    }

    string UnitName(string what) => $"{what} {rows.Table.Name}";
}
