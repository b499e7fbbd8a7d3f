using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Suppression;

/// <summary>The list as the table keeps it; the empty stream stands for all.</summary>
internal static class SuppressionRows
{
    public const string Columns = "id, tenant_id, address, email, stream, origin, source_id, created_at";

    const int Most = 512;

    /// <summary>What is on the lists of any tenant for these addresses, in one query where they are not very many.</summary>
    public static async ValueTask<ILookup<(TenantId Tenant, string Address), SuppressedAddress>> FindAsync(
        Session session, IReadOnlyCollection<string> addresses, CancellationToken cancellationToken)
    {
        var found = new List<SuppressedAddress>();
        foreach (var some in addresses.Distinct(StringComparer.Ordinal).Chunk(Most))
        {
            // A few lengths only, so that the statements prepared for them are few.
            var asked = System.Numerics.BitOperations.RoundUpToPowerOf2((uint)some.Length);
            found.AddRange(await session.QueryAsync(
                $"SELECT {Columns} FROM suppressions WHERE address {Session.OneOf(1, (int)asked)}",
                p =>
                {
                    for (var i = 0; i < asked; i++) p.Text(some[Math.Min(i, some.Length - 1)]);
                },
                Read,
                cancellationToken));
        }

        return found.ToLookup(one => (one.Tenant, one.Address));
    }

    /// <summary>Adds what is not on the list yet.</summary>
    public static async ValueTask AddAsync(
        Session session, IReadOnlyList<SuppressedAddress> suppressions) => await session.ExecuteManyAsync(
        $"INSERT INTO suppressions ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (address, tenant_id, stream) DO NOTHING",
        suppressions,
        (p, one) => p.Id(one.Id).Id(one.Tenant.Value).Text(one.Address).Text(one.Email).Text(one.Stream ?? "").Text(one.Origin.Word())
            .Id(one.Source).Instant(one.CreatedAt),
        CancellationToken.None);

    public static SuppressedAddress Read(Row row) => new(
        row.Id(0),
        new TenantId(row.Id(1)),
        row.Text(2),
        row.Text(3),
        row.Text(4) is { Length: > 0 } stream ? stream : null,
        SuppressionOriginWords.Find(row.Text(5))!.Value,
        row.IdOrNull(6),
        row.Instant(7));
}
