using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Messages;
using Waybill.Engine.Outbox;
using Waybill.Engine.Retrying;
using Waybill.Engine.Routing;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Sending;

/// <summary>
/// Writes what became of a claimed message, however long the database is away, and while we stop too. Nor does a defect end it, for a
/// message whose outcome is forgotten would be sent again.
/// </summary>
internal sealed partial class OutcomeWriter(MessageOutbox outbox, TimeProvider clock, ILogger<Delivery> log)
{
    static readonly TimeSpan StorageWait = TimeSpan.FromMilliseconds(500);

    /// <summary>How long to wait after a defect of ours.</summary>
    public static readonly TimeSpan DefectWait = TimeSpan.FromSeconds(30);

    /// <summary>Closes the attempt, and says where the message stands then.</summary>
    public async Task<Standing> SettleAsync(Work work, Ending ending)
    {
        var settlement = new Settlement(work.Claim, clock.GetUtcNow(), ending.Outcomes, ending.Disposition, ending.Whole, ending.Dialogue)
        {
            HasSecrets = work.Snapshot.Inputs.Origin is { HasSecrets: true },
        };
        await InsistAsync(work, () => outbox.SettleAsync(settlement));
        Tell(work, ending);
        var status = ending.Disposition is Disposition.Settled settled ? settled.Status : MessageStatus.Queued;
        return new(work.Claim.Message, status, ending.Disposition.Reason);
    }

    /// <summary>Nothing is kept of the message but a line in the log.</summary>
    public async Task<Standing> ForgetAsync(Work work, StreamPolicy stream, string reason)
    {
        await InsistAsync(work, () => outbox.ForgetAsync(work.Claim));
        LogDropped(work.Claim.Message, stream.Name, reason);
        return new(work.Claim.Message, Status: null, reason);
    }

    /// <summary>No attempt was made; due again after <paramref name="wait"/>.</summary>
    public Task HandBackAsync(Work work, TimeSpan wait) =>
        InsistAsync(work, () => outbox.HandBackAsync(work.Claim, wait, CancellationToken.None));

    /// <summary>Says that another node has the message by now.</summary>
    public void TellLost(Work work) => LogClaimLost(work.Claim.Message, work.Claim.Token);

    async Task InsistAsync(Work work, Func<Task<bool>> write)
    {
        for (; ; )
        {
            try
            {
                if (!await write()) TellLost(work);
                return;
            }
            catch (Exception failed)
            {
                LogCannotRecord(work.Claim.Message, failed);
                await Task.Delay(failed is StorageException ? StorageWait : DefectWait, clock, CancellationToken.None);
            }
        }
    }

    void Tell(Work work, Ending ending)
    {
        switch (ending.Disposition)
        {
            case Disposition.Settled(MessageStatus.Sent, _):
                LogSent(work.Claim.Message, work.Claim.Attempt);
                break;
            case Disposition.Settled(MessageStatus.DroppedNoSmtp, var reason):
                LogDropped(work.Claim.Message, reason);
                break;
            case Disposition.Settled(MessageStatus.Suppressed, var reason):
                LogSuppressed(work.Claim.Message, reason);
                break;
            case Disposition.Settled(var status, var reason):
                LogSettled(work.Claim.Message, status.Word(), work.Claim.Attempt, reason);
                break;
            case Disposition.RetryAfter(var wait, _):
                LogRetry(work.Claim.Message, work.Claim.Attempt, ending.Whole.Reply, wait);
                break;
            default:
                throw new UnreachableException($"No line for {ending.Disposition.GetType().Name}.");
        }
    }

    [LoggerMessage(2101, LogLevel.Debug, "Message {Id} sent at attempt {Attempt}")]
    partial void LogSent(MessageId id, int attempt);

    [LoggerMessage(2102, LogLevel.Error, "Message {Id} is {Status} after attempt {Attempt}: {Reason}")]
    partial void LogSettled(MessageId id, string status, int attempt, string reason);

    [LoggerMessage(2103, LogLevel.Error, "Message {Id}: attempt {Attempt} failed: {Reason}; tried again in {Wait}")]
    partial void LogRetry(MessageId id, int attempt, string reason, TimeSpan wait);

    [LoggerMessage(2104, LogLevel.Warning, "Message {Id}: the claim {Token} was lost to another node; nothing was changed")]
    partial void LogClaimLost(MessageId id, long token);

    [LoggerMessage(2105, LogLevel.Error, "Message {Id}: the outcome cannot be recorded yet")]
    partial void LogCannotRecord(MessageId id, Exception reason);

    [LoggerMessage(2108, LogLevel.Warning, "Message {Id} was dropped: {Reason}")]
    partial void LogDropped(MessageId id, string reason);

    [LoggerMessage(2109, LogLevel.Information, "Message {Id} is not sent: {Reason}")]
    partial void LogSuppressed(MessageId id, string reason);

    [LoggerMessage(2110, LogLevel.Information, "Message {Id} of the stream {Stream} was not sent and is not kept: {Reason}")]
    partial void LogDropped(MessageId id, string stream, string reason);
}
