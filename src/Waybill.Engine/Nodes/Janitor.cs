using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Events;
using Waybill.Engine.Requests;
using Waybill.Engine.Secrets;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Nodes;

/// <summary>
/// Every ten minutes removes what nobody needs any more: idempotency keys after 24 h, secrets that were used or expired, requests after
/// 30 days, messages and events that are kept no longer, content that nothing refers to.
/// </summary>
internal sealed partial class Janitor(
    IDatabase database, ContentStore content, Retention retention, RequestLog requests, TimeProvider clock, ILogger<Janitor> log) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);
    static readonly TimeSpan KeysKept = TimeSpan.FromHours(24);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await CleanAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // stopping
        }
    }

    internal async Task CleanAsync(CancellationToken cancellationToken)
    {
        try
        {
            var before = clock.GetUtcNow() - KeysKept;
            await database.WriteAsync(
                "forget idempotency keys",
                session => session.ExecuteAsync(
                    "DELETE FROM idempotency_keys WHERE accepted_at < $1", p => p.Instant(before), CancellationToken.None),
                cancellationToken);
            var now = clock.GetUtcNow();
            await database.WriteAsync("erase secrets of events", session => SealedRows.EraseAsync(session, now), cancellationToken);
            await EraseExpiredSecretsAsync(cancellationToken);
            await DataKeyRows.ForgetUnusedAsync(database, now, cancellationToken);
            while (await requests.ForgetAsync(cancellationToken) > 0)
            {
            }

            await retention.RunWhenDueAsync(cancellationToken); // before the sweep, for what it removes may leave content behind
            await content.SweepAsync(cancellationToken);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            LogAway(failed.Message);
        }
    }

    async Task EraseExpiredSecretsAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        while (await database.WriteAsync("erase expired secrets", session => Journal.SecretRows.EraseExpiredAsync(session, now), cancellationToken) > 0)
        {
        }
    }

    [LoggerMessage(2501, LogLevel.Warning, "Cleaning waits: {Reason}")]
    partial void LogAway(string reason);
}
