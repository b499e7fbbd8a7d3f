using System.Diagnostics;

namespace Waybill.Engine.Messages;

/// <summary>
/// Where a message stands (product, §1). The words of <see cref="MessageStatusWords.Word"/> are the ones in database, API and UI.
/// </summary>
public enum MessageStatus
{
    /// <summary>Waits for the time that its sender asked for.</summary>
    Scheduled,

    /// <summary>Waits for its turn, or for its next attempt.</summary>
    Queued,

    /// <summary>An attempt is under way.</summary>
    Sending,

    /// <summary>The relay took responsibility for at least one recipient, and none is pending.</summary>
    Sent,

    /// <summary>A report said that it arrived.</summary>
    Delivered,

    /// <summary>The outcome is unknown, and a person has to decide.</summary>
    Held,

    /// <summary>A report said that it could not be delivered.</summary>
    Bounced,

    /// <summary>A recipient called it spam.</summary>
    Complained,

    /// <summary>Given up, for the reason that stands beside it.</summary>
    Failed,

    /// <summary>Not sent, because the recipient is on the suppression list.</summary>
    Suppressed,

    /// <summary>Not sent, because there is no recipient.</summary>
    SkippedNoEmail,

    /// <summary>Not sent, because no relay is configured.</summary>
    DroppedNoSmtp,

    /// <summary>Canceled before its first attempt.</summary>
    Canceled,
}

/// <summary>The words for <see cref="MessageStatus"/>.</summary>
public static class MessageStatusWords
{
    static readonly Dictionary<string, MessageStatus> ByWord = Enum.GetValues<MessageStatus>().ToDictionary(Word, StringComparer.Ordinal);

    /// <summary>The word that stands for a status everywhere.</summary>
    public static string Word(this MessageStatus status) => status switch
    {
        MessageStatus.Scheduled => "scheduled",
        MessageStatus.Queued => "queued",
        MessageStatus.Sending => "sending",
        MessageStatus.Sent => "sent",
        MessageStatus.Delivered => "delivered",
        MessageStatus.Held => "held",
        MessageStatus.Bounced => "bounced",
        MessageStatus.Complained => "complained",
        MessageStatus.Failed => "failed",
        MessageStatus.Suppressed => "suppressed",
        MessageStatus.SkippedNoEmail => "skipped_no_email",
        MessageStatus.DroppedNoSmtp => "dropped_no_smtp",
        MessageStatus.Canceled => "canceled",
        _ => throw new UnreachableException($"No word for {status}."),
    };

    /// <summary>The status that a word stands for; null when it stands for none.</summary>
    public static MessageStatus? Find(string word) => ByWord.TryGetValue(word, out var status) ? status : null;

    /// <summary>The status that a word stands for.</summary>
    public static MessageStatus Parse(string word) => ByWord[word];
}
