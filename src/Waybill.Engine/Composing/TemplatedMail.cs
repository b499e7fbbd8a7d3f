using System.Text.Json;
using Waybill.Engine.Accepting;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Composing;

/// <summary>A mail that a template is to say.</summary>
public sealed record TemplatedMail
{
    /// <summary>Id or alias.</summary>
    public required string Template { get; init; }

    /// <summary>The language that is wanted; null: the brand's.</summary>
    public string? Locale { get; init; }

    /// <summary>Id or alias; null: the tenant's default.</summary>
    public string? Brand { get; init; }

    /// <summary>What the template's variables are taken from.</summary>
    public required JsonElement Data { get; init; }

    /// <summary>Paths of values in <see cref="Data"/> that are secret beside those that the template itself marks.</summary>
    public IReadOnlyList<string> SecretPaths { get; init; } = [];

    /// <summary>The stream whose policy delivers it.</summary>
    public required string Stream { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<Recipient> Recipients { get; init; }

    /// <summary>Who it is from; null: the brand.</summary>
    public Mailbox? From { get; init; }

    /// <summary>Where answers go.</summary>
    public IReadOnlyList<Mailbox> ReplyTo { get; init; } = [];

    /// <summary>Instead of the template's own.</summary>
    public string? Subject { get; init; }

    /// <summary>Further headers.</summary>
    public IReadOnlyList<HeaderField> Headers { get; init; } = [];

    /// <summary>Tags, to find it by.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>Attachments, whose content is stored already.</summary>
    public IReadOnlyList<NewAttachment> Attachments { get; init; } = [];

    /// <summary>When it is to be sent; null: now.</summary>
    public DateTimeOffset? ScheduledAt { get; init; }

    /// <summary>The event that causes it, by its row's id.</summary>
    public Guid? CausedBy { get; init; }
}
