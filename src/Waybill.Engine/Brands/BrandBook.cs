using System.Text.Json;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Brands;

/// <summary>The brands of every tenant. A change takes effect at once on this node and within a second on others.</summary>
public sealed class BrandBook(IDatabase database, TimeProvider clock)
{
    static readonly TimeSpan Remembered = TimeSpan.FromSeconds(1);

    const string Columns =
        """
        SELECT b.id, b.tenant_id, b.alias, b.is_default, b.version, b.relay_id, v.face, b.created_at
        FROM brands b JOIN brand_versions v ON v.brand_id = b.id AND v.number = b.version
        """;

    readonly ShortMemory<(TenantId, string), Brand> memory = new(Remembered, clock);

    /// <summary>The alias of a brand that nobody named.</summary>
    public const string DefaultAlias = "default";

    /// <summary>Whether a text can be a brand's alias.</summary>
    public static bool CanBeCalled(string alias) =>
        alias.Length is > 0 and <= 64 && alias.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>The tenant's brands by alias.</summary>
    public Task<List<Brand>> ListAsync(TenantId tenant, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.QueryAsync(
            $"{Columns} WHERE b.tenant_id = $1 AND b.removed_at IS NULL ORDER BY b.alias", p => p.Id(tenant.Value), Read,
            cancellationToken),
        cancellationToken);

    /// <summary>A brand by id or alias; the default one when none is named. Null when the tenant has no such brand.</summary>
    public ValueTask<Brand?> FindAsync(TenantId tenant, string? idOrAlias, CancellationToken cancellationToken) =>
        memory.GetAsync((tenant, idOrAlias ?? ""), () => ReadAsync(tenant, idOrAlias, cancellationToken));

    /// <summary>A brand as it was in a version, also when it was removed since.</summary>
    public Task<Brand?> FindVersionAsync(
        TenantId tenant, BrandId id, int version, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.FirstAsync(
            """
            SELECT b.id, b.tenant_id, b.alias, b.is_default, v.number, b.relay_id, v.face, b.created_at
            FROM brands b JOIN brand_versions v ON v.brand_id = b.id WHERE b.id = $1 AND b.tenant_id = $2 AND v.number = $3
            """,
            p => p.Id(id.Value).Id(tenant.Value).Number(version),
            Read,
            cancellationToken),
        cancellationToken);

    /// <summary>Makes a brand.</summary>
    public async Task<BrandChange> CreateAsync(
        TenantId tenant, string alias, BrandIdentity identity, Logo? logo, Guid? relay, CancellationToken cancellationToken)
    {
        var brand = new Brand(BrandId.New(clock), tenant, alias, IsDefault: false, Version: 1, relay, identity, logo, clock.GetUtcNow());
        var isMade = await database.WriteAsync("create brand", session => InsertAsync(session, brand), cancellationToken);
        memory.Forget();
        return isMade ? new BrandChange.Done(brand) : new BrandChange.AliasTaken();
    }

    /// <summary>Makes a brand the one that speaks where none is named, in place of the one that did.</summary>
    public async Task<BrandChange> MakeDefaultAsync(TenantId tenant, BrandId id, CancellationToken cancellationToken)
    {
        var outcome = await database.WriteAsync("make default brand", session => MakeDefaultAsync(session, tenant, id), cancellationToken);
        memory.Forget();
        return outcome;
    }

    /// <summary>Replaces what a brand says of itself: a new version.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="id">Which.</param>
    /// <param name="expected">The version that the change was made from; null: whichever is there.</param>
    /// <param name="change">From the present brand to the one that is wanted.</param>
    /// <param name="cancellationToken">Stops the waiting for a turn.</param>
    public async Task<BrandChange> ChangeAsync(
        TenantId tenant, BrandId id, int? expected, Func<Brand, Brand> change, CancellationToken cancellationToken)
    {
        var outcome =
            await database.WriteAsync("change brand", session => ChangeAsync(session, tenant, id, expected, change), cancellationToken);
        memory.Forget();
        return outcome;
    }

    /// <summary>Removes a brand; its versions stay, for messages refer to them.</summary>
    public async Task<BrandChange> RemoveAsync(TenantId tenant, BrandId id, CancellationToken cancellationToken)
    {
        var outcome = await database.WriteAsync("remove brand", session => RemoveAsync(session, tenant, id), cancellationToken);
        memory.Forget();
        return outcome;
    }

    Task<Brand?> ReadAsync(TenantId tenant, string? idOrAlias, CancellationToken cancellationToken) => database.ReadAsync(
        session => idOrAlias switch
        {
            null => session.FirstAsync(
                $"{Columns} WHERE b.tenant_id = $1 AND b.is_default = 1 AND b.removed_at IS NULL", p => p.Id(tenant.Value), Read,
                cancellationToken),
            _ when BrandId.TryParse(idOrAlias, null, out var id) => FindAsync(session, tenant, id, cancellationToken),
            _ => session.FirstAsync(
                $"{Columns} WHERE b.tenant_id = $1 AND b.alias = $2 AND b.removed_at IS NULL", p => p.Id(tenant.Value).Text(idOrAlias),
                Read, cancellationToken),
        },
        cancellationToken);

