using Waybill.Engine.Storage;

namespace Waybill.Engine.Leasing;

/// <summary>
/// A table whose rows are claimed by shares: it has the columns <c>state</c>, <c>due_at</c> and <c>share</c>, and an index by both.
/// </summary>
internal sealed class SharedTable
{
    readonly string oldest, next, walk, due;

    /// <param name="name">The table.</param>
    /// <param name="key">Its primary key, which orders what is due at the same time.</param>
    public SharedTable(string name, string key)
    {
        oldest = $"SELECT due_at, share FROM {name} WHERE state = 'queued' ORDER BY due_at, {key} LIMIT $1";
        next = $"SELECT due_at FROM {name} WHERE state = 'queued' AND due_at > $1 ORDER BY due_at, {key} LIMIT 1";
        walk =
            $"""
            WITH RECURSIVE walk (share, step) AS (
                SELECT (SELECT share FROM {name} WHERE state = 'queued' AND share > $1 ORDER BY share LIMIT 1), 1
                UNION ALL
                SELECT (SELECT o.share FROM {name} o WHERE o.state = 'queued' AND o.share > walk.share ORDER BY o.share LIMIT 1), step + 1
                FROM walk WHERE walk.share IS NOT NULL AND step < $2
            )
            SELECT walk.share,
                (SELECT o.due_at FROM {name} o WHERE o.state = 'queued' AND o.share = walk.share ORDER BY o.share, o.due_at LIMIT 1)
            FROM walk WHERE walk.share IS NOT NULL
            """;
        due =
            $"""
            SELECT {key} FROM {name} WHERE state = 'queued' AND (share, due_at) > ($5, $6) AND (share, due_at) <= ($5, $3)
            ORDER BY share, due_at, {key} LIMIT $4
            """;
    }

    /// <summary>The rows that have been due longest or fall due first, with the shares of those that are due.</summary>
    public ValueTask<List<(DateTimeOffset Due, TShare? Share)>> OldestAsync<TShare>(Session session, DateTimeOffset now, int count)
        where TShare : struct, IShare<TShare> => session.QueryAsync(
        oldest,
        p => p.Number(count),
        row => row.Instant(0) is var at && at <= now ? (at, TShare.Read(row.Bytes(1))) : (at, (TShare?)null),
        CancellationToken.None);

    /// <summary>When the first row falls due that is not due yet.</summary>
    public async ValueTask<DateTimeOffset?> NextDueAsync(Session session, DateTimeOffset now)
    {
        var found = await session.QueryAsync(next, p => p.Instant(now), row => row.Instant(0), CancellationToken.None);
        return found.Count > 0 ? found[0] : null;
    }

    /// <summary>
    /// The shares after one in their order, each with its earliest time: a step of the index for each, however much it has queued.
    /// </summary>
    public ValueTask<List<(TShare Share, DateTimeOffset Due)>> WalkAsync<TShare>(Session session, byte[] after, int count)
        where TShare : struct, IShare<TShare> => session.QueryAsync(
        walk,
        p => p.Bytes(after).Number(count),
        row => (TShare.Read(row.Bytes(0)), row.Instant(1)),
        CancellationToken.None);

    /// <summary>
    /// The condition "is among the rows of share $5 that are due by $3 and have been so longest, at most $4, which I now hold". By primary
    /// key from a locked list, in an order that only the index by share has: the plan stays right however empty the table was when it was
    /// made.
    /// </summary>
    public string AmongDue(Session session) => session.AmongLocked(due);
}
