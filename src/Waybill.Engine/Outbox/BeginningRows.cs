using Waybill.Engine.Storage;

namespace Waybill.Engine.Outbox;

/// <summary>Opens attempts. Whoever lost the claim is told so and changes nothing.</summary>
internal static class BeginningRows
{
    static readonly string Begin = ClaimRows.Rows.Fenced("begun = 1");

    public static async ValueTask<IReadOnlyList<bool>> WriteAsync(Session session, IReadOnlyList<Beginning> group, string node)
    {
        var isOurs = await ClaimRows.Rows.ChangeAsync(session, Begin, group, beginning => beginning.Claim, (_, _) => { });
        var held = group.Where((_, i) => isOurs[i]).ToList();
        await OpenAttemptsAsync(session, held, node);
        await session.ExecuteManyAsync(
            "UPDATE snapshots SET composition = $2, bytes_hash = $3, bytes_size = $4 WHERE message_id = $1 AND composition IS NULL",
            [.. held.Where(beginning => beginning.Composition is not null)],
            (
                p, beginning) => p.Id(beginning.Claim.Message.Value).Bytes(beginning.Composition!.Pack()).Bytes(beginning.BytesHash)
                    .Number(beginning.BytesSize),
            CancellationToken.None);
        return isOurs;
    }

    static async ValueTask OpenAttemptsAsync(Session session, List<Beginning> held, string node)
    {
        await session.InsertManyAsync(
            "INSERT INTO attempts (message_id, number, relay, node, started_at, tenant_id) VALUES ($1, $2, $3, $4, $5, $6)",
            held,
            (
                p, beginning) => p.Id(beginning.Claim.Message.Value).Number(beginning.Claim.Token).Text(beginning.Relay).Text(node)
                    .Instant(beginning.At)
                .Id(beginning.Claim.Tenant.Value),
            CancellationToken.None);
        await session.ExecuteManyAsync(
            "UPDATE messages SET status = 'sending' WHERE id = $1 AND status IN ('queued', 'scheduled', 'held')",
            held,
            (p, beginning) => p.Id(beginning.Claim.Message.Value),
            CancellationToken.None);
    }
}