    static ValueTask<Brand?> FindAsync(
        Session session, TenantId tenant, BrandId id, CancellationToken cancellationToken) => session.FirstAsync(
        $"{Columns} WHERE b.tenant_id = $1 AND b.id = $2 AND b.removed_at IS NULL", p => p.Id(tenant.Value).Id(id.Value), Read,
        cancellationToken);

    static async ValueTask<bool> InsertAsync(Session session, Brand brand)
    {
        var inserted = await session.ExecuteAsync(
            """
            INSERT INTO brands (id, tenant_id, alias, is_default, version, relay_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT DO NOTHING
            """,
            p => p.Id(brand.Id.Value).Id(brand.Tenant.Value).Text(brand.Alias).Number(brand.IsDefault ? 1 : 0).Number(brand.Version)
                .Id(brand.Relay)
                .Instant(brand.CreatedAt),
            CancellationToken.None);
        if (inserted == 1) await InsertVersionAsync(session, brand, brand.CreatedAt);
        return inserted == 1;
    }

    static async ValueTask<BrandChange> MakeDefaultAsync(Session session, TenantId tenant, BrandId id)
    {
        if (await FindAsync(session, tenant, id, CancellationToken.None) is not { } brand) return new BrandChange.Missing();
        await session.ExecuteAsync(
            "UPDATE brands SET is_default = 0 WHERE tenant_id = $1 AND is_default = 1 AND id <> $2", p => p.Id(tenant.Value).Id(id.Value),
            CancellationToken.None);
        await session.ExecuteAsync("UPDATE brands SET is_default = 1 WHERE id = $1", p => p.Id(id.Value), CancellationToken.None);
        return new BrandChange.Done(brand with { IsDefault = true });
    }

    static ValueTask<int> InsertVersionAsync(Session session, Brand brand, DateTimeOffset at) => session.ExecuteAsync(
        "INSERT INTO brand_versions (brand_id, number, face, logo_hash, logo_type, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        p => p.Id(brand.Id.Value).Number(brand.Version)
            .Text(JsonSerializer.Serialize(new BrandFaceRow(brand.Identity, brand.Logo), BrandJson.Default.BrandFaceRow))
            .Bytes(brand.Logo?.Hash).Text(brand.Logo?.ContentType).Instant(at),
        CancellationToken.None);

    async ValueTask<BrandChange> ChangeAsync(Session session, TenantId tenant, BrandId id, int? expected, Func<Brand, Brand> change)
    {
        if (await FindAsync(session, tenant, id, CancellationToken.None) is not { } present) return new BrandChange.Missing();
        if (expected is { } version && version != present.Version) return new BrandChange.Stale(present);
        var wanted = change(present) with { Version = present.Version + 1 };
        var changed = await session.ExecuteAsync(
            """
            UPDATE brands SET version = $3, alias = $4, relay_id = $5 WHERE id = $1 AND version = $2
            AND NOT EXISTS (SELECT 1 FROM brands other WHERE other.tenant_id = brands.tenant_id AND other.alias = $4 AND other.id <> $1 AND other.removed_at IS NULL)
            """,
            p => p.Id(id.Value).Number(present.Version).Number(wanted.Version).Text(wanted.Alias).Id(wanted.Relay),
            CancellationToken.None);
        if (changed == 0) return await WhyAsync(session, tenant, id, present);
        await InsertVersionAsync(session, wanted, clock.GetUtcNow());
        return new BrandChange.Done(wanted);
    }

    /// <summary>Nothing was changed: on PostgreSQL another node may have been faster, else the alias is taken.</summary>
    static async ValueTask<BrandChange> WhyAsync(Session session, TenantId tenant, BrandId id, Brand before) =>
        await FindAsync(session, tenant, id, CancellationToken.None) switch
        {
            null => new BrandChange.Missing(),
            { } now when now.Version != before.Version => new BrandChange.Stale(now),
            _ => new BrandChange.AliasTaken(),
        };

    async ValueTask<BrandChange> RemoveAsync(Session session, TenantId tenant, BrandId id)
    {
        if (await FindAsync(session, tenant, id, CancellationToken.None) is not { } present) return new BrandChange.Missing();
        if (present.IsDefault) return new BrandChange.IsDefault();
        await session.ExecuteAsync(
            "UPDATE brands SET removed_at = $2 WHERE id = $1 AND removed_at IS NULL", p => p.Id(id.Value).Instant(clock.GetUtcNow()),
            CancellationToken.None);
        return new BrandChange.Done(present);
    }

    static Brand Read(Row row)
    {
        var face = JsonSerializer.Deserialize(row.Text(6), BrandJson.Default.BrandFaceRow)!;
        return new(
            new BrandId(row.Id(0)), new TenantId(row.Id(1)), row.Text(2), row.Number(3) == 1, row.Count(4), row.IdOrNull(5), face.Identity,
            face.Logo, row.Instant(7));
    }
}
