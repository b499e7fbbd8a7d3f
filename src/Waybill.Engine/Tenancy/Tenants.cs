using Waybill.Engine.Storage;

namespace Waybill.Engine.Tenancy;

/// <summary>A tenant: one business, whose messages no other sees.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Unique.</param>
/// <param name="TimeZone">IANA, for printed dates.</param>
public sealed record Tenant(TenantId Id, string Name, string TimeZone)
{
    /// <summary>The domains that an operator gave it to send from; null: nobody set them.</summary>
    public SenderGrant? Granted { get; init; }

    /// <summary>The domains that it may send from by the relays of the instance. The first tenant is the operator's own.</summary>
    public SenderGrant Senders => Granted ?? (Name == Tenants.First ? SenderGrant.All : SenderGrant.None);
}

/// <summary>The tenants of this instance.</summary>
public sealed class Tenants(IDatabase database, TimeProvider clock)
{
    const string Columns = "id, name, time_zone, sender_domains";

    static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    readonly ShortMemory<TenantId, Tenant> memory = new(Remembered, clock);

    /// <summary>The tenant that a fresh instance has.</summary>
    public const string First = "default";

    /// <summary>Whether a text can be a tenant's name: 1 to 64 ASCII letters, digits, dots, dashes and underscores.</summary>
    public static bool CanBeCalled(string name) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    /// <summary>All tenants by name.</summary>
    public Task<List<Tenant>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.QueryAsync($"SELECT {Columns} FROM tenants ORDER BY name", _ => { }, Read, cancellationToken),
            cancellationToken);

    /// <summary>The tenant of that name, or null.</summary>
    public Task<Tenant?> FindAsync(string name, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.FirstAsync($"SELECT {Columns} FROM tenants WHERE name = $1", p => p.Text(name), Read, cancellationToken),
        cancellationToken);

    /// <summary>A tenant as it was at most 5 s ago.</summary>
    public ValueTask<Tenant?> FindAsync(TenantId id, CancellationToken cancellationToken) => memory.GetAsync(id, () => database.ReadAsync(
        session => session.FirstAsync($"SELECT {Columns} FROM tenants WHERE id = $1", p => p.Id(id.Value), Read, cancellationToken),
        cancellationToken));

    /// <summary>
    /// Whether that is the operator's: the instance's, which is nobody's (null), or the first tenant's. The operator may do what concerns
    /// the whole instance, or the net that it stands in.
    /// </summary>
    public async ValueTask<bool> IsOperatorAsync(TenantId? owner, CancellationToken cancellationToken) =>
        owner is not { } id || (await FindAsync(id, cancellationToken))?.Name == First;

    /// <summary>The tenant of that name, made now if there was none; safe on several nodes at once.</summary>
    public async Task<Tenant> EnsureAsync(string name, CancellationToken cancellationToken)
    {
        if (await FindAsync(name, cancellationToken) is { } known) return known;
        var fresh = new Tenant(TenantId.New(clock), name, "UTC");
        await database.WriteAsync(
            "ensure tenant",
            session => session.ExecuteAsync(
                "INSERT INTO tenants (id, name, time_zone, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (name) DO NOTHING",
                p => p.Id(fresh.Id.Value).Text(name).Text(fresh.TimeZone).Instant(clock.GetUtcNow()),
                CancellationToken.None),
            cancellationToken);
        return (await FindAsync(name, cancellationToken))!;
    }

    /// <summary>Makes a tenant; null when there is one of that name.</summary>
    public async Task<Tenant?> CreateAsync(string name, string timeZone, CancellationToken cancellationToken) =>
        await database.WriteAsync("create tenant", session => CreateAsync(session, name, timeZone), cancellationToken);

    /// <summary>Makes a tenant within a unit of work; null when there is one of that name.</summary>
    public async ValueTask<Tenant?> CreateAsync(Session session, string name, string timeZone)
    {
        var fresh = new Tenant(TenantId.New(clock), name, timeZone);
        var made = await session.ExecuteAsync(
            "INSERT INTO tenants (id, name, time_zone, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (name) DO NOTHING",
            p => p.Id(fresh.Id.Value).Text(name).Text(timeZone).Instant(clock.GetUtcNow()),
            CancellationToken.None);
        return made == 1 ? fresh : null;
    }

    /// <summary>
    /// Gives a tenant another name and time zone; false when another tenant has the name. The first tenant keeps its name.
    /// </summary>
    public async Task<bool> ChangeAsync(Tenant tenant, string name, string timeZone, CancellationToken cancellationToken)
    {
        if (tenant.Name == First && name != First) throw new ArgumentException("The first tenant keeps its name.", nameof(name));
        var changed = await database.WriteAsync(
            "change tenant",
            session => session.ExecuteAsync(
                "UPDATE tenants SET name = $2, time_zone = $3 WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM tenants other WHERE other.name = "
                    + "$2 AND other.id <> $1)",
                p => p.Id(tenant.Id.Value).Text(name).Text(timeZone),
                CancellationToken.None),
            cancellationToken);
        memory.Forget();
        return changed == 1;
    }

    /// <summary>
    /// Gives a tenant the domains that it may send from by the relays of the instance; null: the standard. Null when there is no such
    /// tenant.
    /// </summary>
    public async Task<Tenant?> GrantAsync(TenantId id, SenderGrant? grant, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            "grant senders",
            session => session.ExecuteAsync(
                "UPDATE tenants SET sender_domains = $2 WHERE id = $1", p => p.Id(id.Value).Text(grant?.Pack()), CancellationToken.None),
            cancellationToken);
        memory.Forget();
        return await FindAsync(id, cancellationToken);
    }

    /// <summary>
    /// The tenants that were given no domains and posted a message since then: from a database of a version that asked for none, they must
    /// be given theirs.
    /// </summary>
    public Task<List<string>> UngrantedSinceAsync(DateTimeOffset since, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.QueryAsync(
            """
            SELECT t.name FROM tenants t WHERE t.sender_domains IS NULL AND t.name <> $1
            AND (SELECT m.accepted_at FROM messages m WHERE m.stream = 'api' AND m.tenant_id = t.id ORDER BY m.id DESC LIMIT 1) >= $2
            ORDER BY t.name LIMIT 20
            """,
            p => p.Text(First).Instant(since),
            row => row.Text(0),
            cancellationToken),
        cancellationToken);

    /// <summary>Whether a text names a time zone as IANA does.</summary>
    public static bool IsTimeZone(string text) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) && zone.HasIanaId && zone.Id == text;

    static Tenant Read(Row row) => new(new TenantId(row.Id(0)), row.Text(1), row.Text(2))
    {
        Granted = row.TextOrNull(3) is { } kept ? SenderGrant.Unpack(kept) : null,
    };
}
