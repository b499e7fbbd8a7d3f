using Waybill.Engine.Messages;

namespace Waybill.Engine.Counting;

/// <summary>How many messages stand where.</summary>
/// <param name="Sent">The relay took them.</param>
/// <param name="Failed">Given up, dropped, or reported back.</param>
/// <param name="Held">They wait for a person.</param>
/// <param name="Waiting">They wait for their turn, their time or their next attempt, or are being handed over.</param>
/// <param name="Stopped">Deliberately not sent: suppressed, without a recipient, canceled.</param>
public sealed record StatusCounts(long Sent, long Failed, long Held, long Waiting, long Stopped)
{
    /// <summary>Nothing.</summary>
    public static StatusCounts None { get; } = new(0, 0, 0, 0, 0);

    /// <summary>All that were accepted.</summary>
    public long Accepted => Sent + Failed + Held + Waiting + Stopped;

    /// <summary>Both together.</summary>
    public static StatusCounts operator +(StatusCounts one, StatusCounts other) => new(
        one.Sent + other.Sent, one.Failed + other.Failed, one.Held + other.Held, one.Waiting + other.Waiting, one.Stopped + other.Stopped);

    /// <summary>So many messages of one status.</summary>
    internal static StatusCounts Of(MessageStatus status, long count) => status switch
    {
        MessageStatus.Sent or MessageStatus.Delivered => None with { Sent = count },
        MessageStatus.Held => None with { Held = count },
        MessageStatus.Scheduled or MessageStatus.Queued or MessageStatus.Sending => None with { Waiting = count },
        MessageStatus.Suppressed or MessageStatus.SkippedNoEmail or MessageStatus.Canceled => None with { Stopped = count },
        _ => None with { Failed = count },
    };
}
