using Waybill.Engine.Books;
using Waybill.Engine.Routing;

namespace Waybill.RacketBook;

/// <summary>What a stringer's book brings along.</summary>
public static class RacketBookBook
{
    /// <summary>Receipts, handed over while the stringer looks on: once, and never twice.</summary>
    public static StreamPolicy Receipts { get; } = new()
    {
        Name = "racketbook.receipts",
        HandOver = HandOverMode.Inline,
        OnNoRecipient = new OnNoRecipient.Keep(),
        OnNoRelay = OnNoRelay.Fail,
        OnUnknown = OnUnknown.HoldAsFailed,
        OnSuppressed = OnSuppressed.Fail,
        Kept = new Kept.ForEver(),
        AtCap = AtCap.Attempt,
    };

    /// <summary>What a stringer and an admin are told: moderation, invitations.</summary>
    public static StreamPolicy Notices { get; } = new()
    {
        Name = "racketbook.notices",
        OnNoRecipient = new OnNoRecipient.Log(),
        OnNoRelay = OnNoRelay.Log,
        OnUnknown = OnUnknown.Hold,
        OnSuppressed = OnSuppressed.Log,
        Kept = new Kept.For(365),
    };

    /// <summary>The book.</summary>
    public static Book Book { get; } = new() { Name = "racketbook", Streams = [Receipts, Notices] };
}
