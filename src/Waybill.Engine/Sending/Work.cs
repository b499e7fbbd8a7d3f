using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Outbox;
using Waybill.Engine.Retrying;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Sending;

/// <summary>A claim with all that delivering it needs.</summary>
internal sealed record Work(Claim Claim, string HeaderId, Snapshot Snapshot, IReadOnlyList<RecipientRecord> Recipients)
{
    /// <summary>The tenure it was claimed in; null when it is only to be settled.</summary>
    public Tenure? Tenure { get; init; }

    /// <summary>The relay that it goes by; null: the default one.</summary>
    public Guid? Relay { get; init; }

    /// <summary>Those who still wait for the message.</summary>
    public IEnumerable<RecipientRecord> Waiting => Recipients.Where(recipient => recipient.Status is "pending" or "unknown");

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
internal sealed class WorkLoader(IDatabase database)
{
    public Task<IReadOnlyList<Work>> LoadAsync(IReadOnlyList<Claim> claims, CancellationToken cancellationToken) => claims.Count == 0
        ? Task.FromResult<IReadOnlyList<Work>>([])
        : database.ReadAsync(session => ReadAsync(session, claims, cancellationToken), cancellationToken);

    static async ValueTask<IReadOnlyList<Work>> ReadAsync(Session session, IReadOnlyList<Claim> claims, CancellationToken cancellationToken)
    {
        var ids = claims.Select(claim => claim.Message).ToArray();
        var recipients = await MessageJournal.RecipientsAsync(session, ids, cancellationToken);
        var attachments = await MessageJournal.AttachmentsAsync(session, ids, cancellationToken);
        var rows = await session.QueryAsync(
            $"""
            SELECT m.id, m.header_id, s.inputs, s.composition, s.bytes_hash, s.bytes_size, m.relay_id FROM messages m JOIN snapshots s ON s.message_id = m.id
            WHERE m.id {Session.OneOf(1, ids.Length)}
            """,
            p => MessageJournal.BindAll(p, ids),
            row => (Id: new MessageId(row.Id(0)), HeaderId: row.Text(1), Snapshot: MessageJournal.ReadSnapshot(row, 2), Relay: row.IdOrNull(6)),
            cancellationToken);
        var loaded = rows.ToDictionary(row => row.Id);
        return [.. claims.Where(claim => loaded.ContainsKey(claim.Message)).Select(claim => new Work(
            claim,
            loaded[claim.Message].HeaderId,
            loaded[claim.Message].Snapshot with { Attachments = [.. attachments[claim.Message]] },
            [.. recipients[claim.Message]]) { Relay = loaded[claim.Message].Relay })];
    }
}
