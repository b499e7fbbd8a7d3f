using System.Text.Json;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Events;

/// <summary>What an application said about one of its event types.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The type.</param>
/// <param name="Fields">Field of the payload to <c>string</c>, <c>number</c>, <c>boolean</c> or <c>date</c>; null: anything.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it last changed.</param>
public sealed record EventDefinition(
    Guid Id, string Name, IReadOnlyDictionary<string, string>? Fields, DateTimeOffset CreatedAt, DateTimeOffset? UpdatedAt);

/// <summary>The event types that applications described. An event of a type that nobody described is as welcome.</summary>
public sealed class EventDefinitions(IDatabase database, TimeProvider clock)
{
    const string Columns = "id, name, fields, created_at, updated_at";

    /// <summary>Describes a type; null when the tenant has one of that name.</summary>
    public async Task<EventDefinition?> CreateAsync(
        TenantId tenant, string name, IReadOnlyDictionary<string, string>? fields, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var made = new EventDefinition(Guid.CreateVersion7(now), name, fields, now, UpdatedAt: null);
        var inserted = await database.WriteAsync(
            "create event type",
            session => session.ExecuteAsync(
                "INSERT INTO event_types (id, tenant_id, name, fields, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant_id, "
                    + "name) DO NOTHING",
                p => p.Id(made.Id).Id(tenant.Value).Text(name).Text(Pack(fields)).Instant(now),
                CancellationToken.None),
            cancellationToken);
        return inserted == 1 ? made : null;
    }

    /// <summary>By id or name; null when the tenant has none.</summary>
    public Task<EventDefinition?> FindAsync(TenantId tenant, string idOrName, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.FirstAsync(
            $"SELECT {Columns} FROM event_types WHERE tenant_id = $1 AND (name = $2 OR id = $3)",
            p => p.Id(tenant.Value).Text(idOrName).Id(Guid.TryParseExact(idOrName, "D", out var id) ? id : null),
            Read,
            cancellationToken),
        cancellationToken);

    /// <summary>
    /// A page, newest first. <paramref name="after"/> continues with older ones, <paramref name="before"/> with newer ones.
    /// </summary>
    public async Task<(IReadOnlyList<EventDefinition> Page, bool HasMore)> ListAsync(
        TenantId tenant, int limit, Guid? after, Guid? before, CancellationToken cancellationToken)
    {
        var all = await database.ReadAsync(
            session => session.QueryAsync(
                $"SELECT {Columns} FROM event_types WHERE tenant_id = $1 ORDER BY id DESC", p => p.Id(tenant.Value), Read,
                cancellationToken),
            cancellationToken);
        var rest = all.SkipWhile(one => after is { } cursor && Order(one.Id, cursor) >= 0)
            .TakeWhile(one => before is not { } cursor || Order(one.Id, cursor) > 0).ToList();
        return ([.. before is null ? rest.Take(limit) : rest.TakeLast(limit)], rest.Count > limit);
    }

    /// <summary>Replaces the fields; false when the tenant has none of that id.</summary>
    public Task<bool> UpdateAsync(
        TenantId tenant, Guid id, IReadOnlyDictionary<string, string>? fields, CancellationToken cancellationToken) => ChangeAsync(
        "update event type",
        "UPDATE event_types SET fields = $3, updated_at = $4 WHERE id = $1 AND tenant_id = $2",
        p => p.Id(id).Id(tenant.Value).Text(Pack(fields)).Instant(clock.GetUtcNow()),
        cancellationToken);

    /// <summary>Forgets the description; events of the type stay, and may still come. False when the tenant has none of that id.</summary>
    public Task<bool> RemoveAsync(TenantId tenant, Guid id, CancellationToken cancellationToken) => ChangeAsync(
        "remove event type", "DELETE FROM event_types WHERE id = $1 AND tenant_id = $2", p => p.Id(id).Id(tenant.Value), cancellationToken);

    async Task<bool> ChangeAsync(string name, string sql, Action<Parameters> bind, CancellationToken cancellationToken) =>
        await database.WriteAsync(name, session => session.ExecuteAsync(sql, bind, CancellationToken.None), cancellationToken) == 1;

    /// <summary>As the database orders ids: by their octets.</summary>
    static int Order(Guid one, Guid other) => one.CompareTo(other);

    static string? Pack(IReadOnlyDictionary<string, string>? fields) =>
        fields is null ? null : JsonSerializer.Serialize(fields, EventJson.Default.IReadOnlyDictionaryStringString);

    static EventDefinition Read(Row row) => new(
        row.Id(0),
        row.Text(1),
        row.TextOrNull(2) is { } fields ? JsonSerializer.Deserialize(fields, EventJson.Default.IReadOnlyDictionaryStringString) : null,
        row.Instant(3),
        row.InstantOrNull(4));
}
