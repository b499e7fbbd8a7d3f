using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Waybill.Engine.Leasing;
using Waybill.Engine.Storage.Postgres;

namespace Waybill.Engine.Nodes;

/// <summary>
/// Rings the other nodes of a PostgreSQL instance when there is work, and listens for their ring. NOTIFY takes a lock on the whole
/// database at commit, so it stays out of the transactions that accept, and rings at most ten times a second. Polling is the floor.
/// </summary>
internal sealed partial class NodeBell(
    PostgresDatabase database, Wakeup wakeup, TimeProvider clock, ILogger<NodeBell> log) : BackgroundService
{
    const string Channel = "waybill_outbox";

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan Absence = TimeSpan.FromSeconds(2);

    readonly SemaphoreSlim rung = new(0, 1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        wakeup.Signalled += Ring;
        return Task.WhenAll(KeepAsync(ListenAsync, stoppingToken), KeepAsync(RingAsync, stoppingToken));
    }

    void Ring()
    {
        try
        {
            if (rung.CurrentCount == 0) rung.Release();
        }
        catch (SemaphoreFullException)
        {
            // rung already
        }
    }

    async Task KeepAsync(Func<CancellationToken, Task> loop, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await loop(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception away) when (away is NpgsqlException or System.Net.Sockets.SocketException or IOException or TimeoutException)
            {
                LogAway(away.Message);
                await Task.Delay(Absence, clock, CancellationToken.None);
            }
        }
    }

    async Task ListenAsync(CancellationToken stopping)
    {
        await using var connection = await database.Source.OpenConnectionAsync(stopping);
        connection.Notification += (_, _) => wakeup.Heard();
        await using var listen = new NpgsqlCommand($"LISTEN {Channel}", connection);
        await listen.ExecuteNonQueryAsync(stopping);
        for (; ; ) await connection.WaitAsync(stopping);
    }

    async Task RingAsync(CancellationToken stopping)
    {
        for (; ; )
        {
            await rung.WaitAsync(stopping);
            await using var notify = database.Source.CreateCommand($"NOTIFY {Channel}");
            await notify.ExecuteNonQueryAsync(stopping);
            await Task.Delay(Pause, clock, stopping);
        }
    }

    public override void Dispose()
    {
        rung.Dispose();
        base.Dispose();
    }

    [LoggerMessage(2401, LogLevel.Warning, "The bell between nodes is silent, polling goes on: {Reason}")]
    partial void LogAway(string reason);
}
