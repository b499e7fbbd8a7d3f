using Waybill.Engine.Messages;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Accepting;

/// <summary>Appends the rows of new messages: journal, snapshot, recipients, attachments, outbox, first line of the timeline.</summary>
internal static class MessageRows
{
    const string Message =
        """
        INSERT INTO messages (id, tenant_id, stream, status, header_id, sender, subject, reply_to, tags, accepted_at, scheduled_at, salt, row_hash, event_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        """;

    const string Snapshot = "INSERT INTO snapshots (message_id, inputs) VALUES ($1, $2)";

    const string RecipientRow =
        "INSERT INTO recipients (message_id, position, kind, mailbox, address, status) VALUES ($1, $2, $3, $4, $5, 'pending')";

    const string Attachment =
        """
        INSERT INTO attachments (id, message_id, position, file_name, content_type, content_id, hash, size)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    const string Outbox =
        """
        INSERT INTO outbox (message_id, tenant_id, stream, state, due_at, wait, scheduled, attempt, token, begun)
        VALUES ($1, $2, $3, 'queued', $4, 0, $5, 0, 0, 0)
        """;

    public static async ValueTask AppendAsync(Session session, IReadOnlyList<AcceptedMessage> messages)
    {
        await session.InsertManyAsync(Message, messages, BindMessage, CancellationToken.None);
        await session.InsertManyAsync(Snapshot, messages, (p, message) => p.Id(message.Id.Value).Bytes(message.Inputs), CancellationToken.None);
        await session.InsertManyAsync(
            RecipientRow,
            [.. messages.SelectMany(message => message.Message.Recipients, (message, recipient) => (message.Id, recipient))],
            (p, row) => p.Id(row.Id.Value).Number(row.recipient.Position).Text(Kind(row.recipient.Kind)).Text(row.recipient.Mailbox.ToString())
                .Text(row.recipient.Mailbox.Address.ToString()),
            CancellationToken.None);
        await session.InsertManyAsync(
            Attachment,
            [.. messages.SelectMany(message => message.Message.Attachments.Select((attachment, position) => (message, attachment, position)))],
            BindAttachment,
            CancellationToken.None);
        await session.InsertManyAsync(
            Outbox,
            messages,
            (p, message) => p.Id(message.Id.Value).Id(message.Tenant.Value).Text(message.Message.Stream).Instant(message.DueAt)
                .Number(message.Message.ScheduledAt is null ? 0 : 1),
            CancellationToken.None);
        await Journal.TimelineRows.AppendAsync(session, [.. messages.Select(FirstStep)]);
    }

    /// <summary>The word for a recipient's kind.</summary>
    public static string Kind(RecipientKind kind) => kind switch
    {
        RecipientKind.To => "to",
        RecipientKind.Cc => "cc",
        RecipientKind.Bcc => "bcc",
        _ => throw new System.Diagnostics.UnreachableException($"No word for {kind}."),
    };

    static Journal.TimelineStep FirstStep(AcceptedMessage message) => new(
        message.Id,
        message.AcceptedAt,
        "accepted",
        message.Message.ScheduledAt is { } at ? $"scheduled for {at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}" : $"by stream {message.Message.Stream}");

    static void BindMessage(Parameters p, AcceptedMessage message) => p
        .Id(message.Id.Value).Id(message.Tenant.Value).Text(message.Message.Stream).Text(message.Status.Word()).Text(message.HeaderId)
        .Text(message.Message.From.ToString()).Text(message.Message.Subject).Text(message.ReplyToJson).Text(message.TagsJson)
        .Instant(message.AcceptedAt).Instant(message.Message.ScheduledAt).Bytes(message.Salt).Bytes(message.RowHash).Id(message.Message.EventId);

    static void BindAttachment(Parameters p, (AcceptedMessage Message, NewAttachment Attachment, int Position) row) => p
        .Id(Guid.CreateVersion7(row.Message.AcceptedAt)).Id(row.Message.Id.Value).Number(row.Position).Text(row.Attachment.FileName)
        .Text(row.Attachment.ContentType).Text(row.Attachment.ContentId).Bytes(row.Attachment.Hash).Number(row.Attachment.Size);
}
