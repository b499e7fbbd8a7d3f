using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Accepting;

/// <summary>An email as it was asked for, checked: everything in it can be sent.</summary>
public sealed record NewMessage
{
    /// <summary>Who it speaks for.</summary>
    public required Mailbox From { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<Recipient> Recipients { get; init; }

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

    /// <summary>The event that caused it, by its row's id; null: it was posted.</summary>
    public Guid? EventId { get; init; }
}

/// <summary>An attachment whose content lies in the <see cref="Storage.ContentStore"/> already.</summary>
/// <param name="FileName">As the recipient sees it.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="ContentId">When set, the attachment is inline and the HTML can show it as <c>cid:</c>.</param>
/// <param name="Hash">SHA-256 of the content.</param>
/// <param name="Size">Octets.</param>
public sealed record NewAttachment(string FileName, string ContentType, string? ContentId, byte[] Hash, long Size);
