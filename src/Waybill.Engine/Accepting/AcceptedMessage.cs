using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Relays;
using Waybill.Engine.Routing;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Accepting;

/// <summary>A new message with all that its rows need, worked out before the unit of work begins.</summary>
internal sealed class AcceptedMessage
{
    public AcceptedMessage(TenantId tenant, NewMessage message, StreamPolicy stream, TimeProvider clock)
    {
        Message = message;
        Stream = stream;
        Tenant = tenant;
        var now = clock.GetUtcNow();
        AcceptedAt = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)); // as the database keeps it, for the row's hash covers it
        Id = MessageId.New(AcceptedAt);
        HeaderId = $"<{Id}@{HeaderDomain(message.From.Address.Domain)}>";
        Inputs = new SnapshotInputs(
            message.From.ToString(),
            Mailboxes(RecipientKind.To),
            Mailboxes(RecipientKind.Cc),
            [.. message.ReplyTo.Select(mailbox => mailbox.ToString())],
            message.Subject,
            message.Text,
            message.Html,
            message.Headers)
        {
            Origin = message.Origin,
        }.Pack();
        Salt = RandomNumberGenerator.GetBytes(16);
        RowHash = HashRow();
    }

    public NewMessage Message { get; }

    public StreamPolicy Stream { get; }

    /// <summary>This node, when it hands the message over within its caller's call; null: it waits for its turn.</summary>
    public string? InlineOwner { get; init; }

    public TenantId Tenant { get; }

    /// <summary>Whose share of a node's places it is claimed under.</summary>
    public DeliveryShare Share => DeliveryShare.Of(Tenant, Stream, Message.RelayId);

    public MessageId Id { get; }

    public string HeaderId { get; }

    public DateTimeOffset AcceptedAt { get; }

    public byte[] Inputs { get; }

    public byte[] Salt { get; }

    public byte[] RowHash { get; }

    public MessageStatus Status => Message.ScheduledAt is null ? MessageStatus.Queued : MessageStatus.Scheduled;

    public DateTimeOffset DueAt => Message.ScheduledAt ?? AcceptedAt;

    public string? ReplyToJson => Message.ReplyTo.Count == 0 ? null : Json([.. Message.ReplyTo.Select(mailbox => mailbox.ToString())]);

    public string? TagsJson => Message.Tags.Count == 0 ? null : JsonSerializer.Serialize([.. Message.Tags], JournalJson.Default.TagArray);

    static string Json(string[] texts) => JsonSerializer.Serialize(texts, JournalJson.Default.StringArray);

    /// <summary>The sender's domain; an address literal is no part of a Message-ID that everybody reads alike.</summary>
    static string HeaderDomain(string domain) => domain.StartsWith('[') ? "address-literal.invalid" : domain;

    string[] Mailboxes(RecipientKind kind) =>
        [.. Message.Recipients.Where(recipient => recipient.Kind == kind).Select(recipient => recipient.Mailbox.ToString())];

    /// <summary>Covers what never changes again, in a fixed order, each field with its length so that none can run into the next.</summary>
    byte[] HashRow()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Salt);
        Append(hash, Encoding.UTF8.GetBytes($"{Tenant}/{Id}/{HeaderId}/{AcceptedAt.UtcTicks}/{Message.Stream}"));
        foreach (var recipient in Message.Recipients)
            Append(hash, Encoding.UTF8.GetBytes($"{recipient.Kind}:{recipient.Mailbox}"));
        foreach (var attachment in Message.Attachments) Append(hash, attachment.Hash);
        Append(hash, Inputs);
        return hash.GetHashAndReset();
    }

    static void Append(IncrementalHash hash, ReadOnlySpan<byte> field)
    {
        Span<byte> length = stackalloc byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
        hash.AppendData(length);
        hash.AppendData(field);
    }
}
