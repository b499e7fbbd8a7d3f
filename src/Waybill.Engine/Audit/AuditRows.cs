using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Audit;

/// <summary>The statements of the audit.</summary>
internal static class AuditRows
{
    public const string Columns = "id, at, tenant_id, person_id, who, act, what, address, outcome";

    /// <summary>
    /// Takes the next number, and gives what its row is to cover. From here until the unit ends every other one that appends waits: a unit
    /// appends last of all. An end that somebody removed begins anew behind the newest row, and no longer fits it.
    /// </summary>
    public static ValueTask<ChainEnd?> AdvanceAsync(Session session) => session.FirstAsync(
        """
        INSERT INTO audit_head (id, number, seal) VALUES (1, (SELECT COALESCE(max(number), 0) + 1 FROM audit), $1)
        ON CONFLICT (id) DO UPDATE SET number = audit_head.number + 1 RETURNING number, seal
        """,
        p => p.Bytes([]),
        row => new ChainEnd(row.Number(0), row.Bytes(1)),
        CancellationToken.None);

    public static async ValueTask InsertAsync(Session session, ChainedRow row, byte[] seal)
    {
        var entry = row.Entry;
        await session.ExecuteAsync(
            $"INSERT INTO audit ({Columns}, number, salt, row_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            p => p.Id(entry.Id).Instant(entry.At).Id(entry.Tenant.Value).Id(entry.Who.Person?.Value).Text(entry.Who.Name).Text(entry.Act)
                .Text(entry.What).Text(entry.Who.Address).Text(entry.Outcome).Number(row.Number).Bytes(row.Salt).Bytes(row.Hash),
            CancellationToken.None);
        await session.ExecuteAsync("UPDATE audit_head SET seal = $1", p => p.Bytes(seal), CancellationToken.None);
    }

    /// <summary>The end of the chain; null: it has not begun.</summary>
    public static ValueTask<ChainEnd?> EndAsync(Session session, CancellationToken cancellationToken) => session.FirstAsync(
        "SELECT number, seal FROM audit_head", _ => { }, row => new ChainEnd(row.Number(0), row.Bytes(1)), cancellationToken);

    /// <summary>The rows from before there was a chain.</summary>
    public static ValueTask<List<ChainedRow>> BeforeAsync(Session session, CancellationToken cancellationToken) => session.QueryAsync(
        $"SELECT {Columns}, CAST(0 AS bigint), salt, row_hash FROM audit WHERE number IS NULL OR number < 1 ORDER BY id", _ => { },
        ReadChained, cancellationToken);

    /// <summary>Rows of the chain behind one of them.</summary>
    public static ValueTask<List<ChainedRow>> PageAsync(
        Session session, long number, Guid id, int limit, CancellationToken cancellationToken) => session.QueryAsync(
        $"SELECT {Columns}, number, salt, row_hash FROM audit WHERE number > $1 OR (number = $1 AND id > $2) ORDER BY number, id LIMIT $3",
        p => p.Number(number).Id(id).Number(limit),
        ReadChained,
        cancellationToken);

    public static AuditEntry Read(Row row) => new(
        row.Id(0),
        row.Instant(1),
        new TenantId(row.Id(2)),
        new Actor(row.IdOrNull(3) is { } person ? new PersonId(person) : null, row.Text(4), row.Text(7)),
        row.Text(5),
        row.Text(6),
        row.Text(8) == "done");

    static ChainedRow ReadChained(Row row) => new(Read(row), row.Number(9), row.Bytes(10), row.Bytes(11));
}
