namespace Waybill.Engine.Leasing;

/// <summary>The places of this node for what it has claimed and not settled. What has none is not claimed and waits in the queue.</summary>
internal interface IPlaces<TShare>
    where TShare : struct, IShare<TShare>
{
    /// <summary>Whether something was due at the last look that got no place.</summary>
    bool IsShort { get; }

    /// <summary>When something that is due and waits for no place may be worth another look; null: nothing does.</summary>
    TimeSpan? RestLeft => null;

    /// <summary>Begins a look at what is due.</summary>
    void Look();

    /// <summary>Deals places out to what is about to be claimed, which ends the look.</summary>
    IReadOnlyList<(TShare Share, int Count)> Allot(QueuedShares<TShare> queued, int count);

    /// <summary>Gives places back.</summary>
    /// <returns>Whether something that got no place may get one now.</returns>
    bool Leave(TShare share, int count = 1);
}
