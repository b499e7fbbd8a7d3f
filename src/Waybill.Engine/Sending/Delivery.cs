using Microsoft.Extensions.Logging;
using Waybill.Engine.Composing;
using Waybill.Engine.Messages;
using Waybill.Engine.Outbox;
using Waybill.Engine.Retrying;
using Waybill.Engine.Routing;
using Waybill.Engine.Storage;
using Waybill.Engine.Transports;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Sending;

/// <summary>Delivers one claimed message: compose, begin, hand over, decide, settle.</summary>
internal sealed partial class Delivery(
    MessageOutbox outbox, Composer composer, Relay relay, TimeProvider clock, ILogger<Delivery> log)
{
    static readonly TimeSpan StorageWait = TimeSpan.FromMilliseconds(500);

    public async Task DeliverAsync(Work work, CancellationToken stopping)
    {
        if (await relay.AdmitAsync(stopping) is { } wait)
        {
            await outbox.HandBackAsync(work.Claim, wait, CancellationToken.None);
            return;
        }

        try
        {
            await HandOverAsync(work, stopping);
        }
        catch (Exception broken) when (broken is InvalidDataException or ArgumentException or FormatException or InvalidOperationException)
        {
            LogCannotCompose(work.Claim.Message, broken);
            await relay.ReturnPlaceAsync();
            await GiveUpAsync(work, broken.Message);
        }
        catch
        {
            await relay.ReturnPlaceAsync();
            throw;
        }
    }

    /// <summary>An attempt that a crash left open: whether the relay has the message is unknown, and the stream decides.</summary>
    public Task SettleLostAsync(Work work)
    {
        var unknown = new AttemptOutcome.Unknown("Waybill was stopped during the hand-over; the relay may have the message");
        return SettleAsync(work, Everybody(work, unknown).Outcomes, dialogue: null);
    }

    /// <summary>Nothing was handed over, so this was no attempt: due again at once, here or on another node.</summary>
    public Task HandBackAsync(Work work) =>
        InsistAsync(work, () => outbox.HandBackAsync(work.Claim, TimeSpan.Zero, CancellationToken.None));

    async Task HandOverAsync(Work work, CancellationToken stopping)
    {
        var composed = await composer.ComposeAsync(work.HeaderId, work.Snapshot, stopping);
        var beginning = new Beginning(
            work.Claim, relay.Name, clock.GetUtcNow(), work.Snapshot.Composition is null ? composed.Composition : null, composed.Hash, composed.Size);
        if (!await outbox.BeginAsync(beginning))
        {
            LogClaimLost(work.Claim.Message, work.Claim.Token);
            return;
        }

        var report = await HandOverAsync(work, composed, stopping);
        await SettleAsync(work, report.Outcomes, report.Dialogue);
    }

    /// <summary>
    /// A transport tells what happened and does not throw; should it all the same, the outcome is unknown. What reading the content throws
    /// comes before the final dot, so nothing was handed over then.
    /// </summary>
    async Task<HandOverReport> HandOverAsync(Work work, Composed composed, CancellationToken stopping)
    {
        try
        {
            return await relay.Transport.HandOverAsync(ParcelOf(work, composed), stopping);
        }
        catch (Exception defect) when (defect is not (OperationCanceledException or InvalidOperationException or InvalidDataException or StorageException))
        {
            LogDefect(work.Claim.Message, defect);
            return Everybody(work, new AttemptOutcome.Unknown("The transport failed: " + defect.Message));
        }
    }

    static HandOverReport Everybody(Work work, AttemptOutcome outcome) =>
        new(work.Waiting.ToDictionary(recipient => recipient.Position, _ => outcome), Dialogue: null);

    static Parcel ParcelOf(Work work, Composed composed) => new(
        Mailbox.Parse(work.Snapshot.Inputs.From).Address,
        [.. work.Waiting.Select(recipient => (recipient.Position, Address.Parse(recipient.Address)))],
        composed.Content);

    async Task SettleAsync(Work work, IReadOnlyDictionary<int, AttemptOutcome> outcomes, string? dialogue)
    {
        var disposition = RetryPolicy.Decide(Streams.Find(work.Claim.Stream), work.Claim.Attempt, work.AllOutcomes(outcomes), Random.Shared.NextDouble());
        var whole = Whole(outcomes.Values);
        var settlement = new Settlement(work.Claim, clock.GetUtcNow(), outcomes, disposition, whole, dialogue);
        await InsistAsync(work, () => outbox.SettleAsync(settlement));
        if (whole is AttemptOutcome.Deferred or AttemptOutcome.Refused) await relay.ReturnPlaceAsync();
        Tell(work, disposition, whole);
    }

    /// <summary>The attempt as a whole: accepted if anybody got it, else the gravest outcome.</summary>
    static AttemptOutcome Whole(IEnumerable<AttemptOutcome> outcomes) => outcomes.MaxBy(outcome => outcome switch
    {
        AttemptOutcome.Accepted => 3,
        AttemptOutcome.Unknown => 2,
        AttemptOutcome.Deferred => 1,
        _ => 0,
    })!;

    Task GiveUpAsync(Work work, string reason)
    {
        var refused = new AttemptOutcome.Refused(reason);
        var settlement = new Settlement(
            work.Claim, clock.GetUtcNow(), Everybody(work, refused).Outcomes, new Disposition.Settled(MessageStatus.Failed, reason), refused, Dialogue: null);
        return InsistAsync(work, () => outbox.SettleAsync(settlement));
    }

    /// <summary>The hand-over happened: its outcome is recorded however long the database is away, and while we stop too.</summary>
    async Task InsistAsync(Work work, Func<Task<bool>> write)
    {
        for (; ; )
        {
            try
            {
                if (!await write()) LogClaimLost(work.Claim.Message, work.Claim.Token);
                return;
            }
            catch (StorageException away)
            {
                LogCannotRecord(work.Claim.Message, away.Message);
                await Task.Delay(StorageWait, clock, CancellationToken.None);
            }
        }
    }

    void Tell(Work work, Disposition disposition, AttemptOutcome outcome)
    {
        switch (disposition)
        {
            case Disposition.Settled(MessageStatus.Sent, _):
                LogSent(work.Claim.Message, work.Claim.Attempt);
                break;
            case Disposition.Settled(var status, var reason):
                LogSettled(work.Claim.Message, status.Word(), work.Claim.Attempt, reason);
                break;
            case Disposition.RetryAfter(var wait, _):
                LogRetry(work.Claim.Message, work.Claim.Attempt, outcome.Reply, wait);
                break;
            default:
                throw new System.Diagnostics.UnreachableException($"No line for {disposition.GetType().Name}.");
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

    [LoggerMessage(2105, LogLevel.Error, "Message {Id}: the outcome cannot be recorded yet: {Reason}")]
    partial void LogCannotRecord(MessageId id, string reason);

    [LoggerMessage(2107, LogLevel.Error, "Message {Id}: the transport threw, which it must not")]
    partial void LogDefect(MessageId id, Exception defect);

    [LoggerMessage(2106, LogLevel.Error, "Message {Id} cannot be composed")]
    partial void LogCannotCompose(MessageId id, Exception reason);
}
