using Waybill.Engine.Leasing;
using Waybill.Engine.Sharing;

namespace Waybill.Engine.Bus;

/// <summary>The places of this node for handlings: for those that are claimed, and fewer for those that run.</summary>
internal sealed class HandlingPlaces : IPlaces<HandlingShare>
{
    readonly Places<HandlingShare> claimed = new(total: 384, most: 192);
    readonly Places<HandlingShare> running = new(total: 128, most: 64);
    readonly Shortage shortage = new();

    /// <summary>Whether something was due at the last look that got no place.</summary>
    public bool IsShort => shortage.IsThere;

    /// <summary>Deals places out to what is about to be claimed.</summary>
    public IReadOnlyList<(HandlingShare Share, int Count)> Allot(QueuedShares<HandlingShare> queued, int count)
    {
        var asked = queued.Allot(count, Take);
        shortage.EndLook();
        return asked;
    }

    /// <summary>Begins a look at what is due.</summary>
    public void Look() => shortage.BeginLook();

    /// <summary>Gives places back.</summary>
    /// <returns>Whether something that got no place may get one now.</returns>
    public bool Leave(HandlingShare share, int count = 1)
    {
        var wasScarce = claimed.IsScarce;
        claimed.Leave(share, count);
        var (held, more) = claimed.Of(share);
        return shortage.IsThere && (wasScarce || held <= more);
    }

    /// <summary>Takes a place to run in, in turn where there is none.</summary>
    public ValueTask EnterAsync(HandlingShare share, CancellationToken cancellationToken) => running.EnterAsync(share, cancellationToken);

    /// <summary>Gives it back.</summary>
    public void Exit(HandlingShare share) => running.Leave(share);

    int Take(HandlingShare share, int wanted)
    {
        var (held, more) = claimed.Of(share);
        var taken = claimed.Take(share, Share.ToClaim(wanted, held, more));
        if (taken < wanted) shortage.Deny();
        return taken;
    }
}
