using System.Security.Cryptography;

namespace Waybill.Engine.Audit;

/// <summary>Goes along the chain row by row and remembers what does not hold.</summary>
/// <param name="chain">Makes the hashes.</param>
/// <param name="from">The number of the row before the first one.</param>
/// <param name="seal">The seal of that row; null: not known, the first row is taken as it is.</param>
internal sealed class AuditWalk(AuditChain chain, long from, byte[]? seal)
{
    readonly List<AuditBreak> breaks = [];

    List<byte[]> seals = seal is null ? [] : [seal];
    long at = from;
    byte[]? newest;

    public long Passed { get; private set; }

    public IReadOnlyList<AuditBreak> Breaks => breaks;

    /// <summary>Judges the next row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="end">The newest number that was ever given, as the end of the chain has it.</param>
    public void Pass(ChainedRow row, long end)
    {
        Passed++;
        if (row.Number <= at || row.Number > end) Note(new AuditBreak.Added(row.Number, row.Entry.Id));
        else Follow(row);
    }

    /// <summary>Holds the end of the chain against the newest row.</summary>
    public AuditEnd? Conclude(ChainEnd? end)
    {
        if (end is not null && end.Number > at) Note(new AuditBreak.Missing(at + 1, end.Number));
        else if (newest is not null && !seals.Exists(seal => Same(seal, end?.Seal ?? []))) Note(new AuditBreak.WrongEnd(at));
        return newest is null ? null : new(at, Convert.ToHexStringLower(SHA256.HashData(newest))[..16]);
    }

    /// <summary>The row after an edited one may cover the hash that stands there, or the one that stood there before.</summary>
    void Follow(ChainedRow row)
    {
        if (row.Number > at + 1) Note(new AuditBreak.Missing(at + 1, row.Number - 1));
        var expected = row.Number == at + 1 ? seals.ConvertAll(seal => chain.Link(row.Entry, row.Number, row.Salt, seal)) : [];
        var isAltered = expected.Count > 0 && !expected.Exists(hash => Same(hash, row.Hash));
        if (isAltered) Note(new AuditBreak.Altered(row.Number, row.Entry.Id));
        seals = isAltered ? [chain.Seal(row.Hash), chain.Seal(expected[0])] : [chain.Seal(row.Hash)];
        (at, newest) = (row.Number, row.Hash);
    }

    void Note(AuditBreak found)
    {
        if (breaks.Count < AuditProof.MostBreaks) breaks.Add(found);
    }

    static bool Same(byte[] one, byte[] other) => one.AsSpan().SequenceEqual(other);
}

/// <summary>A row of the chain as it stands in the database.</summary>
internal sealed record ChainedRow(AuditEntry Entry, long Number, byte[] Salt, byte[] Hash);

/// <summary>The end of the chain as it stands in the database.</summary>
internal sealed record ChainEnd(long Number, byte[] Seal);
