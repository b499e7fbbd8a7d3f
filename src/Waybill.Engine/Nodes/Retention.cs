using Microsoft.Extensions.Logging;
using Waybill.Engine.Journal;
using Waybill.Engine.Routing;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Nodes;

/// <summary>
/// Once an hour, on whichever node comes first, removes the messages that their streams keep no longer: stream by stream and tenant by
/// tenant, at most 500 in a unit, and leaves a record of it.
/// </summary>
public sealed partial class Retention(IDatabase database, StreamTable streams, Tenants tenants, TimeProvider clock, ILogger<Retention> log)
{
    /// <summary>How many messages one unit of work removes at most.</summary>
    public const int Chunk = 500;

    static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Runs unless some node did within the hour; gives how many messages were removed.</summary>
    public async Task<int> RunWhenDueAsync(CancellationToken cancellationToken)
    {
        var last = await database.ReadAsync(
            session => session.FirstAsync(
                "SELECT max(ended_at) FROM sweeps WHERE stream IS NULL", _ => { }, row => row.InstantOrNull(0), cancellationToken),
            cancellationToken);
        return last is { } ran && ran + Interval > clock.GetUtcNow() ? 0 : await RunAsync(cancellationToken);
    }

    async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var tenant in await tenants.ListAsync(cancellationToken))
        {
            foreach (var stream in streams.All)
                if (stream.Kept is Kept.For(var days)) removed += await SweepAsync(tenant.Id, stream.Name, clock.GetUtcNow().AddDays(-days), cancellationToken);
        }

        await RecordAsync(tenant: null, stream: null, before: null, removed, cancellationToken);
        if (removed > 0) LogRemoved(removed);
        return removed;
    }

    async Task<int> SweepAsync(TenantId tenant, string stream, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var removed = 0;
        for (int some; ;)
        {
            some = await database.WriteAsync("retention", session => RemoveAsync(session, stream, tenant, before), cancellationToken);
            removed += some;
            if (some < Chunk) break;
        }

        if (removed > 0) await RecordAsync(tenant, stream, before, removed, cancellationToken);
        return removed;
    }

    static async ValueTask<int> RemoveAsync(Session session, string stream, TenantId tenant, DateTimeOffset before)
    {
        var old = await RetentionRows.FindAsync(session, stream, tenant, before, Chunk);
        await RetentionRows.RemoveAsync(session, old);
        return old.Count;
    }

    Task<int> RecordAsync(TenantId? tenant, string? stream, DateTimeOffset? before, int removed, CancellationToken cancellationToken)
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

    [LoggerMessage(2502, LogLevel.Information, "Retention removed {Count} messages that their streams keep no longer")]
    partial void LogRemoved(int count);
}
