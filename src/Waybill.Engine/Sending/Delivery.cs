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
    MessageOutbox outbox, Composer composer, RelayDirectory relays, TimeProvider clock, ILogger<Delivery> log)
{
    static readonly TimeSpan StorageWait = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan DefectWait = TimeSpan.FromSeconds(30);

    public async Task DeliverAsync(Work work, CancellationToken stopping)
    {
        using var loan = await relays.BorrowAsync(work.Relay, stopping);
        switch (await loan.Relay.AdmitAsync(stopping))
        {
            case Admission.Later(var wait):
                await outbox.HandBackAsync(work.Claim, wait, CancellationToken.None);
                break;
            case Admission.Granted(var at):
                await DeliverAsync(work, loan.Relay, at, stopping);
                break;
        }
    }

    /// <summary>An attempt that a crash left open: whether the relay has the message is unknown, and the stream decides.</summary>
    public Task SettleLostAsync(Work work)
    {
        var unknown = new AttemptOutcome.Unknown("Waybill was stopped during the hand-over; the relay may have the message");
        return SettleAsync(work, Everybody(work, unknown).Outcomes, dialogue: null);
    }

    /// <summary>Nothing was handed over, so this was no attempt: due again at once, here or on another node.</summary>
    public Task HandBackAsync(Work work) => HandBackAsync(work, TimeSpan.Zero);

    /// <summary>As above, after a defect: not at once, or it would be met again and again.</summary>
    public Task HandBackLaterAsync(Work work) => HandBackAsync(work, DefectWait);

    Task HandBackAsync(Work work, TimeSpan wait) =>
        InsistAsync(work, () => outbox.HandBackAsync(work.Claim, wait, CancellationToken.None));

    async Task DeliverAsync(Work work, Relay relay, DateTimeOffset place, CancellationToken stopping)
    {
        var isTaken = false;
        try
        {
            if (await ComposeAsync(work, stopping) is { } composed) isTaken = await HandOverAsync(work, relay, composed, stopping);
        }
        finally
        {
            if (!isTaken) await relay.ReturnPlaceAsync(place);
        }
    }

    /// <summary>The bytes, or null when there can be none and the message was given up.</summary>
    async Task<Composed?> ComposeAsync(Work work, CancellationToken stopping)
    {
        try
        {
            return await composer.ComposeAsync(work.HeaderId, work.Snapshot, stopping);
        }
        catch (Exception broken) when (broken is InvalidDataException or ArgumentException or FormatException)
        {
            await GiveUpAsync(work, broken);
            return null;
        }
    }

    /// <returns>Whether the relay has the message, or may have it.</returns>
    async Task<bool> HandOverAsync(Work work, Relay relay, Composed composed, CancellationToken stopping)
    {
        var beginning = new Beginning(
            work.Claim, relay.Name, clock.GetUtcNow(), work.Snapshot.Composition is null ? composed.Composition : null, composed.Hash, composed.Size);
        if (!await outbox.BeginAsync(beginning))
        {
            LogClaimLost(work.Claim.Message, work.Claim.Token);
            return false;
        }

        try
        {
            var report = await ReportAsync(work, relay, composed, stopping);
            return await SettleAsync(work, report.Outcomes, report.Dialogue) is AttemptOutcome.Accepted or AttemptOutcome.Unknown;
        }
        catch (InvalidDataException broken)
        {
            await GiveUpAsync(work, broken);
            return false;
        }
    }

    /// <summary>
    /// A transport tells what happened and does not throw; should it all the same, the outcome is unknown. What it passes on is that the
    /// content could not be read to its end, and then nobody has the message.
    /// </summary>
    async Task<HandOverReport> ReportAsync(Work work, Relay relay, Composed composed, CancellationToken stopping)
    {
        try
        {
            return await relay.Transport.HandOverAsync(ParcelOf(work, composed), stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested || work.Tenure is { Holds: false })
        {
            throw;
        }
        catch (Exception defect) when (defect is not (StorageException or InvalidDataException))
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
        (composed with { Read = token => ReadWhileOursAsync(work, composed, token) }).Content)
    {
        Message = composed.Message,
        LastLook = () => EnsureOurs(work),
    };

    /// <summary>
    /// Checked last when only the final dot is missing: a message may have waited long for a session, and a process may have been frozen.
    /// </summary>
    static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadWhileOursAsync(
        Work work, Composed composed, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var piece in composed.Read(cancellationToken)) yield return piece;
        EnsureOurs(work);
    }

    static void EnsureOurs(Work work)
    {
        if (work.Tenure is { Holds: false }) throw new OperationCanceledException("The lease ran out before the message was handed over.");
    }

    async Task<AttemptOutcome> SettleAsync(Work work, IReadOnlyDictionary<int, AttemptOutcome> outcomes, string? dialogue)
    {
        var disposition = RetryPolicy.Decide(Streams.Find(work.Claim.Stream), work.Claim.Attempt, work.AllOutcomes(outcomes), Random.Shared.NextDouble());
        var whole = Whole(outcomes.Values);
        var settlement = new Settlement(work.Claim, clock.GetUtcNow(), outcomes, disposition, whole, dialogue);
        await InsistAsync(work, () => outbox.SettleAsync(settlement));
        Tell(work, disposition, whole);
        return whole;
    }

    /// <summary>The attempt as a whole: accepted if anybody got it, else the gravest outcome.</summary>
    static AttemptOutcome Whole(IEnumerable<AttemptOutcome> outcomes) => outcomes.MaxBy(outcome => outcome switch
    {
        AttemptOutcome.Accepted => 3,
        AttemptOutcome.Unknown => 2,
        AttemptOutcome.Deferred => 1,
        _ => 0,
    })!;

    /// <summary>There are no bytes to send, now or later.</summary>
    Task GiveUpAsync(Work work, Exception broken)
    {
        LogCannotCompose(work.Claim.Message, broken);
        var refused = new AttemptOutcome.Refused(broken.Message);
        var failed = new Disposition.Settled(MessageStatus.Failed, broken.Message);
        var settlement = new Settlement(work.Claim, clock.GetUtcNow(), Everybody(work, refused).Outcomes, failed, refused, Dialogue: null);
        return InsistAsync(work, () => outbox.SettleAsync(settlement));
    }

    /// <summary>
    /// The hand-over happened: its outcome is recorded however long the database is away, and while we stop too. Nor does a defect end it,
    /// for a message whose outcome is forgotten would be sent again.
    /// </summary>
    async Task InsistAsync(Work work, Func<Task<bool>> write)
    {
        for (; ; )
        {
            try
            {
                if (!await write()) LogClaimLost(work.Claim.Message, work.Claim.Token);
                return;
            }
            catch (Exception failed)
            {
                LogCannotRecord(work.Claim.Message, failed);
                await Task.Delay(failed is StorageException ? StorageWait : DefectWait, clock, CancellationToken.None);
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

    [LoggerMessage(2105, LogLevel.Error, "Message {Id}: the outcome cannot be recorded yet")]
    partial void LogCannotRecord(MessageId id, Exception reason);

    [LoggerMessage(2107, LogLevel.Error, "Message {Id}: the transport threw, which it must not")]
    partial void LogDefect(MessageId id, Exception defect);

    [LoggerMessage(2106, LogLevel.Error, "Message {Id} cannot be composed")]
    partial void LogCannotCompose(MessageId id, Exception reason);
}
