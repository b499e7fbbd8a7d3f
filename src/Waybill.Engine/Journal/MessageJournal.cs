using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Waybill.Engine.Messages;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Journal;

/// <summary>
/// What happened to each message. Every read names its tenant, and sees nothing of another's; the operator's page and the
/// command line name the tenant <c>null</c> for all, explicitly.
/// </summary>
public sealed class MessageJournal(IDatabase database)
{
    const string Columns =
        """
        SELECT m.id, m.tenant_id, m.stream, m.status, m.reason, m.header_id, m.sender, m.subject, m.reply_to, m.tags, m.accepted_at, m.scheduled_at,
               CASE WHEN m.status = 'queued' AND m.reason IS NOT NULL THEN 1 ELSE 0 END,
               (SELECT o.due_at FROM outbox o WHERE o.message_id = m.id AND o.state = 'queued'), m.event_id, m.relay_id
        FROM messages m
        """;

    /// <summary>One message; null when the tenant has none of that id.</summary>
    public Task<MessageRecord?> FindAsync(TenantId? tenant, MessageId id, CancellationToken cancellationToken) => database.ReadAsync(
        async session =>
        {
            var found = await session.QueryAsync(
                $"{Columns} WHERE m.id = $1 {Filter(tenant, 2)}", p => p.Id(id.Value).Of(tenant), Read, cancellationToken);
            return found.Count == 0 ? null : (await WithRecipientsAsync(session, found, cancellationToken))[0];
        },
        cancellationToken);

    /// <summary>
    /// A page of messages, newest first. <paramref name="after"/> continues with older ones, <paramref name="before"/> with newer ones.
    /// </summary>
    /// <returns>The page, and whether there is more in the direction that was asked for.</returns>
    public Task<(IReadOnlyList<MessageRecord> Page, bool HasMore)> ListAsync(
        TenantId? tenant, int limit, MessageId? after, MessageId? before,
        CancellationToken cancellationToken) => database.ReadAsync<(IReadOnlyList<MessageRecord>, bool)>(
        async session =>
        {
            var cursor = after ?? before;
            var where = cursor is null ? "m.id IS NOT NULL" : after is null ? "m.id > $1" : "m.id < $1";
            var order = cursor is not null && after is null ? "ASC" : "DESC";
            var next = cursor is null ? 1 : 2;
            var found = await session.QueryAsync(
                $"{Columns} WHERE {where} {Filter(tenant, next)} ORDER BY m.id {order} LIMIT {limit + 1}",
                p => (cursor is { } id ? p.Id(id.Value) : p).Of(tenant),
                Read,
                cancellationToken);
            var hasMore = found.Count > limit;
            var page = found.Take(limit).OrderByDescending(message => message.Id.ToString(), StringComparer.Ordinal).ToList();
            return (await WithRecipientsAsync(session, page, cancellationToken), hasMore);
        },
        cancellationToken);

    /// <summary>The snapshot of a message; null when the tenant has none of that id.</summary>
    public Task<Snapshot?> FindSnapshotAsync(TenantId? tenant, MessageId id, CancellationToken cancellationToken) =>
        database.ReadAsync(session => SnapshotAsync(session, tenant, id, cancellationToken), cancellationToken);

    /// <summary>A message with its snapshot, within a unit of work; null when the tenant has none of that id.</summary>
    internal static async ValueTask<(MessageRecord Message, Snapshot Snapshot)?> FindAsync(
        Session session, TenantId tenant, MessageId id, CancellationToken cancellationToken) =>
        await FindAllAsync(session, tenant, [id], cancellationToken) is [var found] ? found : null;

