using Microsoft.Extensions.Logging;
using Waybill.Engine.Events;
using Waybill.Engine.Journal;
using Waybill.Engine.Routing;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Nodes;

/// <summary>
/// The duty <c>retention</c>: removes the messages that their streams keep no longer and the events that are old and done, stream by stream
/// and tenant by tenant, at most 500 in a unit, and leaves a record of it.
/// </summary>
public sealed partial class Retention(StreamTable streams, Tenants tenants, TimeProvider clock, ILogger<Retention> log)
{
    /// <summary>How many messages or events one unit of work removes at most.</summary>
    public const int Chunk = 500;

    /// <summary>How long an event is kept once every handler is done with it, counted from when it was accepted.</summary>
    public const int DaysOfEvents = 90;

    /// <summary>Runs once; gives how many messages and events were removed.</summary>
    public async Task<int> RunAsync(IDatabase database, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var tenant in await tenants.ListAsync(cancellationToken))
        {
            foreach (var stream in streams.All)
                if (stream.Kept is Kept.For(var days))
                    removed += await SweepAsync(database, tenant.Id, stream.Name, clock.GetUtcNow().AddDays(-days), cancellationToken);
            removed += await SweepAsync(database, tenant.Id, stream: null, clock.GetUtcNow().AddDays(-DaysOfEvents), cancellationToken);
        }

        await RecordAsync(database, tenant: null, stream: null, before: null, removed, cancellationToken);
        if (removed > 0) LogRemoved(removed);
        return removed;
    }

    /// <param name="database">What it writes through.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="stream">Its messages; null: events.</param>
    /// <param name="before">What was accepted before this goes.</param>
    /// <param name="cancellationToken">Stops it between two units.</param>
    async Task<int> SweepAsync(
        IDatabase database, TenantId tenant, string? stream, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var removed = 0;
        for (int some; ;)
        {
            some = await database.WriteAsync(
                "retention",
                session => stream is null ? RemoveEventsAsync(session, tenant, before) : RemoveAsync(session, stream, tenant, before),
                cancellationToken);
            removed += some;
            if (some < Chunk) break;
        }

        if (removed > 0) await RecordAsync(database, tenant, stream, before, removed, cancellationToken);
        return removed;
    }

    static async ValueTask<int> RemoveAsync(Session session, string stream, TenantId tenant, DateTimeOffset before)
    {
        var old = await RetentionRows.FindAsync(session, stream, tenant, before, Chunk);
        await RetentionRows.RemoveAsync(session, old);
        return old.Count;
    }

    static async ValueTask<int> RemoveEventsAsync(Session session, TenantId tenant, DateTimeOffset before)
    {
        var old = await EventRetentionRows.FindAsync(session, tenant, before, Chunk);
        await EventRetentionRows.RemoveAsync(session, old);
        return old.Count;
    }

    Task<int> RecordAsync(
        IDatabase database, TenantId? tenant, string? stream, DateTimeOffset? before, int removed, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return database.WriteAsync(
            "record retention",
            session => session.ExecuteAsync(
                "INSERT INTO sweeps (id, tenant_id, stream, kept_since, removed, ended_at) VALUES ($1, $2, $3, $4, $5, $6)",
                p => p.Id(Guid.CreateVersion7(now)).Id(tenant?.Value).Text(stream).Instant(before).Number(removed).Instant(now),
                CancellationToken.None),
            cancellationToken);
    }

    [LoggerMessage(2502, LogLevel.Information, "Retention removed {Count} messages and events that are kept no longer")]
    partial void LogRemoved(int count);
}
