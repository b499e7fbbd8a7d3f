using Waybill.Engine.Storage;

namespace Waybill.Engine.Leasing;

/// <summary>A table whose rows are claimed by shares: it has the columns <c>state</c>, <c>due_at</c> and <c>share</c>, and an index by both.</summary>
/// <param name="Name">The table.</param>
/// <param name="Key">Its primary key, which orders what is due at the same time.</param>
internal sealed record SharedTable(string Name, string Key)
{
    /// <summary>The rows that have been due longest, as their shares.</summary>
    public ValueTask<List<TShare>> OldestAsync<TShare>(Session session, DateTimeOffset now, int count)
        where TShare : struct, IShare<TShare> => session.QueryAsync(
        $"SELECT share FROM {Name} WHERE state = 'queued' AND due_at <= $1 ORDER BY due_at, {Key} LIMIT $2",
        p => p.Instant(now).Number(count),
        row => TShare.Read(row.Bytes(0)),
        CancellationToken.None);

    /// <summary>The shares after one in their order, each with its earliest time: a step of the index for each, however much it has queued.</summary>
    public ValueTask<List<(TShare Share, DateTimeOffset Due)>> WalkAsync<TShare>(Session session, byte[] after, int count)
        where TShare : struct, IShare<TShare> => session.QueryAsync(
        $"""
        WITH RECURSIVE walk (share, step) AS (
            SELECT (SELECT share FROM {Name} WHERE state = 'queued' AND share > $1 ORDER BY share LIMIT 1), 1
            UNION ALL
            SELECT (SELECT o.share FROM {Name} o WHERE o.state = 'queued' AND o.share > walk.share ORDER BY o.share LIMIT 1), step + 1
            FROM walk WHERE walk.share IS NOT NULL AND step < $2
        )
        SELECT walk.share, (SELECT o.due_at FROM {Name} o WHERE o.state = 'queued' AND o.share = walk.share ORDER BY o.share, o.due_at LIMIT 1)
        FROM walk WHERE walk.share IS NOT NULL
        """,
        p => p.Bytes(after).Number(count),
        row => (TShare.Read(row.Bytes(0)), row.Instant(1)),
        CancellationToken.None);

    /// <summary>
    /// The condition "is among the rows of share $5 that are due by $3 and have been so longest, at most $4, which I now hold". By primary
    /// key from a locked list, in an order that only the index by share has: the plan stays right however empty the table was when it was made.
    /// </summary>
    public string AmongDue(Session session) => session.AmongLocked(
        $"""
        SELECT {Key} FROM {Name} WHERE state = 'queued' AND (share, due_at) > ($5, $6) AND (share, due_at) <= ($5, $3)
        ORDER BY share, due_at, {Key} LIMIT $4
        """);
}
