using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Requests;

/// <summary>
/// Keeps what was asked of the API for 30 days. Written behind the answers, many at once: it is a help for people, not the journal, so a
/// crash may lose its last half second, and where the database cannot follow it loses records rather than hold requests up.
/// </summary>
public sealed partial class RequestLog(IDatabase database, TimeProvider clock, ILogger<RequestLog> log) : BackgroundService
{
    const int Waiting = 20_000;
    const int AtOnce = 500;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    const string Columns = "id, tenant_id, api_key_id, at, method, endpoint, status, user_agent, refusal";

    readonly Channel<RequestRecord> records = Channel.CreateBounded<RequestRecord>(
        new BoundedChannelOptions(Waiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>How long records are kept.</summary>
    public static TimeSpan Kept { get; } = TimeSpan.FromDays(30);

    /// <summary>Notes a request; it is seen within about half a second.</summary>
    public void Note(RequestRecord record) => records.Writer.TryWrite(record);

    /// <summary>A page of a tenant's requests, newest first, and whether there is more in the direction that was asked for.</summary>
    public async Task<(IReadOnlyList<RequestRecord> Page, bool HasMore)> ListAsync(
        TenantId tenant, RequestFilter filter, int limit, Guid? after, Guid? before, CancellationToken cancellationToken)
    {
        var cursor = after ?? before;
        var where = cursor is null ? "" : after is null ? "AND id > $5" : "AND id < $5";
        var order = cursor is not null && after is null ? "ASC" : "DESC";
        var found = await database.ReadAsync(
            session => session.QueryAsync(
                $"""
                SELECT {Columns} FROM requests
                WHERE tenant_id = $1 AND status >= $2 AND status <= $3 AND lower(endpoint) LIKE lower($4) ESCAPE '!' {where} ORDER BY id {order} LIMIT {limit + 1}
                """,
                p =>
                {
                    p.Id(tenant.Value).Number(filter.Least).Number(filter.Most).Text(filter.Pattern);
                    if (cursor is { } id) p.Id(id);
                },
                Read,
                cancellationToken),
            cancellationToken);
        return ([.. found.Take(limit).OrderByDescending(record => record.Id.ToString(), StringComparer.Ordinal)], found.Count > limit);
    }

    /// <summary>One request; null when the tenant has none of that id.</summary>
    public Task<RequestRecord?> FindAsync(TenantId tenant, Guid id, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.FirstAsync(
            $"SELECT {Columns} FROM requests WHERE tenant_id = $1 AND id = $2", p => p.Id(tenant.Value).Id(id), Read, cancellationToken),
        cancellationToken);

    /// <summary>Forgets what is older than <see cref="Kept"/>, some at a time; returns how many.</summary>
    internal Task<int> ForgetAsync(IDatabase fenced, CancellationToken cancellationToken) => fenced.WriteAsync(
        "forget requests",
        session => session.ExecuteAsync(
            "DELETE FROM requests WHERE id IN (SELECT id FROM requests WHERE at < $1 ORDER BY at LIMIT 500)",
            p => p.Instant(clock.GetUtcNow() - Kept),
            CancellationToken.None),
        cancellationToken);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await records.Reader.WaitToReadAsync(stoppingToken))
            {
                await WriteWaitingAsync();
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // stopping
        }
    }

    /// <summary>Writes what still waits.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteWaitingAsync();
    }

    async Task WriteWaitingAsync()
    {
        var group = new List<RequestRecord>(AtOnce);
        while (records.Reader.TryRead(out var record))
        {
            group.Add(record);
            if (group.Count == AtOnce) await WriteAsync(group);
        }

        if (group.Count > 0) await WriteAsync(group);
    }

    async Task WriteAsync(List<RequestRecord> group)
    {
        try
        {
            await database.WriteAsync("note requests", session => InsertAsync(session, group), CancellationToken.None);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            LogDropped(group.Count, failed.Message); // whatever it is, a help for people does not stop the server
        }

        group.Clear();
    }

    static async ValueTask<bool> InsertAsync(Session session, List<RequestRecord> group)
    {
        await session.InsertManyAsync(
            $"INSERT INTO requests ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            group,
            (
                p, record) => p.Id(record.Id).Id(record.Tenant.Value).Id(record.Key.Value).Instant(record.At).Text(record.Method)
                    .Text(record.Endpoint)
                .Number(record.Status).Text(record.UserAgent).Text(record.Refusal),
            CancellationToken.None);
        return true;
    }

    static RequestRecord Read(Row row) => new(
        row.Id(0), new(row.Id(1)), new(row.Id(2)), row.Instant(3), row.Text(4), row.Text(5), row.Count(6), row.TextOrNull(7),
        row.TextOrNull(8));

    [LoggerMessage(2651, LogLevel.Warning, "{Count} requests are missing from the request log: {Reason}")]
    partial void LogDropped(int count, string reason);
}
