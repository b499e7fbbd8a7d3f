using System.Text;
using Waybill.Engine.Secrets;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Relays;

/// <summary>
/// The relays that tenants and the instance have beside the default one. A secret goes in, and comes out only to be used.
/// </summary>
public sealed class RelayTable(IDatabase database, DataKeys keys, TimeProvider clock)
{
    const string Columns = "id, tenant_id, name, settings, secret_set_at, version, created_at, updated_at";

    long changes;

    /// <summary>Of a relay's name, in characters.</summary>
    public const int LongestName = 100;

    /// <summary>Grows with every change made on this node.</summary>
    internal long Changes => Interlocked.Read(ref changes);

    /// <summary>
    /// Whether a text can be a relay's name: 1 to 100 characters, not all of them blank, and none that <see cref="NameText"/> refuses.
    /// </summary>
    public static bool CanBeCalled(string name) =>
        name.Length <= LongestName && !string.IsNullOrWhiteSpace(name) && NameText.Objection(name) is null;

    /// <summary>The relays that a tenant can use, its own and the instance's, oldest first; all of them when the tenant is null.</summary>
    public Task<List<RelayRecord>> ListAsync(TenantId? tenant, CancellationToken cancellationToken) => database.ReadAsync(
        session => tenant is { } one
            ? session.QueryAsync(
                $"SELECT {Columns} FROM relays WHERE tenant_id IN ($1, $2) AND removed_at IS NULL ORDER BY id",
                p => p.Id(one.Value).Id(Guid.Empty),
                Read,
                cancellationToken)
            : session.QueryAsync($"SELECT {Columns} FROM relays WHERE removed_at IS NULL ORDER BY id", _ => { }, Read, cancellationToken),
        cancellationToken);

    /// <summary>A relay that a tenant can use, its own or the instance's; null when there is none of that id.</summary>
    public Task<RelayRecord?> FindAsync(TenantId tenant, Guid id, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.FirstAsync(
            $"SELECT {Columns} FROM relays WHERE id = $1 AND tenant_id IN ($2, $3) AND removed_at IS NULL",
            p => p.Id(id).Id(tenant.Value).Id(Guid.Empty),
            Read,
            cancellationToken),
        cancellationToken);

    /// <summary>Makes a relay: of a tenant, or of the instance when the tenant is null.</summary>
    public async Task<RelayWrite> CreateAsync(
        TenantId? tenant, string name, RelaySettings settings, string? secret, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var relay = new RelayRecord(Guid.CreateVersion7(now), tenant, name, settings, secret is null ? null : now, Version: 1, now, now);
        var made = await ChangeAsync(
            "create relay",
            session => session.ExecuteAsync(
                """
                INSERT INTO relays (id, tenant_id, name, kind, settings, secret, secret_set_at, version, created_at, updated_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $8) ON CONFLICT (tenant_id, name) WHERE removed_at IS NULL DO NOTHING
                """,
                p => p.Id(relay.Id).Id(Owner(tenant)).Text(name).Text(settings.Route.Kind).Text(settings.Pack())
                    .Bytes(secret is null ? null : Seal(relay.Id, secret)).Instant(relay.SecretSetAt).Instant(now),
                CancellationToken.None),
            cancellationToken);
        return made == 1 ? new RelayWrite.Done(relay) : new RelayWrite.NameTaken();
    }