    /// <summary>
    /// Messages with their snapshots, within a unit of work, oldest first; those that the tenant does not have are left out.
    /// </summary>
    internal static async ValueTask<List<(MessageRecord Message, Snapshot Snapshot)>> FindAllAsync(
        Session session, TenantId tenant, IReadOnlyList<MessageId> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) return [];
        var messages = await QueryAsync(
            session, $"WHERE m.tenant_id = $1 AND m.id {Session.OneOf(2, ids.Count)} ORDER BY m.id", p => BindAll(p.Id(tenant.Value), ids),
            cancellationToken);
        var snapshots = await SnapshotsAsync(session, ids, cancellationToken);
        return [.. messages.Where(message => snapshots.ContainsKey(message.Id)).Select(message => (message, snapshots[message.Id]))];
    }

    static async ValueTask<Snapshot?> SnapshotAsync(Session session, TenantId? tenant, MessageId id, CancellationToken cancellationToken) =>
        (await SnapshotsAsync(session, [id], cancellationToken)).GetValueOrDefault(id) is { } found
            && (tenant is null || found.Tenant == tenant) ? found : null;

    static async ValueTask<Dictionary<MessageId, Snapshot>> SnapshotsAsync(
        Session session, IReadOnlyList<MessageId> ids, CancellationToken cancellationToken)
    {
        var found = await session.QueryAsync(
            $"""
            SELECT s.inputs, s.composition, s.bytes_hash, s.bytes_size, s.sealed, m.tenant_id, s.sealed_until, s.message_id
            FROM snapshots s JOIN messages m ON m.id = s.message_id WHERE s.message_id {Session.OneOf(1, ids.Count)}
            """,
            p => BindAll(p, ids),
            row => (Message: new MessageId(row.Id(7)), Snapshot: ReadSnapshot(row, 0) with { SealedUntil = row.InstantOrNull(6) }),
            cancellationToken);
        var attachments = await AttachmentsAsync(session, ids, cancellationToken);
        return found.ToDictionary(one => one.Message, one => one.Snapshot with { Attachments = [.. attachments[one.Message]] });
    }

    /// <summary>
    /// The relay that a message was last handed to, by its name, and the id that the message names it by (null: the default one); null: to
    /// none yet.
    /// </summary>
    public Task<(string Name, Guid? Id)?> LastRelayAsync(
        TenantId? tenant, MessageId id, CancellationToken cancellationToken) => database.ReadAsync(
        async session => (await session.QueryAsync(
            $"SELECT a.relay, m.relay_id FROM attempts a JOIN messages m ON m.id = a.message_id WHERE a.message_id = $1 {Filter(tenant, 2)} ORDER BY a.number DESC LIMIT 1",
            p => p.Id(id.Value).Of(tenant),
            row => ((string, Guid?)?)(row.Text(0), row.IdOrNull(1)),
            cancellationToken)).FirstOrDefault(),
        cancellationToken);

    /// <summary>The attempts of a message, first first.</summary>
    public Task<List<AttemptRecord>> AttemptsAsync(
        TenantId? tenant, MessageId id, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.QueryAsync(
            $"""
            SELECT a.number, a.relay, a.started_at, a.ended_at, a.outcome, a.reply, a.dialogue FROM attempts a JOIN messages m ON m.id = a.message_id
            WHERE a.message_id = $1 {Filter(tenant, 2)} ORDER BY a.number
            """,
            p => p.Id(id.Value).Of(tenant),
            row => new AttemptRecord(
                row.Number(0), row.Text(1), row.Instant(2), row.InstantOrNull(3), row.TextOrNull(4), row.TextOrNull(5),
                row.BytesOrNull(6) is { } packed ? Encoding.UTF8.GetString(Packed.Unpack(packed)) : null),
            cancellationToken),
        cancellationToken);

    /// <summary>All that happened to a message, in order: its steps and its attempts.</summary>
    public async Task<IReadOnlyList<TimelineStep>> TimelineAsync(TenantId? tenant, MessageId id, CancellationToken cancellationToken)
    {
        var steps = await database.ReadAsync(
            session => session.QueryAsync(
                $"""
                SELECT t.at, t.step, t.detail FROM timeline t JOIN messages m ON m.id = t.message_id
                WHERE t.message_id = $1 {Filter(tenant, 2)} ORDER BY t.at, t.id
                """,
                p => p.Id(id.Value).Of(tenant),
                row => new TimelineStep(id, row.Instant(0), row.Text(1), row.Text(2)),
                cancellationToken),
            cancellationToken);
        var attempts = await AttemptsAsync(tenant, id, cancellationToken);
        return [.. steps.Concat(attempts.Select((attempt, i) => Step(id, attempt, i + 1))).OrderBy(step => step.At)];
    }

    /// <summary>One attachment of a message; null when the tenant has no such message or it no such attachment.</summary>
    public async Task<AttachmentRecord?> FindAttachmentAsync(
        TenantId? tenant, MessageId id, Guid attachment, CancellationToken cancellationToken) =>
        (await FindSnapshotAsync(tenant, id, cancellationToken))?.Attachments.FirstOrDefault(one => one.Id == attachment);

    static TimelineStep Step(MessageId id, AttemptRecord attempt, int number) =>
        new(
            id, attempt.StartedAt, $"attempt {number}",
            attempt.Outcome is null ? $"{attempt.Relay} · under way" : $"{attempt.Relay} · {attempt.Outcome}");

    static string Filter(TenantId? tenant, int parameter) => tenant is null
        ? ""
        : $"AND m.tenant_id = ${parameter.ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    internal static Snapshot ReadSnapshot(Row row, int first) => new(
        SnapshotInputs.Unpack(row.Bytes(first)),
        row.BytesOrNull(first + 1) is { } composition ? Composition.Unpack(composition) : null,
        row.BytesOrNull(first + 2),
        row.NumberOrNull(first + 3),
        Attachments: [])
    {
        Sealed = row.BytesOrNull(first + 4),
        Tenant = new TenantId(row.Id(first + 5)),
    };

    internal static async ValueTask<ILookup<MessageId, AttachmentRecord>> AttachmentsAsync(
        Session session, IReadOnlyList<MessageId> ids, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync(
            $"""
            SELECT message_id, id, file_name, content_type, content_id, hash, size, document_kind, document_version, document_data FROM attachments
            WHERE message_id {Session.OneOf(1, ids.Count)} ORDER BY message_id, position
            """,
            p => BindAll(p, ids),
            row => (Message: new MessageId(row.Id(0)), Attachment: new AttachmentRecord(
                row.Id(1), row.Text(2), row.Text(3), row.TextOrNull(4), row.Bytes(5), row.Number(6))
            { Document = ReadDocument(row) }),
            cancellationToken);
        return rows.ToLookup(row => row.Message, row => row.Attachment);
    }

    static DocumentSource? ReadDocument(Row row) => row.TextOrNull(7) is { } kind
        ? new(kind, row.Count(8), JsonSerializer.Deserialize(Packed.Unpack(row.Bytes(9)), KeptJson.Form.JsonElement))
        : null;

    internal static void BindAll(Parameters parameters, IReadOnlyList<MessageId> ids)
    {
        foreach (var id in ids) parameters.Id(id.Value);
    }

    static async ValueTask<IReadOnlyList<MessageRecord>> WithRecipientsAsync(
        Session session, List<MessageRecord> messages, CancellationToken cancellationToken)
    {
        if (messages.Count == 0) return messages;
        var recipients = await RecipientsAsync(session, [.. messages.Select(message => message.Id)], cancellationToken);
        return [.. messages.Select(message => message with { Recipients = [.. recipients[message.Id]] })];
    }

    internal static async ValueTask<ILookup<MessageId, RecipientRecord>> RecipientsAsync(
        Session session, IReadOnlyList<MessageId> ids, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync(
            $"""
            SELECT message_id, position, kind, mailbox, address, status, reply FROM recipients
            WHERE message_id {Session.OneOf(1, ids.Count)} ORDER BY message_id, position
            """,
            p => BindAll(p, ids),
            row => (Message: new MessageId(row.Id(0)), Recipient: new RecipientRecord(
                row.Count(1), Kind(row.Text(2)), row.Text(3), row.Text(4), row.Text(5), row.TextOrNull(6))),
            cancellationToken);
        return rows.ToLookup(row => row.Message, row => row.Recipient);
    }

    static RecipientKind Kind(string word) => word switch
    {
        "to" => RecipientKind.To,
        "cc" => RecipientKind.Cc,
        _ => RecipientKind.Bcc,
    };

    /// <summary>The messages, with their recipients, that the rest of a statement names.</summary>
    /// <param name="session">The session.</param>
    /// <param name="rest">What follows <c>FROM messages m</c>: joins, conditions, order, limit.</param>
    /// <param name="bind">Its parameters.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal static async ValueTask<IReadOnlyList<MessageRecord>> QueryAsync(
        Session session, string rest, Action<Parameters> bind, CancellationToken cancellationToken) =>
        await WithRecipientsAsync(session, await session.QueryAsync($"{Columns} {rest}", bind, Read, cancellationToken), cancellationToken);

    static MessageRecord Read(Row row) => new()
    {
        Id = new MessageId(row.Id(0)),
        Tenant = new TenantId(row.Id(1)),
        Stream = row.Text(2),
        Status = MessageStatusWords.Parse(row.Text(3)),
        Reason = row.TextOrNull(4),
        HeaderId = row.Text(5),
        Sender = row.Text(6),
        Subject = row.Text(7),
        ReplyTo = row.TextOrNull(8) is { } replyTo ? JsonSerializer.Deserialize(replyTo, JournalJson.Default.StringArray)! : [],
        Tags = row.TextOrNull(9) is { } tags ? JsonSerializer.Deserialize(tags, JournalJson.Default.TagArray)! : [],
        AcceptedAt = row.Instant(10),
        ScheduledAt = row.InstantOrNull(11),
        WaitsForRetry = row.Number(12) == 1,
        DueAt = row.InstantOrNull(13),
        EventId = row.IdOrNull(14),
        RelayId = row.IdOrNull(15),
    };
}

/// <summary>The lists that a message's row holds as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(Tag[]))]
internal sealed partial class JournalJson : JsonSerializerContext;

/// <summary>Binds the tenant filter.</summary>
internal static class TenantFilter
{
    public static Parameters Of(this Parameters parameters, TenantId? tenant) => tenant is { } one ? parameters.Id(one.Value) : parameters;
}
