using Waybill.Engine.Messages;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Journal;

/// <summary>An email as it was asked for, checked: everything in it can be sent.</summary>
public sealed record NewMessage
{
    /// <summary>Who it speaks for.</summary>
    public required Mailbox From { get; init; }

    /// <summary>Nobody, where the stream knows what to do with a message for nobody; else at least one.</summary>
    public required IReadOnlyList<Recipient> Recipients { get; init; }

    /// <summary>What stands where the recipient's address should be and is none; then there is no recipient.</summary>
    public string? UnusableRecipient { get; init; }

    /// <summary>Why it is not to be sent although it is to be kept, e.g. <c>self_job</c>; null: it is to be sent.</summary>
    public string? SkipReason { get; init; }

    /// <summary>The stream whose policy delivers it.</summary>
    public required string Stream { get; init; }

    /// <summary>Where answers go; empty: to <see cref="From"/>.</summary>
    public IReadOnlyList<Mailbox> ReplyTo { get; init; } = [];

    /// <summary>The subject.</summary>
    public required string Subject { get; init; }

    /// <summary>The plain text, when there is one.</summary>
    public string? Text { get; init; }

    /// <summary>The HTML, when there is one.</summary>
    public string? Html { get; init; }

    /// <summary>Further headers.</summary>
    public IReadOnlyList<HeaderField> Headers { get; init; } = [];

    /// <summary>Tags, to find it by.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>Attachments, whose content is stored already.</summary>
    public IReadOnlyList<NewAttachment> Attachments { get; init; } = [];

    /// <summary>When it is to be sent; null: now.</summary>
    public DateTimeOffset? ScheduledAt { get; init; }

    /// <summary>The template that it was written from; null: it was posted as it is.</summary>
    public MessageOrigin? Origin { get; init; }

    /// <summary>
    /// What it says with its secret values; null: it has none, and <see cref="Subject"/>, <see cref="Text"/> and <see cref="Html"/> are
    /// all.
    /// </summary>
    public SealedParts? Sealed { get; init; }

    /// <summary>The event that caused it.</summary>
    public Guid? EventId { get; init; }

    /// <summary>The relay of its brand; null: the default one.</summary>
    public Guid? RelayId { get; init; }
}

/// <summary>An attachment whose content lies in the <see cref="Storage.ContentStore"/> already.</summary>
/// <param name="FileName">As the recipient sees it.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="ContentId">When set, the attachment is inline and the HTML can show it as <c>cid:</c>.</param>
/// <param name="Hash">SHA-256 of the content.</param>
/// <param name="Size">Octets.</param>
public sealed record NewAttachment(string FileName, string ContentType, string? ContentId, byte[] Hash, long Size)
{
    /// <summary>When set, the content is rendered from this and not stored.</summary>
    public DocumentSource? Document { get; init; }
}
