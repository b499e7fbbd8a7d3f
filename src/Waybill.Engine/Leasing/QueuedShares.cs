namespace Waybill.Engine.Leasing;

/// <summary>Shares that have something due.</summary>
/// <param name="Shares">Each with how much is due, as far as that is known; null: some.</param>
/// <param name="IsComplete">Whether these are all there are; else a walk goes on where it stopped.</param>
/// <param name="EndsRound">Whether that walk has come to its end and begins anew.</param>
/// <param name="Now">When they were looked for.</param>
internal sealed record QueuedShares<TShare>(
    IReadOnlyList<(TShare Share, int? Due)> Shares, bool IsComplete, bool EndsRound, DateTimeOffset Now)
    where TShare : struct, IShare<TShare>
{
    /// <summary>When the first falls due that is not due yet; null: none waits.</summary>
    public DateTimeOffset? Next { get; init; }

    /// <summary>Whether these are all that is due, and how much: then nobody has to look again who claimed that much.</summary>
    public bool AreAll(int claimed) => IsComplete && Shares.All(one => one.Due is not null) && Shares.Sum(one => one.Due) == claimed;

    /// <summary>Deals out a claim: to each share the same, and what some leave to the others.</summary>
    /// <param name="count">How much one claim may bring.</param>
    /// <param name="take">Takes places for a share, up to the given number, and says how many it got.</param>
    public IReadOnlyList<(TShare Share, int Count)> Allot(int count, Func<TShare, int, int> take)
    {
        if (Shares.Count == 0) return [];
        var allotted = new int[Shares.Count];
        var left = Deal(allotted, count, Math.Max(1, count / Shares.Count), take);
        if (left > 0) Deal(allotted, left, left, take);
        return [.. Shares.Select((one, i) => (one.Share, allotted[i])).Where(one => one.Item2 > 0)];
    }

    int Deal(int[] allotted, int left, int each, Func<TShare, int, int> take)
    {
        for (var i = 0; i < allotted.Length && left > 0; i++)
        {
            var wanted = Math.Min(Math.Min(each, left), (Shares[i].Due ?? int.MaxValue) - allotted[i]);
            if (wanted <= 0) continue;
            var taken = take(Shares[i].Share, wanted);
            allotted[i] += taken;
            left -= taken;
        }

        return left;
    }
}
