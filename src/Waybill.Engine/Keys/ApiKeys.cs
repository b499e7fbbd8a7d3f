using System.Collections.Concurrent;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Keys;

/// <summary>
/// Makes, finds and revokes keys. A key found is remembered for 5 s, so a revocation takes effect at once on the node that revokes and
/// within 5 s on the others.
/// </summary>
public sealed class ApiKeys(IDatabase database, TimeProvider clock)
{
    static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);
    static readonly TimeSpan UseInterval = TimeSpan.FromMinutes(1);
    const int LargestMemory = 10_000;

    const string Columns = "id, tenant_id, name, scopes, created_at, last_used_at";

    readonly ConcurrentDictionary<string, (ApiKey Key, long At)> memory = new(StringComparer.Ordinal);
    long changes;

    /// <summary>Of a key's name, in characters.</summary>
    public const int LongestName = 100;

    /// <summary>
    /// Whether a text can be a key's name: 1 to 100 characters, not all of them blank, and none that <see cref="NameText"/> refuses.
    /// </summary>
    public static bool CanBeCalled(string name) =>
        name.Length <= LongestName && !string.IsNullOrWhiteSpace(name) && NameText.Objection(name) is null;

    /// <summary>Makes a key. It is seen once, in what this returns.</summary>
    /// <param name="tenant">Whose; null: an instance key.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="scopes">At least one of <see cref="Scope.All"/>.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async Task<NewApiKey> CreateAsync(
        TenantId? tenant, string name, IReadOnlyCollection<string> scopes, CancellationToken cancellationToken)
    {
        var secret = ApiKeySecret.New();
        return new(await KeepAsync(tenant, name, scopes, secret, cancellationToken), secret);
    }

    /// <summary>Keeps a key that the operator chose (WAYBILL_API_KEY); nothing happens when it is known already.</summary>
    public async Task SeedAsync(TenantId tenant, string secret, CancellationToken cancellationToken)
    {
        if (await FindAsync(secret, cancellationToken) is null)
            await KeepAsync(tenant, "from WAYBILL_API_KEY", [Scope.Full], secret, cancellationToken);
    }

    /// <summary>The key that a secret belongs to; null when there is none or it was revoked.</summary>
    public async Task<ApiKey?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        var hash = ApiKeySecret.Hash(secret);
        var remembered = Convert.ToHexString(hash); // a core dump shows no key
        if (memory.TryGetValue(remembered, out var known) && clock.GetElapsedTime(known.At) < Remembered) return known.Key;
        var changesSeen = Interlocked.Read(ref changes);
        var found = await database.ReadAsync(
            session => session.FirstAsync(
                $"SELECT {Columns} FROM api_keys WHERE hash = $1 AND revoked_at IS NULL",
                p => p.Bytes(hash),
                Read,
                cancellationToken),
            cancellationToken);
        if (memory.Count >= LargestMemory) memory.Clear();
        if (found is not null) Remember(remembered, found, changesSeen);
        return found;
    }

    /// <summary>Notes that a key is in use, at most once a minute.</summary>
    public async Task NoteUseAsync(ApiKey key, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (key.LastUsedAt is { } last && now - last < UseInterval) return;
        foreach (var (hash,
            known) in memory.Where(
                entry => entry.Value.Key.Id == key.Id)) memory.TryUpdate(hash, (known.Key with { LastUsedAt = now }, known.At), known);
        await database.WriteAsync(
            "note key use",
            session => session.ExecuteAsync(
                "UPDATE api_keys SET last_used_at = $2 WHERE id = $1", p => p.Id(key.Id.Value).Instant(now), CancellationToken.None),
            cancellationToken);
    }

    /// <summary>The keys of a tenant that work, newest first; all keys of the instance when <paramref name="tenant"/> is null.</summary>
    public Task<List<ApiKey>> ListAsync(TenantId? tenant, CancellationToken cancellationToken) => database.ReadAsync(
        session => tenant is { } one
            ? session.QueryAsync(
                $"SELECT {Columns} FROM api_keys WHERE tenant_id = $1 AND revoked_at IS NULL ORDER BY id DESC", p => p.Id(one.Value), Read,
                cancellationToken)
            : session.QueryAsync(
                $"SELECT {Columns} FROM api_keys WHERE revoked_at IS NULL ORDER BY id DESC", _ => { }, Read, cancellationToken),
        cancellationToken);

    /// <summary>Gives a key of a tenant another name; false when there is no such key.</summary>
    public Task<bool> RenameAsync(TenantId tenant, ApiKeyId id, string name, CancellationToken cancellationToken) => ChangeAsync(
        "rename key",
        "UPDATE api_keys SET name = $3 WHERE id = $1 AND tenant_id = $2 AND revoked_at IS NULL",
        p => p.Id(id.Value).Id(tenant.Value).Text(name),
        cancellationToken);

    /// <summary>Revokes a key of a tenant; false when there is no such key.</summary>
    public Task<bool> RevokeAsync(TenantId tenant, ApiKeyId id, CancellationToken cancellationToken) => ChangeAsync(
        "revoke key",
        "UPDATE api_keys SET revoked_at = $3 WHERE id = $1 AND tenant_id = $2 AND revoked_at IS NULL",
        p => p.Id(id.Value).Id(tenant.Value).Instant(clock.GetUtcNow()),
        cancellationToken);

    /// <summary>Revokes any key of the instance; false when there is no such key.</summary>
    public Task<bool> RevokeAsync(ApiKeyId id, CancellationToken cancellationToken) => ChangeAsync(
        "revoke key",
        "UPDATE api_keys SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL",
        p => p.Id(id.Value).Instant(clock.GetUtcNow()),
        cancellationToken);

    async Task<ApiKey> KeepAsync(
        TenantId? tenant, string name, IReadOnlyCollection<string> scopes, string secret, CancellationToken cancellationToken)
    {
        var key = new ApiKey(
            ApiKeyId.New(clock), tenant, name, scopes.ToHashSet(StringComparer.Ordinal), clock.GetUtcNow(), LastUsedAt: null);
        await database.WriteAsync(
            "create key",
            session => session.ExecuteAsync(
                "INSERT INTO api_keys (id, tenant_id, name, hash, scopes, created_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (hash) "
                    + "DO NOTHING",
                p => p.Id(key.Id.Value).Id(tenant?.Value).Text(name).Bytes(ApiKeySecret.Hash(secret)).Text(string.Join(' ', scopes))
                    .Instant(key.CreatedAt),
                CancellationToken.None),
            cancellationToken);
        return key;
    }

    async Task<bool> ChangeAsync(string name, string sql, Action<Parameters> bind, CancellationToken cancellationToken)
    {
        var changed =
            await database.WriteAsync(name, session => session.ExecuteAsync(sql, bind, CancellationToken.None), cancellationToken);
        Interlocked.Increment(ref changes);
        memory.Clear();
        return changed == 1;
    }

    /// <summary>What was read before a key changed is not remembered after it: a revoked key would work on.</summary>
    void Remember(string hash, ApiKey key, long changesSeen)
    {
        memory[hash] = (key, clock.GetTimestamp());
        if (Interlocked.Read(ref changes) != changesSeen) memory.TryRemove(hash, out _);
    }

    static ApiKey Read(Row row) => new(
        new ApiKeyId(row.Id(0)),
        row.IdOrNull(1) is { } tenant ? new TenantId(tenant) : null,
        row.Text(2),
        row.Text(3).Split(' ').ToHashSet(StringComparer.Ordinal),
        row.Instant(4),
        row.InstantOrNull(5));
}
