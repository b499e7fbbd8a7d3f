using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Outbox;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Accepting;

/// <summary>
/// Appends the rows of new messages: journal, snapshot, recipients, attachments, outbox, what it is found by, first line of the timeline.
/// </summary>
internal static class MessageRows
{
    const string Message =
        """
        INSERT INTO messages (id, tenant_id, stream, status, header_id, sender, subject, reply_to, tags, accepted_at, scheduled_at, salt, row_hash,
                              template_version, brand_id, brand_version, locale, event_id, relay_id, settled_at, reason)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
        """;

    const string Snapshot = "INSERT INTO snapshots (message_id, inputs, sealed, sealed_until) VALUES ($1, $2, $3, $4)";

    const string RecipientRow =
        "INSERT INTO recipients (message_id, position, kind, mailbox, address, status, reply) VALUES ($1, $2, $3, $4, $5, $6, $7)";

    const string Attachment =
        """
        INSERT INTO attachments (id, message_id, position, file_name, content_type, content_id, hash, size, document_kind, document_version, document_data)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """;

    const string Outbox =
        """
        INSERT INTO outbox (message_id, tenant_id, stream, due_at, wait, scheduled, attempt, begun, state, token, owner, lease_until, share)
        VALUES ($1, $2, $3, $4, 0, $5, 0, 0, $6, $7, $8, $9, $10)
        """;

    public static async ValueTask AppendAsync(Session session, IReadOnlyList<ClearedMessage> cleared)
    {
        var messages = cleared.Select(message => message.Message).ToList();
        await session.InsertManyAsync(Message, cleared, BindMessage, CancellationToken.None);
        await session.InsertManyAsync(Snapshot, cleared, BindSnapshot, CancellationToken.None);
        await session.InsertManyAsync(
            RecipientRow,
            [.. cleared.SelectMany(Recipients, (message, recipient) => (message.Message.Id, recipient))],
            (p, row) => p.Id(row.Id.Value).Number(row.recipient.Position).Text(Kind(row.recipient.Kind)).Text(row.recipient.Mailbox)
                .Text(row.recipient.Address).Text(row.recipient.Status).Text(row.recipient.Reply),
            CancellationToken.None);
        await session.InsertManyAsync(
            Attachment,
            [.. messages.SelectMany(
                message => message.Message.Attachments.Select((attachment, position) => (message, attachment, position)))],
            BindAttachment,
            CancellationToken.None);
        await session.InsertManyAsync(
            Outbox,
            [.. cleared.Where(message => message.IsToGo).Select(message => message.Message)],
            BindOutbox,
            CancellationToken.None);
        await SearchRows.AppendAsync(session, [.. cleared.Select(Entry)]);
        await TimelineRows.AppendAsync(
            session, [.. messages.Select(FirstStep), .. cleared.Where(message => !message.IsToGo).Select(LastStep)]);
    }

    /// <summary>The word for a recipient's kind.</summary>
    public static string Kind(RecipientKind kind) => kind switch
    {
        RecipientKind.To => "to",
        RecipientKind.Cc => "cc",
        RecipientKind.Bcc => "bcc",
        _ => throw new System.Diagnostics.UnreachableException($"No word for {kind}."),
    };

    static TimelineStep FirstStep(AcceptedMessage message) => new(
        message.Id,
        message.AcceptedAt,
        "accepted",
        (message.Message.ScheduledAt is { } at
            ? $"scheduled for {at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}"
            : $"by stream {message.Message.Stream}")
        + (message.Message.Origin is { } origin ? $" · template {origin.Template} v{origin.Number} ({origin.Locale})" : "")
        + (message.Message.EventId is { } e ? $" · event {e:D}" : ""));

    static SearchEntry Entry(ClearedMessage cleared) => new(
        cleared.Message.Id, cleared.Message.Tenant, [.. Recipients(cleared).Select(recipient => recipient.Address)],
        cleared.Message.Message.Subject, cleared.Message.Message.Tags);

    static IEnumerable<RecipientRecord> Recipients(ClearedMessage message)
    {
        var posted = message.Message.Message;
        if (posted is { Recipients: [], UnusableRecipient: { } text })
            return [new(0, RecipientKind.To, text, text, "refused", message.Reason)];
        return posted.Recipients.Select(recipient => new RecipientRecord(
            recipient.Position, recipient.Kind, recipient.Mailbox.ToString(), recipient.Mailbox.Address.ToString(),
            message.StopOf(recipient.Position) is null ? "pending" : "refused", message.StopOf(recipient.Position)));
    }

    /// <summary>Of a message that goes to nobody; a moment later, so that it stands second.</summary>
    static TimelineStep LastStep(ClearedMessage message) =>
        new(message.Message.Id, message.Message.AcceptedAt.AddMicroseconds(1), message.Status.Word(), message.Reason ?? "");

    static void BindMessage(Parameters p, ClearedMessage cleared)
    {
        BindMessage(p, cleared.Message, cleared.Status);
        p.Instant(cleared.IsToGo ? null : cleared.Message.AcceptedAt).Text(cleared.Reason);
    }

    /// <summary>
    /// A message that is handed over within its caller's call is born claimed: should this process die, its lease says so.
    /// </summary>
    static void BindOutbox(Parameters p, AcceptedMessage message)
    {
        p.Id(message.Id.Value).Id(message.Tenant.Value).Text(message.Message.Stream).Instant(message.DueAt)
            .Number(message.Message.ScheduledAt is null ? 0 : 1);
        if (message.InlineOwner is { } owner) p.Text("sending").Number(1).Text(owner).Instant(message.AcceptedAt + MessageOutbox.Lease);
        else p.Text("queued").Number(0).Text(null).Instant(null);
        p.Bytes(message.Share.ToBytes());
    }

    static void BindMessage(Parameters p, AcceptedMessage message, MessageStatus status) => p
        .Id(message.Id.Value).Id(message.Tenant.Value).Text(message.Message.Stream).Text(status.Word()).Text(message.HeaderId)
        .Text(message.Message.From.ToString()).Text(message.Message.Subject).Text(message.ReplyToJson).Text(message.TagsJson)
        .Instant(message.AcceptedAt).Instant(message.Message.ScheduledAt).Bytes(message.Salt).Bytes(message.RowHash)
        .Id(message.Message.Origin?.TemplateVersion).Id(message.Message.Origin?.Brand).Number(message.Message.Origin?.BrandVersion)
        .Text(message.Message.Origin?.Locale).Id(message.Message.EventId).Id(message.Message.RelayId);

    /// <summary>Of what goes to nobody no secret is kept.</summary>
    static void BindSnapshot(Parameters p, ClearedMessage cleared)
    {
        var @sealed = cleared.IsToGo ? cleared.Message.Message.Sealed : null;
        p.Id(cleared.Message.Id.Value).Bytes(cleared.Message.Inputs).Bytes(@sealed?.Box).Instant(@sealed?.Until);
    }

    static void BindAttachment(Parameters p, (AcceptedMessage Message, NewAttachment Attachment, int Position) row) => p
        .Id(Guid.CreateVersion7(row.Message.AcceptedAt)).Id(row.Message.Id.Value).Number(row.Position).Text(row.Attachment.FileName)
        .Text(row.Attachment.ContentType).Text(row.Attachment.ContentId).Bytes(row.Attachment.Hash).Number(row.Attachment.Size)
        .Text(row.Attachment.Document?.Kind).Number(row.Attachment.Document?.Version)
        .Bytes(
            row.Attachment.Document is { } document
                ? Journal.Packed.Pack(System.Text.Encoding.UTF8.GetBytes(document.Data.GetRawText()))
                : null);
}
