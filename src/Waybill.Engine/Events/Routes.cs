using System.Collections.Concurrent;
using System.Text.Json;
using Waybill.Engine.Catalogue;
using Waybill.Engine.Routing;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Events;

/// <summary>
/// The routes of every tenant. Those of a tenant are remembered for a second, so a change applies at once on the node that makes it and
/// within a second on the others.
/// </summary>
public sealed class Routes(IDatabase database, StreamTable streams, AccountTemplates accounts, TimeProvider clock)
{
    static readonly TimeSpan Remembered = TimeSpan.FromSeconds(1);

    const int LargestMemory = 10_000;

    const string Columns =
        "id, tenant_id, event_type, conditions, stream, template, recipient, brand, locale, enabled, created_at, updated_at";

    readonly RouteCheck check = new(database, streams, accounts);
    readonly ConcurrentDictionary<TenantId, (IReadOnlyList<EventRoute> Routes, long At)> memory = new();
    long changes;

    /// <summary>Why a rule cannot work; null: it can.</summary>
    public Task<RouteSaving.Refused?> ObjectionAsync(TenantId tenant, RouteRule rule, CancellationToken cancellationToken) =>
        check.ObjectionAsync(tenant, rule, cancellationToken);

    /// <summary>Makes a route.</summary>
    public async Task<RouteSaving> CreateAsync(TenantId tenant, RouteRule rule, CancellationToken cancellationToken)
    {
        if (await check.ObjectionAsync(tenant, rule, cancellationToken) is { } refused) return refused;
        var now = clock.GetUtcNow();
        var route = new EventRoute { Id = Guid.CreateVersion7(now), Tenant = tenant, Rule = rule, CreatedAt = now, UpdatedAt = now };
        await ChangeAsync(
            "create route",
            $"INSERT INTO routes ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            p => BindRule(p.Id(route.Id).Id(tenant.Value), rule).Instant(now).Instant(now),
            cancellationToken);
        return new RouteSaving.Saved(route);
    }

    /// <summary>Replaces what a route says.</summary>
    public async Task<RouteSaving> ReplaceAsync(TenantId tenant, Guid id, RouteRule rule, CancellationToken cancellationToken)
    {
        if (await FindAsync(tenant, id, cancellationToken) is not { } route) return new RouteSaving.NotFound();
        if (await check.ObjectionAsync(tenant, rule, cancellationToken) is { } refused) return refused;
        var now = clock.GetUtcNow();
        var replaced = await ChangeAsync(
            "replace route",
            """
            UPDATE routes SET event_type = $3, conditions = $4, stream = $5, template = $6, recipient = $7, brand = $8, locale = $9, enabled = $10,
            updated_at = $11 WHERE id = $1 AND tenant_id = $2
            """,
            p => BindRule(p.Id(id).Id(tenant.Value), rule).Instant(now),
            cancellationToken);
        return replaced ? new RouteSaving.Saved(route with { Rule = rule, UpdatedAt = now }) : new RouteSaving.NotFound();
    }

    /// <summary>Removes a route; false when the tenant has none of that id.</summary>
    public Task<bool> RemoveAsync(TenantId tenant, Guid id, CancellationToken cancellationToken) => ChangeAsync(
        "remove route", "DELETE FROM routes WHERE id = $1 AND tenant_id = $2", p => p.Id(id).Id(tenant.Value), cancellationToken);

    /// <summary>One route of a tenant, or null.</summary>
    public async Task<EventRoute?> FindAsync(TenantId tenant, Guid id, CancellationToken cancellationToken) =>
        (await ListAsync(tenant, cancellationToken)).FirstOrDefault(route => route.Id == id);

    /// <summary>The routes of a tenant as they stand now, in the order in which they were made.</summary>
    public Task<List<EventRoute>> ListAsync(TenantId tenant, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.QueryAsync(
            $"SELECT {Columns} FROM routes WHERE tenant_id = $1 ORDER BY id", p => p.Id(tenant.Value), Read, cancellationToken),
        cancellationToken);

    /// <summary>The routes of a tenant as they are remembered; null: they have to be read.</summary>
    internal IReadOnlyList<EventRoute>? TryRecall(TenantId tenant) =>
        memory.TryGetValue(tenant, out var known) && clock.GetElapsedTime(known.At) < Remembered ? known.Routes : null;

    /// <summary>The routes of a tenant as they were at most a second ago.</summary>
    internal async ValueTask<IReadOnlyList<EventRoute>> RememberedAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        if (TryRecall(tenant) is { } known) return known;
        var (changesSeen, readAt) = (Interlocked.Read(ref changes), clock.GetTimestamp());
        var read = await ListAsync(tenant, cancellationToken);
        if (memory.Count >= LargestMemory) memory.Clear();
        memory[tenant] = (read, readAt);
        // what was read before a change is not remembered after it
        if (Interlocked.Read(ref changes) != changesSeen) memory.TryRemove(tenant, out _);
        return read;
    }

    async Task<bool> ChangeAsync(string name, string sql, Action<Parameters> bind, CancellationToken cancellationToken)
    {
        var changed =
            await database.WriteAsync(name, session => session.ExecuteAsync(sql, bind, CancellationToken.None), cancellationToken);
        Interlocked.Increment(ref changes);
        memory.Clear();
        return changed == 1;
    }

    static Parameters BindRule(Parameters p, RouteRule rule) => p
        .Text(rule.EventType).Text(JsonSerializer.Serialize(rule.Conditions, EventJson.Default.IReadOnlyListRouteCondition))
        .Text(rule.Stream)
        .Text(rule.Template).Text(rule.Recipient).Text(rule.Brand).Text(rule.Locale).Number(rule.IsEnabled ? 1 : 0);

    static EventRoute Read(Row row) => new()
    {
        Id = row.Id(0),
        Tenant = new TenantId(row.Id(1)),
        Rule = new RouteRule
        {
            EventType = row.Text(2),
            Conditions = JsonSerializer.Deserialize(row.Text(3), EventJson.Default.IReadOnlyListRouteCondition)!,
            Stream = row.Text(4),
            Template = row.Text(5),
            Recipient = row.Text(6),
            Brand = row.TextOrNull(7),
            Locale = row.TextOrNull(8),
            IsEnabled = row.Number(9) == 1,
        },
        CreatedAt = row.Instant(10),
        UpdatedAt = row.Instant(11),
    };
}