    /// <summary>Changes a relay that was read, unless somebody else did so meanwhile.</summary>
    /// <param name="changed">The relay with its new name and settings, and the version that was read.</param>
    /// <param name="secret">What becomes of its secret.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async Task<RelayWrite> ChangeAsync(RelayRecord changed, SecretChange secret, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var relay = changed with { Version = changed.Version + 1, UpdatedAt = now, SecretSetAt = SetAt(changed, secret, now) };
        var sealedSecret = secret is SecretChange.Set(var set) ? Seal(relay.Id, set) : null;
        return await ChangeAsync<RelayWrite>(
            "change relay",
            async session =>
            {
                if (await IsTakenAsync(session, relay)) return new RelayWrite.NameTaken();
                var updated = await session.ExecuteAsync(
                    $"""
                    UPDATE relays SET name = $3, kind = $4, settings = $5, version = version + 1, updated_at = $6, secret_set_at = $7,
                        secret = {(secret is SecretChange.Keep ? "secret" : "$8")}
                    WHERE id = $1 AND version = $2 AND removed_at IS NULL
                    """,
                    p => BindSecret(
                        p.Id(relay.Id).Number(changed.Version).Text(relay.Name).Text(relay.Settings.Route.Kind).Text(relay.Settings.Pack())
                            .Instant(now).Instant(relay.SecretSetAt),
                        secret,
                        sealedSecret),
                    CancellationToken.None);
                return updated == 1 ? new RelayWrite.Done(relay) : new RelayWrite.Outdated();
            },
            cancellationToken);
    }

    /// <summary>
    /// Removes a relay, and erases its secret, unless a brand sends by it. Messages that still wait for it will fail and say why.
    /// </summary>
    public Task<RelayWrite> RemoveAsync(RelayRecord relay, CancellationToken cancellationToken) => ChangeAsync<RelayWrite>(
        "remove relay",
        async session =>
        {
            var brands = await session.QueryAsync(
                "SELECT alias FROM brands WHERE relay_id = $1 AND removed_at IS NULL ORDER BY alias",
                p => p.Id(relay.Id),
                row => row.Text(0),
                CancellationToken.None);
            if (brands.Count > 0) return new RelayWrite.InUse(brands);
            var removed = await session.ExecuteAsync(
                """
                UPDATE relays SET removed_at = $2, updated_at = $2, version = version + 1, secret = NULL, secret_set_at = NULL
                WHERE id = $1 AND removed_at IS NULL
                """,
                p => p.Id(relay.Id).Instant(clock.GetUtcNow()),
                CancellationToken.None);
            return removed == 1 ? new RelayWrite.Done(relay) : new RelayWrite.NotFound();
        },
        cancellationToken);

    /// <summary>A relay with its secret, to be used; null when it was removed or never was.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The master key does not open the secret.</exception>
    public async Task<(RelayRecord Relay, string? Secret)?> OpenAsync(Guid id, CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync(
            session => session.QueryAsync(
                $"SELECT {Columns}, secret FROM relays WHERE id = $1 AND removed_at IS NULL",
                p => p.Id(id),
                row => (Relay: Read(row), Box: row.BytesOrNull(8)),
                cancellationToken),
            cancellationToken);
        return found.Count == 0
            ? null
            : (found[0].Relay, found[0].Box is { } box ? Encoding.UTF8.GetString(keys.Open(box, SealingContext.Relay(id))) : null);
    }

    /// <summary>A number that grows with every change made on any node.</summary>
    internal Task<long> RevisionAsync(CancellationToken cancellationToken) => database.ReadAsync(
        session => session.FirstAsync(
            "SELECT CAST(COALESCE(sum(version), 0) AS bigint) FROM relays", _ => { }, row => row.Number(0), cancellationToken),
        cancellationToken);

    /// <summary>The version of each relay that there is.</summary>
    internal async Task<IReadOnlyDictionary<Guid, long>> VersionsAsync(CancellationToken cancellationToken) => (await database.ReadAsync(
        session => session.QueryAsync(
            "SELECT id, version FROM relays WHERE removed_at IS NULL", _ => { }, row => (Id: row.Id(0), Version: row.Number(1)),
            cancellationToken),
        cancellationToken)).ToDictionary(row => row.Id, row => row.Version);

    async Task<T> ChangeAsync<T>(string name, Func<Session, ValueTask<T>> unit, CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteAsync(name, unit, cancellationToken);
        }
        finally
        {
            Interlocked.Increment(ref changes); // after a failure too: whether it was kept is not always known
        }
    }

    static async ValueTask<bool> IsTakenAsync(Session session, RelayRecord relay) => (await session.QueryAsync(
        "SELECT 1 FROM relays WHERE tenant_id = $1 AND name = $2 AND id <> $3 AND removed_at IS NULL",
        p => p.Id(Owner(relay.Tenant)).Text(relay.Name).Id(relay.Id),
        row => true,
        CancellationToken.None)).Count > 0;

    static void BindSecret(Parameters parameters, SecretChange change, byte[]? sealedSecret)
    {
        if (change is not SecretChange.Keep) parameters.Bytes(sealedSecret);
    }

    static DateTimeOffset? SetAt(RelayRecord relay, SecretChange change, DateTimeOffset now) => change switch
    {
        SecretChange.Keep => relay.SecretSetAt,
        SecretChange.Set => now,
        _ => null,
    };

    byte[] Seal(Guid id, string secret) => keys.Seal(Encoding.UTF8.GetBytes(secret), SealingContext.Relay(id));

    static Guid Owner(TenantId? tenant) => tenant?.Value ?? Guid.Empty;

    static RelayRecord Read(Row row) => new(
        row.Id(0),
        row.Id(1) == Guid.Empty ? null : new TenantId(row.Id(1)),
        row.Text(2),
        RelaySettings.Unpack(row.Text(3)),
        row.InstantOrNull(4),
        row.Number(5),
        row.Instant(6),
        row.Instant(7));
}
