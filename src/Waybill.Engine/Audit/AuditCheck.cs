using Waybill.Engine.Secrets;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Audit;

/// <summary>Proves that the audit is what was appended: no row edited, removed, put in or moved behind Waybill's back.</summary>
public sealed class AuditCheck(IDatabase database, DataKeys keys)
{
    const int PageSize = 2000;

    readonly AuditChain chain = new(keys);

    /// <summary>Goes through all of it.</summary>
    public async Task<AuditProof> VerifyAsync(CancellationToken cancellationToken)
    {
        var before = await database.ReadAsync(session => AuditRows.BeforeAsync(session, cancellationToken), cancellationToken);
        var walk = new AuditWalk(chain, from: 0, chain.Begin(before.Select(row => row.Hash)));
        var end = await WalkAsync(walk, from: 0, cancellationToken);
        var altered = before.Where(row => !row.Hash.AsSpan().SequenceEqual(row.Entry.Hash(row.Salt)))
            .Select(row => new AuditBreak.Altered(null, row.Entry.Id));
        return new(walk.Passed, before.Count, end, [.. altered.Take(AuditProof.MostBreaks), .. walk.Breaks]);
    }

    /// <summary>Whether there is a chain, and its newest row is under these keys.</summary>
    public static async Task<bool> IsUnderAsync(IDatabase database, DataKeys keys, CancellationToken cancellationToken) =>
        await new AuditCheck(database, keys).VerifyNewestAsync(1, cancellationToken) is { Holds: true, Chained: > 0 };

    /// <summary>Goes through the newest rows alone, which is soon done; what is older counts as good.</summary>
    public async Task<AuditProof> VerifyNewestAsync(int rows, CancellationToken cancellationToken)
    {
        var end = await database.ReadAsync(session => AuditRows.EndAsync(session, cancellationToken), cancellationToken);
        var from = (end?.Number ?? 0) - rows;
        if (from <= 0) return await VerifyAsync(cancellationToken);
        var walk = new AuditWalk(chain, from - 1, seal: null);
        return new(rows, Before: 0, await WalkAsync(walk, from - 1, cancellationToken), walk.Breaks);
    }

    /// <summary>Page by page, each with the end of the chain as it was then: appending goes on meanwhile.</summary>
    async Task<AuditEnd?> WalkAsync(AuditWalk walk, long from, CancellationToken cancellationToken)
    {
        var (number, id) = (from, new Guid(Enumerable.Repeat(byte.MaxValue, 16).ToArray()));
        while (true)
        {
            var (rows, end) = await database.ReadAsync(
                async session => (
                    await AuditRows.PageAsync(session, number, id, PageSize, cancellationToken),
                    await AuditRows.EndAsync(session, cancellationToken)),
                cancellationToken);
            foreach (var row in rows) walk.Pass(row, end?.Number ?? long.MaxValue);
            if (rows.Count < PageSize) return walk.Conclude(end);
            (number, id) = (rows[^1].Number, rows[^1].Entry.Id);
        }
    }
}
