using Waybill.Engine.Messages;

namespace Waybill.Engine.Retrying;

/// <summary>What becomes of a message after an attempt.</summary>
public abstract record Disposition(string Reason)
{
    private Disposition() : this("") { }

    /// <summary>Nothing is left to do; the message has its last status.</summary>
    public sealed record Settled(MessageStatus Status, string Reason) : Disposition(Reason);

    /// <summary>Those who are still pending are tried again, with the same bytes.</summary>
    public sealed record RetryAfter(TimeSpan Wait, string Reason) : Disposition(Reason);
}
