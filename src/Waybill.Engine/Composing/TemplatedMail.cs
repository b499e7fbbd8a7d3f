using System.Text.Json;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Composing;

/// <summary>Asks for a mail by template.</summary>
public sealed record TemplatedMail
{
    /// <summary>The template's id or alias.</summary>
    public required string Template { get; init; }

    /// <summary>The locale that is wanted; null: the brand's.</summary>
    public string? Locale { get; init; }

    /// <summary>The brand's id or alias; null: the tenant's default one.</summary>
    public string? Brand { get; init; }

    /// <summary>What the template is filled with: a JSON object.</summary>
    public required JsonElement Data { get; init; }

    /// <summary>The stream whose policy delivers it.</summary>
    public required string Stream { get; init; }

    /// <summary>Who gets it.</summary>
    public required IReadOnlyList<Recipient> Recipients { get; init; }

    /// <summary>The sender; null: as the template or the brand says.</summary>
    public Mailbox? From { get; init; }

    /// <summary>Where answers go; empty: as the template or the brand says.</summary>
    public IReadOnlyList<Mailbox> ReplyTo { get; init; } = [];

    /// <summary>A subject in place of the template's.</summary>
    public string? Subject { get; init; }

    /// <summary>Further headers.</summary>
    public IReadOnlyList<HeaderField> Headers { get; init; } = [];

    /// <summary>Tags, to find it by.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>Attachments, whose content is stored already or which are documents.</summary>
    public IReadOnlyList<NewAttachment> Attachments { get; init; } = [];

    /// <summary>When it is to be sent; null: now.</summary>
    public DateTimeOffset? ScheduledAt { get; init; }

    /// <summary>
    /// Paths in <see cref="Data"/> that are secret beside those that the template declares so; an event's type names them.
    /// </summary>
    public IReadOnlyList<string> SecretPaths { get; init; } = [];

    /// <summary>The event that caused it.</summary>
    public Guid? CausedBy { get; init; }
}

/// <summary>What writing a mail came to.</summary>
public abstract record Writing
{
    private Writing() { }

    /// <summary>It can be accepted.</summary>
    public sealed record Written(NewMessage Message) : Writing;

    /// <summary>It cannot be written.</summary>
    /// <param name="Field">What is wrong: <c>template</c>, <c>brand</c>, <c>variables</c>, …</param>
    /// <param name="Sentence">Why, and how to mend it.</param>
    public sealed record Refused(string Field, string Sentence) : Writing;
}
