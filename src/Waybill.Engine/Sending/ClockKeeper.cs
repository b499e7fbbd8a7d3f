using Microsoft.Extensions.Logging;
using Waybill.Engine.Outbox;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Sending;

/// <summary>
/// Keeps the <see cref="DatabaseClock"/> near the database's time, and sees to it that a jump of that time neither ends leases that are
/// alive nor leaves messages waiting for an hour that has been before.
/// </summary>
internal sealed partial class ClockKeeper(IDatabase database, MessageOutbox outbox, DatabaseClock clock, ILogger<ClockKeeper> log)
{
    long settledAt = clock.GetTimestamp() - (long)(MessageOutbox.Lease.TotalSeconds * clock.TimestampFrequency);

    /// <summary>False for one lease after a jump: meanwhile every node that is alive renews its leases under the new time.</summary>
    public bool LeasesCanBeJudged => clock.GetElapsedTime(Interlocked.Read(ref settledAt)) >= MessageOutbox.Lease;

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (!clock.Observe(await database.GetTimeAsync(cancellationToken))) return;
        Interlocked.Exchange(ref settledAt, clock.GetTimestamp());
        LogJump(clock.GetUtcNow());
        await CatchUpAsync(cancellationToken);
    }

    /// <summary>Also at the start, for a clock may go back while nothing runs.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        var mended = await outbox.Queue.CatchUpAsync(cancellationToken);
        if (mended > 0) LogMended(mended);
    }

    [LoggerMessage(2201, LogLevel.Warning, "The database's clock jumped; it is now {Now}")]
    partial void LogJump(DateTimeOffset now);

    [LoggerMessage(2202, LogLevel.Warning, "The clock went back: {Count} waiting messages are due earlier than they had been told")]
    partial void LogMended(int count);
}
