using System.Text.Json;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Events;

/// <summary>What happened, and what came of it. Every read names its tenant, and sees nothing of another's.</summary>
public sealed class EventJournal(IDatabase database)
{
    internal const string Columns =
        "id, tenant_id, source, event_id, type, subject, happened_at, accepted_at, content_type, data_schema, extensions, data";

    /// <summary>One event; null when the tenant has none of that id.</summary>
    public Task<EventRecord?> FindAsync(TenantId tenant, EventKey id, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.FirstAsync(
            $"SELECT {Columns} FROM events WHERE id = $1 AND tenant_id = $2", p => p.Id(id.Value).Id(tenant.Value), Read,
            cancellationToken),
        cancellationToken);

    /// <summary>
    /// A page of events, newest first. <paramref name="after"/> continues with older ones, <paramref name="before"/> with newer ones.
    /// </summary>
    /// <returns>The page, and whether there is more in the direction that was asked for.</returns>
    public async Task<(IReadOnlyList<EventRecord> Page, bool HasMore)> ListAsync(
        TenantId tenant, int limit, Guid? after, Guid? before, CancellationToken cancellationToken)
    {
        var cursor = after ?? before;
        var isUpwards = after is null && before is not null;
        var where = cursor is null ? "" : isUpwards ? "AND id > $3" : "AND id < $3";
        var found = await database.ReadAsync(
            session => session.QueryAsync(
                $"SELECT {Columns} FROM events WHERE tenant_id = $1 {where} ORDER BY id {(isUpwards ? "ASC" : "DESC")} LIMIT $2",
                p => _ = cursor is { } id ? p.Id(tenant.Value).Number(limit + 1).Id(id) : p.Id(tenant.Value).Number(limit + 1),
                Read,
                cancellationToken),
            cancellationToken);
        var page = found.Take(limit).OrderByDescending(e => e.Id.ToString(), StringComparer.Ordinal).ToList();
        return (page, found.Count > limit);
    }

    /// <summary>The types of a tenant's latest events, the one that came last first.</summary>
    /// <param name="tenant">Whose events.</param>
    /// <param name="among">How many of the latest are looked at.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<List<EventTypeUse>> TypesAsync(TenantId tenant, int among, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.QueryAsync(
            """
            SELECT type, count(*), max(accepted_at) FROM (SELECT type, accepted_at FROM events WHERE tenant_id = $1 ORDER BY id DESC LIMIT $2) AS latest
            GROUP BY type ORDER BY max(accepted_at) DESC, type LIMIT 200
            """,
            p => p.Id(tenant.Value).Number(among),
            row => new EventTypeUse(row.Text(0), row.Count(1), row.Instant(2)),
            cancellationToken),
        cancellationToken);

    /// <summary>What an event of a tenant caused.</summary>
    public Task<EventEffects> EffectsAsync(TenantId tenant, EventKey id, CancellationToken cancellationToken) => database.ReadAsync(
        async session => new EventEffects(
            await session.QueryAsync(
                "SELECT id, stream, status FROM messages WHERE event_id = $1 AND tenant_id = $2 ORDER BY id",
                p => p.Id(id.Value).Id(tenant.Value),
                row => new CausedMessage(new MessageId(row.Id(0)), row.Text(1), MessageStatusWords.Parse(row.Text(2))),
                cancellationToken),
            await session.QueryAsync(
                """
                SELECT subscription, state, attempt, due_at, settled_at, reason FROM event_deliveries
                WHERE event_id = $1 AND tenant_id = $2 ORDER BY position
                """,
                p => p.Id(id.Value).Id(tenant.Value),
                ReadDelivery,
                cancellationToken),
            await session.QueryAsync(
                "SELECT route_id, at, reason FROM route_faults WHERE event_id = $1 AND tenant_id = $2 ORDER BY id",
                p => p.Id(id.Value).Id(tenant.Value),
                row => new RecordedFault(row.Id(0), row.Instant(1), row.Text(2)),
                cancellationToken)),
        cancellationToken);

    /// <summary>How much each of some events caused; one that caused nothing is not in it.</summary>
    public async Task<IReadOnlyDictionary<EventKey, EventTally>> TallyAsync(
        TenantId tenant, IReadOnlyList<EventKey> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0) return new Dictionary<EventKey, EventTally>();
        return await database.ReadAsync(
            async session =>
            {
                var messages = await CountAsync("SELECT event_id, count(*) FROM messages WHERE tenant_id = $1");
                var deliveries = await CountAsync("SELECT event_id, count(*) FROM event_deliveries WHERE tenant_id = $1");
                var parked = await CountAsync("SELECT event_id, count(*) FROM event_deliveries WHERE tenant_id = $1 AND state = 'parked'");
                var faults = await CountAsync("SELECT event_id, count(*) FROM route_faults WHERE tenant_id = $1");
                return events.ToDictionary(
                    id => id,
                    id => new EventTally(
                        messages.GetValueOrDefault(id), deliveries.GetValueOrDefault(id), parked.GetValueOrDefault(id),
                        faults.GetValueOrDefault(id)));

                async ValueTask<Dictionary<EventKey, int>> CountAsync(string sql) => (await session.QueryAsync(
                    $"{sql} AND event_id {Session.OneOf(2, events.Count)} GROUP BY event_id",
                    p =>
                    {
                        p.Id(tenant.Value);
                        foreach (var id in events) p.Id(id.Value);
                    },
                    row => (Id: new EventKey(row.Id(0)), Count: row.Count(1)),
                    cancellationToken)).ToDictionary(row => row.Id, row => row.Count);
            },
            cancellationToken);
    }

    internal static EventRecord Read(Row row) => new()
    {
        Id = new EventKey(row.Id(0)),
        Tenant = new TenantId(row.Id(1)),
        Source = row.Text(2),
        SenderId = row.Text(3),
        Type = row.Text(4),
        Subject = row.TextOrNull(5),
        Time = row.InstantOrNull(6),
        AcceptedAt = row.Instant(7),
        DataContentType = row.TextOrNull(8),
        DataSchema = row.TextOrNull(9),
        Extensions = row.TextOrNull(10) is { } extensions
            ? JsonSerializer.Deserialize(extensions, EventJson.Default.DictionaryStringJsonElement)!
            : new Dictionary<string, JsonElement>(StringComparer.Ordinal),
        Data = Parse(Packed.Unpack(row.Bytes(11))),
    };

    internal static JsonElement Parse(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        return JsonElement.ParseValue(ref reader);
    }

    static CausedDelivery ReadDelivery(Row row)
    {
        var state = row.Text(1);
        return new(
            row.Text(0), state, row.Count(2), state is "queued" or "behind" ? row.Instant(3) : null, row.InstantOrNull(4),
            row.TextOrNull(5));
    }
}
