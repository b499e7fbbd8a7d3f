using System.Diagnostics;
using System.Text;
using Waybill.Engine.Journal;
using Waybill.Engine.Leasing;
using Waybill.Engine.Messages;
using Waybill.Engine.Retrying;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Outbox;

/// <summary>Records how attempts ended. Whoever lost the claim is told so and changes nothing.</summary>
internal static class SettlementRows
{
    static readonly string QueueAgain = ClaimRows.Rows.Fenced(ClaimRows.Rows.Queued + ", attempt = $3, due_at = $4, wait = $5");

    public static async ValueTask<IReadOnlyList<bool>> WriteAsync(Session session, IReadOnlyList<Settlement> group)
    {
        var final = group.Where(settlement => settlement.Disposition is Disposition.Settled).ToList();
        var again = group.Where(settlement => settlement.Disposition is Disposition.RetryAfter).ToList();
        var held = new HashSet<Settlement>(ReferenceEqualityComparer.Instance);
        held.UnionWith(await LeaveAsync(session, final));
        held.UnionWith(await QueueAgainAsync(session, again));

        var kept = group.Where(held.Contains).ToList();
        await CloseAttemptsAsync(session, kept);
        await RecordRecipientsAsync(session, kept);
        await session.ExecuteManyAsync(
            "UPDATE messages SET status = $2, reason = $3, settled_at = $4 WHERE id = $1 AND status IN ('queued', 'scheduled', 'sending')",
            kept,
            (p, settlement) => p.Id(settlement.Claim.Message.Value).Text(Status(settlement)).Text(settlement.Disposition.Reason)
                .Instant(settlement.Disposition is Disposition.Settled ? settlement.At : null),
            CancellationToken.None);
        await SecretRows.EraseAsync(session, [.. kept.Where(IsTheEndOfSecrets).Select(settlement => settlement.Claim.Message)]);
        await TimelineRows.AppendAsync(session, [.. kept.Select(Step)]);
        return [.. group.Select(held.Contains)];
    }

    /// <summary>A held message may still be released.</summary>
    static bool IsTheEndOfSecrets(Settlement settlement) =>
        settlement.HasSecrets && settlement.Disposition is Disposition.Settled { Status: not MessageStatus.Held };

    static async ValueTask<IEnumerable<Settlement>> LeaveAsync(Session session, List<Settlement> final)
    {
        var left = await ClaimRows.Rows.ChangeAsync(session, ClaimRows.Rows.Removal, final, settlement => settlement.Claim, (_, _) => { });
        return final.Where((_, i) => left[i]);
    }

    static async ValueTask<IEnumerable<Settlement>> QueueAgainAsync(Session session, List<Settlement> again)
    {
        var queued = await ClaimRows.Rows.ChangeAsync(session, QueueAgain, again, settlement => settlement.Claim, (p, settlement) => p
            .Number(settlement.Claim.Attempt).Instant(settlement.At + Wait(settlement)).Number(Waits.Whole(Wait(settlement))));
        return again.Where((_, i) => queued[i]);
    }

    /// <summary>Also an attempt that another process opened and left open under an earlier token.</summary>
    static async ValueTask CloseAttemptsAsync(Session session, List<Settlement> kept) => await session.ExecuteManyAsync(
        "UPDATE attempts SET ended_at = $2, outcome = $3, reply = $4, dialogue = $5 WHERE message_id = $1 AND ended_at IS NULL",
        kept,
        (
            p, settlement) => p.Id(settlement.Claim.Message.Value).Instant(settlement.At).Text(settlement.Outcome.Word)
                .Text(settlement.Outcome.Reply)
            .Bytes(settlement.Dialogue is null ? null : Packed.Pack(Encoding.UTF8.GetBytes(settlement.Dialogue))),
        CancellationToken.None);

    static async ValueTask RecordRecipientsAsync(Session session, List<Settlement> kept) => await session.ExecuteManyAsync(
        "UPDATE recipients SET status = $3, reply = $4 WHERE message_id = $1 AND position = $2 AND status IN ('pending', 'unknown')",
        [.. kept.SelectMany(
            settlement => settlement.Outcomes, (settlement, outcome) => (settlement.Claim.Message, outcome.Key, outcome.Value))],
        (p, row) => p.Id(row.Message.Value).Number(row.Key).Text(RecipientStatus(row.Value)).Text(row.Value.Reply),
        CancellationToken.None);

    static string RecipientStatus(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Accepted => "accepted",
        AttemptOutcome.Refused => "refused",
        AttemptOutcome.Unknown => "unknown",
        AttemptOutcome.Deferred => "pending",
        _ => throw new UnreachableException($"No recipient status for {outcome.GetType().Name}."),
    };

    static TimeSpan Wait(Settlement settlement) => ((Disposition.RetryAfter)settlement.Disposition).Wait;

    static string Status(Settlement settlement) => settlement.Disposition switch
    {
        Disposition.Settled(var status, _) => status.Word(),
        Disposition.RetryAfter => MessageStatus.Queued.Word(),
        _ => throw new UnreachableException($"No status for {settlement.Disposition.GetType().Name}."),
    };

    static TimelineStep Step(Settlement settlement) => settlement.Disposition switch
    {
        Disposition.Settled(var status, var reason) => new(settlement.Claim.Message, settlement.At, status.Word(), reason),
        Disposition.RetryAfter(var wait, var reason) =>
            new(settlement.Claim.Message, settlement.At, settlement.Outcome.Word, $"{reason} · next attempt in {wait.TotalSeconds:0} s"),
        _ => throw new UnreachableException($"No step for {settlement.Disposition.GetType().Name}."),
    };
}
