using System.Collections.Concurrent;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Leasing;

/// <summary>The statements over one leased table: claim, renew, hand back, park, and take over from nodes that died.</summary>
internal sealed class LeasedRows<TKey, TShare, TClaim>
    where TKey : struct, IComparable<TKey>
    where TShare : struct, IShare<TShare>
    where TClaim : class, IClaim<TKey, TShare>
{
    readonly ConcurrentDictionary<Type, string> claims = new(); // by the kind of session: each database locks in its own words
    readonly string renew, handBack, park, disown, expired, queueLost, takeLost, waiting, moveUp, nextDue;

    public LeasedRows(LeasedTable<TKey, TClaim> table)
    {
        const string released = "owner = NULL, lease_until = NULL";
        var (name, key) = (table.Name, table.Key.Column);
        Table = table;
        Shares = new(name, key);
        Queued = $"state = 'queued', {released}{table.OnQueued}";
        Removal = $"DELETE FROM {name} WHERE {key} = $1 AND token = $2 AND state = '{table.Claimed}'";
        renew = Fenced("lease_until = $3");
        handBack = Fenced($"{Queued}, due_at = $3, wait = $4");
        park = Fenced($"state = 'parked', {released}, attempt = $3, settled_at = $4, reason = $5{table.OnParked}");
        disown = Fenced("owner = ''");
        expired =
            $"SELECT {key}, token FROM {name} WHERE state = '{table.Claimed}' AND owner = $1 AND (lease_until < $2 OR lease_until > $3)";
        var lost = $"state = '{table.Claimed}' AND (lease_until < $1 OR lease_until > $2) AND owner <> $3";
        queueLost = $"UPDATE {name} SET {Queued}, token = token + 1, due_at = $4, wait = 0{table.OnLost} WHERE {lost} AND {table.MayGoOn}";
        takeLost =
            $"""
            UPDATE {name} SET token = token + 1, owner = $3, lease_until = $4{table.OnLost} WHERE {lost} AND NOT ({table.MayGoOn})
            RETURNING {table.Columns}
            """;
        waiting = $"SELECT {key}, wait, due_at FROM {name} WHERE state = 'queued' AND {table.MayMove} AND due_at > $1";
        moveUp = $"UPDATE {name} SET due_at = $2 WHERE {key} = $1 AND state = 'queued' AND due_at > $2";
        nextDue = $"SELECT due_at FROM {name} WHERE state = 'queued' AND due_at > $1 ORDER BY due_at, {key} LIMIT 1";
    }

    public LeasedTable<TKey, TClaim> Table { get; }

    /// <summary>Whose rows are due.</summary>
    public SharedTable Shares { get; }

    /// <summary>The assignments that send a claimed row back to the queue, but for when it is due.</summary>
    public string Queued { get; }

    /// <summary>Removes a claimed row under its token.</summary>
    public string Removal { get; }

    /// <summary>
    /// Changes a claimed row under its token; whoever lost the claim changes nothing. <c>$1</c> and <c>$2</c> are taken, what the
    /// assignments need begins with <c>$3</c>.
    /// </summary>
    public string Fenced(string assignments) =>
        $"UPDATE {Table.Name} SET {assignments} WHERE {Table.Key.Column} = $1 AND token = $2 AND state = '{Table.Claimed}'";

    /// <summary>Runs a fenced statement for many rows, and says of each whether its claim was still ours.</summary>
    public async ValueTask<bool[]> ChangeAsync<TRow>(
        Session session, string fenced, IReadOnlyList<TRow> rows, Func<TRow, TClaim> claimOf, Action<Parameters, TRow> bind)
    {
        if (rows.Count == 0) return [];
        // In one order everywhere, so that two statements over the same rows never wait for each other in a circle.
        var order = Enumerable.Range(0, rows.Count).OrderBy(i => claimOf(rows[i]).Key).ToArray();
        var changed = await session.ExecuteManyAsync(
            fenced,
            order,
            (p, i) =>
            {
                var claim = claimOf(rows[i]);
                bind(Table.Key.Bind(p, claim.Key).Number(claim.Token), rows[i]);
            },
            CancellationToken.None);
        var ours = new bool[rows.Count];
        for (var i = 0; i < order.Length; i++) ours[order[i]] = changed[i] == 1;
        return ours;
    }

    /// <summary>Claims of each share up to so many, those that have been due longest.</summary>
    public async ValueTask<IReadOnlyList<TClaim>> ClaimAsync(
        Session session, IReadOnlyList<(TShare Share, int Count)> asked, string node, DateTimeOffset now)
    {
        var claimed = new List<TClaim>();
        var statement = ClaimStatement(session);
        foreach (var (share, count) in asked)
        {
            claimed.AddRange(await session.QueryAsync(
                statement, p => BindClaim(p, share, count, node, now), Table.Read, CancellationToken.None));
        }

        claimed.Sort((one, other) => one.Key.CompareTo(other.Key));
        return claimed;
    }

    public string ClaimStatement(Session session) =>
        claims.GetOrAdd(
            session.GetType(), static (_, all) => all.Rows.ClaimStatement(all.Rows.Shares.AmongDue(all.Session)),
            (Rows: this, Session: session));

    /// <summary>Claims queued rows that meet a condition, which says which keys and may use <c>$3</c> and what follows it.</summary>
    public string ClaimStatement(string among) =>
        $"""
        UPDATE {Table.Name} SET state = '{Table.Claimed}', token = token + 1, owner = $1, lease_until = $2{Table.OnClaim}
        WHERE {Table.Key.Column} {among} AND state = 'queued'
        RETURNING {Table.Columns}
        """;

    public static Parameters BindClaim(Parameters p, TShare share, int count, string node, DateTimeOffset now) =>
        p.Text(node).Instant(now + Lease.Length).Instant(now).Number(count).Bytes(share.ToBytes()).Instant(DateTimeOffset.UnixEpoch);

    /// <summary>When the next row falls due.</summary>
    /// <param name="session">A read.</param>
    /// <param name="after">Passes over those that are due by then; null: none.</param>
    public async ValueTask<DateTimeOffset?> NextDueAsync(Session session, DateTimeOffset? after)
    {
        var due = await session.QueryAsync(
            nextDue, p => p.Instant(after ?? DateTimeOffset.UnixEpoch), row => row.Instant(0), CancellationToken.None);
        return due.Count > 0 ? due[0] : null;
    }

    public async ValueTask<int> RenewAsync(Session session, IReadOnlyList<TClaim> held, DateTimeOffset until) =>
        (await ChangeAsync(session, renew, held, claim => claim, (p, _) => p.Instant(until))).Count(isOurs => isOurs);

    /// <summary>Gives claims back with no attempt counted; gives those that were still ours.</summary>
    public async ValueTask<IReadOnlyList<TClaim>> HandBackAsync(
        Session session, IReadOnlyList<TClaim> given, TimeSpan wait, DateTimeOffset now)
    {
        var ours = await ChangeAsync(session, handBack, given, claim => claim, (p, _) => p.Instant(now + wait).Number(Waits.Whole(wait)));
        return [.. given.Where((_, i) => ours[i])];
    }

    /// <summary>Sets rows aside until a person releases them.</summary>
    public ValueTask<bool[]> ParkAsync(Session session, IReadOnlyList<Parking<TClaim>> parked) => ChangeAsync(
        session, park, parked, row => row.Claim, (p, row) => p.Number(row.Attempts).Instant(row.At).Text(row.Reason));

    /// <summary>
    /// Gives up what this node claimed without ever hearing of it, once its lease is over: the answer to a COMMIT can be lost.
    /// </summary>
    public async ValueTask DisownAsync(Session session, string node, HeldClaims<TKey, TClaim> held, DateTimeOffset now)
    {
        var over = await session.QueryAsync(
            expired,
            p => p.Text(node).Instant(now).Instant(Lease.Farthest(now)),
            row => (Key: Table.Key.Read(row, 0), Token: row.Number(1)),
            CancellationToken.None);
        await session.ExecuteManyAsync(
            disown,
            [.. over.Where(row => !held.Holds(row.Key, row.Token)).OrderBy(row => row.Key)],
            (p, row) => Table.Key.Bind(p, row.Key).Number(row.Token),
            CancellationToken.None);
    }

    /// <summary>
    /// Finds what other nodes hold whose lease is over. A new token takes it from whoever may still believe to hold it: most is queued
    /// again, the rest is this node's, whose queue decides.
    /// </summary>
    public async ValueTask<Swept<TClaim>> SweepAsync(Session session, DateTimeOffset expiredBefore, string node, DateTimeOffset now)
    {
        Parameters BindLost(Parameters p) => p.Instant(expiredBefore).Instant(Lease.Farthest(now)).Text(node);
        var queued = await session.ExecuteAsync(queueLost, p => BindLost(p).Instant(now), CancellationToken.None);
        var taken = await session.QueryAsync(takeLost, p => BindLost(p).Instant(now + Lease.Length), Table.Read, CancellationToken.None);
        return new(queued, taken);
    }

    /// <summary>Mends waits that a clock which went back made longer than they were decided to be.</summary>
    public async ValueTask<int> CatchUpAsync(Session session, DateTimeOffset now)
    {
        var found = await session.QueryAsync(
            waiting,
            p => p.Instant(now),
            row => (Key: Table.Key.Read(row, 0), Latest: now + TimeSpan.FromMicroseconds(row.Number(1)), Due: row.Instant(2)),
            CancellationToken.None);
        var late = found.Where(row => row.Due > row.Latest).OrderBy(row => row.Key).ToList();
        await session.ExecuteManyAsync(moveUp, late, (p, row) => Table.Key.Bind(p, row.Key).Instant(row.Latest), CancellationToken.None);
        return late.Count;
    }
}

/// <summary>What a sweep found.</summary>
/// <param name="Queued">How many rows are queued again.</param>
/// <param name="Taken">Those that this node took over.</param>
internal sealed record Swept<TClaim>(int Queued, IReadOnlyList<TClaim> Taken);

/// <summary>A claim that is given up until a person releases it.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Attempts">How many attempts count.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
internal readonly record struct Parking<TClaim>(TClaim Claim, int Attempts, DateTimeOffset At, string Reason);
