using Waybill.Engine.Journal;
using Waybill.Engine.Leasing;
using Waybill.Engine.Messages;
using Waybill.Engine.Outbox;
using Waybill.Engine.Retrying;
using Waybill.Engine.Routing;
using Waybill.Engine.Storage;
using Waybill.Engine.Suppression;

namespace Waybill.Engine.Sending;

/// <summary>A claim with all that delivering it needs.</summary>
internal sealed record Work(
    Claim Claim, string HeaderId, Snapshot Snapshot, IReadOnlyList<RecipientRecord> Recipients) : IClaimedWork<Claim>
{
    /// <summary>The tenure it was claimed in; null when it is only to be settled.</summary>
    public Tenure? Tenure { get; init; }

    /// <summary>Whether its caller waits for what comes of it.</summary>
    public bool IsInline { get; init; }

    /// <summary>Its addresses that were on the suppression list when it was loaded.</summary>
    public IReadOnlyDictionary<string, SuppressedAddress> Suppressed { get; init; } = SuppressionList.None;

    /// <summary>When it was loaded, by the monotonic time.</summary>
    public long LoadedAt { get; init; }

    /// <summary>Those who wait and are not to get it, and why.</summary>
    public IReadOnlyDictionary<int, string> Stopped { get; init; } = new Dictionary<int, string>();

    /// <summary>Those who still wait for the message and may get it.</summary>
    public IEnumerable<RecipientRecord> Waiting =>
        Recipients.Where(recipient => recipient.Waits && !Stopped.ContainsKey(recipient.Position));

    /// <summary>The relay that it goes by; null: the default one.</summary>
    public Guid? Relay { get; init; }

    /// <summary>When it was to go out at first.</summary>
    public DateTimeOffset FirstDue { get; init; }

    /// <summary>The event that caused it.</summary>
    public Guid? CausedBy { get; init; }

    /// <summary>Where it stands when nothing came of a delivery.</summary>
    public Standing Queued => new(Claim.Message, MessageStatus.Queued, Reason: null);

    /// <summary>The same outcome for each who waits, by position.</summary>
    public Dictionary<int, AttemptOutcome> Everybody(AttemptOutcome outcome) =>
        Waiting.ToDictionary(recipient => recipient.Position, _ => outcome);

    /// <summary>Every recipient's outcome: from this attempt where it was asked, from an earlier one where it was settled.</summary>
    public IReadOnlyCollection<AttemptOutcome> AllOutcomes(IReadOnlyDictionary<int, AttemptOutcome> thisAttempt) =>
        [.. Recipients.Select(recipient => thisAttempt.TryGetValue(recipient.Position, out var outcome) ? outcome : Earlier(recipient))];

    static AttemptOutcome Earlier(RecipientRecord recipient) => recipient.Status switch
    {
        "accepted" => new AttemptOutcome.Accepted(recipient.Reply ?? ""),
        "refused" => new AttemptOutcome.Refused(recipient.Reply ?? ""),
        "unknown" => new AttemptOutcome.Unknown(recipient.Reply ?? ""),
        _ => new AttemptOutcome.Deferred(recipient.Reply ?? "not tried yet"),
    };
}

/// <summary>Loads what claims need, many in one read.</summary>
internal sealed class WorkLoader(IDatabase database, StreamTable streams, TimeProvider clock)
{
    public Task<IReadOnlyList<Work>> LoadAsync(IReadOnlyList<Claim> claims, CancellationToken cancellationToken) => claims.Count == 0
        ? Task.FromResult<IReadOnlyList<Work>>([])
        : database.ReadAsync(session => ReadAsync(session, claims, cancellationToken), cancellationToken);

    async ValueTask<IReadOnlyList<Work>> ReadAsync(Session session, IReadOnlyList<Claim> claims, CancellationToken cancellationToken)
    {
        var ids = claims.Select(claim => claim.Message).ToArray();
        var recipients = await MessageJournal.RecipientsAsync(session, ids, cancellationToken);
        var attachments = await MessageJournal.AttachmentsAsync(session, ids, cancellationToken);
        var rows = await session.QueryAsync(
            $"""
            SELECT m.id, m.header_id, s.inputs, s.composition, s.bytes_hash, s.bytes_size, s.sealed, m.tenant_id, m.relay_id, m.event_id,
                coalesce(m.scheduled_at, m.accepted_at)
            FROM messages m JOIN snapshots s ON s.message_id = m.id
            WHERE m.id {Session.OneOf(1, ids.Length)}
            """,
            p => MessageJournal.BindAll(p, ids),
            row => (Id: new MessageId(row.Id(0)), HeaderId: row.Text(1), Snapshot: MessageJournal.ReadSnapshot(row, 2),
                Relay: row.IdOrNull(8), Event: row.IdOrNull(9), Due: row.Instant(10)),
            cancellationToken);
        var loaded = rows.ToDictionary(row => row.Id);
        var suppressed = await SuppressedAsync(session, claims, recipients, cancellationToken);
        return [.. claims.Where(claim => loaded.ContainsKey(claim.Message)).Select(claim => new Work(
            claim,
            loaded[claim.Message].HeaderId,
            loaded[claim.Message].Snapshot with { Attachments = [.. attachments[claim.Message]] },
            [.. recipients[claim.Message]])
        {
            Relay = loaded[claim.Message].Relay,
            CausedBy = loaded[claim.Message].Event,
            FirstDue = loaded[claim.Message].Due,
            Suppressed = suppressed(claim),
            LoadedAt = clock.GetTimestamp(),
        })];
    }

    /// <summary>Asks the suppression list once for all whose streams want it.</summary>
    async ValueTask<Func<Claim, IReadOnlyDictionary<string, SuppressedAddress>>> SuppressedAsync(
        Session session, IReadOnlyList<Claim> claims, ILookup<MessageId, RecipientRecord> recipients, CancellationToken cancellationToken)
    {
        bool Asks(Claim claim) => streams.TryFind(claim.Stream) is { AsksSuppressionList: true };
        var addresses = claims.Where(Asks).SelectMany(claim => recipients[claim.Message]).Where(recipient => recipient.Waits)
            .Select(recipient => CanonicalAddress.Of(recipient.Address)).ToList();
        var found = await SuppressionRows.FindAsync(session, addresses, cancellationToken);
        return claim => Asks(claim)
            ? SuppressionList.Stopped(found, claim.Tenant, claim.Stream, recipients[claim.Message].Select(recipient => recipient.Address))
            : SuppressionList.None;
    }
}
