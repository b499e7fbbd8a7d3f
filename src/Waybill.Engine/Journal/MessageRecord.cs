using Waybill.Engine.Messages;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Journal;

/// <summary>A message as the journal shows it in a list.</summary>
public record MessageRecord
{
    /// <summary>Its id.</summary>
    public required MessageId Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The stream that delivers it.</summary>
    public required string Stream { get; init; }

    /// <summary>Where it stands.</summary>
    public required MessageStatus Status { get; init; }

    /// <summary>The last reply, or why it stands where it stands.</summary>
    public string? Reason { get; init; }

    /// <summary>The Message-ID header.</summary>
    public required string HeaderId { get; init; }

    /// <summary>From, as it is shown.</summary>
    public required string Sender { get; init; }

    /// <summary>The subject.</summary>
    public required string Subject { get; init; }

    /// <summary>Where answers go.</summary>
    public IReadOnlyList<string> ReplyTo { get; init; } = [];

    /// <summary>Its tags.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>When it is, or was, to be sent.</summary>
    public DateTimeOffset? ScheduledAt { get; init; }

    /// <summary>Whether any attempt was made that is to be followed by another.</summary>
    public bool WaitsForRetry { get; init; }

    /// <summary>When its next attempt falls due; null when it waits for none.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The event that caused it.</summary>
    public Guid? EventId { get; init; }

    /// <summary>The relay of its brand at acceptance; null: the default one.</summary>
    public Guid? RelayId { get; init; }

    /// <summary>Its recipients, in order.</summary>
    public IReadOnlyList<RecipientRecord> Recipients { get; init; } = [];
}

/// <summary>A recipient with its own outcome: <c>pending</c>, <c>accepted</c>, <c>refused</c> or <c>unknown</c>.</summary>
public sealed record RecipientRecord(int Position, RecipientKind Kind, string Mailbox, string Address, string Status, string? Reply)
{
    /// <summary>Whether it still waits for the message.</summary>
    public bool Waits => Status is "pending" or "unknown";
}

/// <summary>An attachment of an accepted message.</summary>
public sealed record AttachmentRecord(Guid Id, string FileName, string ContentType, string? ContentId, byte[] Hash, long Size)
{
    /// <summary>What a document is rendered from; null: the content is stored.</summary>
    public DocumentSource? Document { get; init; }
}

/// <summary>One attempt; <see cref="Outcome"/> is null while it is open.</summary>
public sealed record AttemptRecord(
    long Number, string Relay, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? Outcome, string? Reply, string? Dialogue);

/// <summary>A message's snapshot: what went in, what fixes its bytes, and the proof.</summary>
public sealed record Snapshot(
    SnapshotInputs Inputs, Composition? Composition, byte[]? BytesHash, long? BytesSize, IReadOnlyList<AttachmentRecord> Attachments)
{
    /// <summary>Whose it is, and with it what opens <see cref="Sealed"/>.</summary>
    public TenantId Tenant { get; init; }

    /// <summary>What the message says with its secret values, sealed; null: it has none, or they were erased.</summary>
    public byte[]? Sealed { get; init; }

    /// <summary>When <see cref="Sealed"/> is erased whatever happens.</summary>
    public DateTimeOffset? SealedUntil { get; init; }
}
