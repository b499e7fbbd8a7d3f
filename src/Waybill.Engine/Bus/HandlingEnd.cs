namespace Waybill.Engine.Bus;

/// <summary>What a handling came to.</summary>
internal abstract record HandlingEnd
{
    private HandlingEnd() { }

    /// <summary>It is done.</summary>
    public sealed record Handled : HandlingEnd;

    /// <summary>It failed and is tried again after the wait.</summary>
    public sealed record RetryAfter(TimeSpan Wait, string Reason) : HandlingEnd;

    /// <summary>It failed and is not tried again until a person releases it.</summary>
    public sealed record Parked(string Reason) : HandlingEnd;
}

/// <summary>The end of a handling under the claim that it was made under.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="End">What it came to.</param>
/// <param name="HasSecrets">Whether sealed data is to be erased once nobody needs it.</param>
/// <param name="At">When it ended.</param>
internal sealed record SettledHandling(DeliveryClaim Claim, HandlingEnd End, bool HasSecrets, DateTimeOffset At);
