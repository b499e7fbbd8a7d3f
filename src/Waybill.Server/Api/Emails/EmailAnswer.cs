using System.Diagnostics;
using System.Text.Json.Serialization;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Emails;

/// <summary>A message in the words of Resend's API.</summary>
internal record EmailRow
{
    public EmailRow(MessageRecord message)
    {
        Id = message.Id;
        MessageId = message.HeaderId;
        From = message.Sender;
        To = Mailboxes(message, RecipientKind.To) ?? [];
        Cc = Mailboxes(message, RecipientKind.Cc);
        Bcc = Mailboxes(message, RecipientKind.Bcc);
        ReplyTo = message.ReplyTo.Count == 0 ? null : message.ReplyTo;
        Subject = message.Subject;
        CreatedAt = message.AcceptedAt.OnTheWire();
        ScheduledAt = message.ScheduledAt?.OnTheWire();
        LastEvent = Event(message);
    }

    public MessageId Id { get; }

    public string MessageId { get; }

    public string From { get; }

    public IReadOnlyList<string> To { get; }

    public IReadOnlyList<string>? Cc { get; }

    public IReadOnlyList<string>? Bcc { get; }

    public IReadOnlyList<string>? ReplyTo { get; }

    public string Subject { get; }

    public string CreatedAt { get; }

    public string? ScheduledAt { get; }

    public string LastEvent { get; }

    static string[]? Mailboxes(MessageRecord message, RecipientKind kind)
    {
        string[] mailboxes = [.. message.Recipients.Where(recipient => recipient.Kind == kind).Select(recipient => recipient.Mailbox)];
        return mailboxes.Length == 0 ? null : mailboxes;
    }

    /// <summary>Resend's word for where a message stands (product, §1, Outcome).</summary>
    static string Event(MessageRecord message) => message.Status switch
    {
        MessageStatus.Queued when message.WaitsForRetry => "delivery_delayed",
        MessageStatus.Queued or MessageStatus.Sending => "queued",
        MessageStatus.Held => "delivery_delayed",
        MessageStatus.SkippedNoEmail or MessageStatus.DroppedNoSmtp => "failed",
        MessageStatus.Scheduled or MessageStatus.Sent or MessageStatus.Delivered or MessageStatus.Bounced or MessageStatus.Complained
            or MessageStatus.Failed or MessageStatus.Suppressed or MessageStatus.Canceled => message.Status.Word(),
        _ => throw new UnreachableException($"No event for {message.Status}."),
    };
}

/// <summary>One message, with its bodies and tags.</summary>
internal sealed record EmailAnswer(MessageRecord Message, SnapshotInputs Inputs) : EmailRow(Message)
{
    public string Object { get; } = "email";

    public string? Html => Inputs.Html;

    public string? Text => Inputs.Text;

    public IReadOnlyList<Tag> Tags => Message.Tags;

    [JsonIgnore]
    public MessageRecord Message { get; } = Message;

    [JsonIgnore]
    public SnapshotInputs Inputs { get; } = Inputs;
}

/// <summary>A page of messages, newest first.</summary>
internal sealed record EmailListAnswer(bool HasMore, IReadOnlyList<EmailRow> Data)
{
    public string Object { get; } = "list";
}

/// <summary>Names a message that was changed.</summary>
internal sealed record EmailReference(MessageId Id)
{
    public string Object { get; } = "email";
}
