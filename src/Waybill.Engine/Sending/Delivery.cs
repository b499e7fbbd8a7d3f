using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Composing;
using Waybill.Engine.Messages;
using Waybill.Engine.Nodes;
using Waybill.Engine.Outbox;
using Waybill.Engine.Retrying;
using Waybill.Engine.Routing;
using Waybill.Engine.Storage;
using Waybill.Engine.Suppression;
using Waybill.Engine.Transports;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Sending;

/// <summary>Delivers one claimed message: compose, begin, hand over, decide, settle.</summary>
internal sealed partial class Delivery(
    MessageOutbox outbox, Composer composer, RelayDirectory relays, StreamTable streams, SuppressionList suppressions, SenderGate senders, TimeProvider clock,
    ILogger<Delivery> log)
{
    static readonly TimeSpan StorageWait = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan DefectWait = TimeSpan.FromSeconds(30);
    static readonly TimeSpan BookWait = TimeSpan.FromMinutes(10);

    /// <summary>What was looked up longer ago than this is looked up again.</summary>
    static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(500);

    /// <summary>Delivers it, or finds that it may not be, and says where it stands then.</summary>
    public async Task<Standing> DeliverAsync(Work work, CancellationToken stopping)
    {
        if (streams.TryFind(work.Claim.Stream) is not { } stream)
        {
            LogNoStream(work.Claim.Message, work.Claim.Stream, BookWait);
            return await WaitAsync(work, BookWait);
        }

        using var loan = await relays.BorrowAsync(stream.DefaultRelayOnly ? null : work.Relay, stopping);
        return await loan.Relay.AdmitAsync(work.Claim.Share, stream.AtCap, work.IsInline, stopping) switch
        {
            Admission.Later(var wait) => await WaitAsync(work, wait),
            Admission.Granted granted => await DeliverAsync(work, stream, loan.Relay, granted, stopping),
            var other => throw new System.Diagnostics.UnreachableException($"No way after {other.GetType().Name}."),
        };
    }

    /// <summary>An attempt that a crash left open: whether the relay has the message is unknown, and the stream decides.</summary>
    public Task SettleLostAsync(Work work)
    {
        var unknown = new AttemptOutcome.Unknown("Waybill was stopped during the hand-over; the relay may have the message");
        var stream = streams.TryFind(work.Claim.Stream) ?? new StreamPolicy { Name = work.Claim.Stream, OnUnknown = OnUnknown.Hold }; // its book is off
        return SettleAsync(work, stream, Everybody(work, unknown).Outcomes, dialogue: null);
    }

    /// <summary>It waited too long for its relay; what somebody may have got is held. No attempt is made.</summary>
    public Task GiveUpAsync(Work work, string trouble)
    {
        var days = StreamPolicy.LongestWaitForRelay.TotalDays;
        var gone = new AttemptOutcome.Deferred($"It waited {days:0} days for its relay, which was not reached: {trouble}") { Cause = Deferral.Network };
        var outcomes = work.Waiting.ToDictionary(
            recipient => recipient.Position,
            AttemptOutcome (recipient) => recipient.Status == "unknown" ? new AttemptOutcome.Unknown(recipient.Reply ?? "") : gone);
        var last = new StreamPolicy { Name = work.Claim.Stream }; // without waits: nothing is tried again
        return EndAsync(work, outcomes, RetryPolicy.Decide(last, attempt: 1, work.AllOutcomes(outcomes), chance: 0.5), gone);
    }

    /// <summary>Nothing was handed over, so this was no attempt: due again at once, here or on another node.</summary>
    public Task HandBackAsync(Work work) => HandBackAsync(work, TimeSpan.Zero);

    /// <summary>As above, after a defect: not at once, or it would be met again and again.</summary>
    public Task HandBackLaterAsync(Work work) => HandBackAsync(work, DefectWait);

    Task HandBackAsync(Work work, TimeSpan wait) =>
        InsistAsync(work, () => outbox.HandBackAsync(work.Claim, wait, CancellationToken.None));

    async Task<Standing> WaitAsync(Work work, TimeSpan wait)
    {
        await outbox.HandBackAsync(work.Claim, wait, CancellationToken.None);
        return Queued(work);
    }

    async Task<Standing> DeliverAsync(Work work, StreamPolicy stream, Relay relay, Admission.Granted granted, CancellationToken stopping)
    {
        var delivered = default(Delivered);
        try
        {
            delivered = await ClearAsync(work, stream, relay, granted, stopping);
            return delivered.Standing;
        }
        finally
        {
            await relay.LeaveAsync(granted, delivered.IsTaken);
        }
    }

    /// <summary>Hands it over to those who may get it, if anybody may.</summary>
    async Task<Delivered> ClearAsync(Work work, StreamPolicy stream, Relay relay, Admission.Granted granted, CancellationToken stopping)
    {
        var suppressed = await SuppressedAsync(work, stream, stopping);
        var sender = await senders.ObjectionAsync(work, relay, stopping);
        switch (Clearance.BeforeHandOver(stream, relay.IsConfigured, work.Recipients, suppressed, sender))
        {
            case Clearance.Leave(var reason):
                await InsistAsync(work, () => outbox.ForgetAsync(work.Claim));
                LogLeft(work.Claim.Message, stream.Name, reason);
                return new(IsTaken: false, new(work.Claim.Message, Status: null, reason));
            case Clearance.Settle(var status, var reason, var stopped):
                var refused = work.Waiting.ToDictionary(
                    recipient => recipient.Position, AttemptOutcome (recipient) => new AttemptOutcome.Refused(stopped.GetValueOrDefault(recipient.Position) ?? reason));
                return new(IsTaken: false, await EndAsync(work, refused, new Disposition.Settled(status, reason), new AttemptOutcome.Refused(reason)));
            case Clearance.Go(var stopped):
                return await ComposeAsync(work with { Stopped = stopped }, stream, relay, granted, stopping);
            default:
                throw new System.Diagnostics.UnreachableException("A message that was accepted is not refused.");
        }
    }

    /// <summary>What was found when it was loaded, unless it has waited since.</summary>
    async Task<IReadOnlyDictionary<string, SuppressedAddress>> SuppressedAsync(Work work, StreamPolicy stream, CancellationToken stopping) =>
        stream.AsksSuppressionList && clock.GetElapsedTime(work.LoadedAt) > Fresh
            ? await suppressions.StoppedAsync(work.Claim.Tenant, stream.Name, [.. work.Waiting.Select(recipient => recipient.Address)], stopping)
            : work.Suppressed;

    async Task<Delivered> ComposeAsync(Work work, StreamPolicy stream, Relay relay, Admission.Granted granted, CancellationToken stopping)
    {
        Composed composed;
        try
        {
            composed = await composer.ComposeAsync(work.HeaderId, work.Snapshot, stopping);
        }
        catch (Exception broken) when (broken is InvalidDataException or ArgumentException or FormatException)
        {
            return new(IsTaken: false, await GiveUpAsync(work, broken));
        }
        catch (CryptographicException locked)
        {
            // Another node, or this one once it was given the right key, can open it: nothing may be erased here.
            LogLocked(work.Claim.Message, BookWait, locked);
            return new(IsTaken: false, await WaitAsync(work, BookWait));
        }

        return await HandOverAsync(work, stream, relay, granted, composed, stopping);
    }

    async Task<Delivered> HandOverAsync(
        Work work, StreamPolicy stream, Relay relay, Admission.Granted granted, Composed composed, CancellationToken stopping)
    {
        var beginning = new Beginning(
            work.Claim, relay.Name, clock.GetUtcNow(), work.Snapshot.Composition is null ? composed.Composition : null, composed.Hash, composed.Size);
        if (!await outbox.BeginAsync(beginning))
        {
            LogClaimLost(work.Claim.Message, work.Claim.Token);
            return new(IsTaken: false, Queued(work));
        }

        try
        {
            var began = clock.GetTimestamp();
            var report = await ReportAsync(work, relay, granted, composed, stopping);
            Count(relay, report, clock.GetElapsedTime(began));
            var isLast = granted.Probe is not null && report.Unreached is not null && clock.GetUtcNow() - work.FirstDue > StreamPolicy.LongestWaitForRelay;
            return await SettleAsync(work, isLast ? stream with { Waits = [], RetryOnceOnConnectionFault = false } : stream, report.Outcomes, report.Dialogue);
        }
        catch (InvalidDataException broken)
        {
            return new(IsTaken: false, await GiveUpAsync(work, broken));
        }
    }

    /// <summary>
    /// A transport tells what happened and does not throw; should it all the same, the outcome is unknown. What it passes on is that the
    /// content could not be read to its end, and then nobody has the message.
    /// </summary>
    async Task<HandOverReport> ReportAsync(Work work, Relay relay, Admission.Granted granted, Composed composed, CancellationToken stopping)
    {
        if (work.IsInline && !IsOfSettings(relay) && relay.RestLeft is { Ticks: > 0 } left) return Everybody(work, Resting(relay, left));
        try
        {
            var report = await relay.Transport.HandOverAsync(ParcelOf(work, composed) with { Reached = () => relay.Learn(granted, unreached: null) }, stopping);
            relay.Learn(granted, report.Unreached);
            return report;
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

    bool IsOfSettings(Relay relay) => relays.FromSettings.Values.Contains(relay);

    /// <summary>Somebody waits for the answer, and a relay of a tenant's own that does not answer is not waited for.</summary>
    static AttemptOutcome.Deferred Resting(Relay relay, TimeSpan left) =>
        new($"The relay {relay.Name} was not reached several times in a row; it is tried again in {left.TotalSeconds:0} s.") { Cause = Deferral.Network };

    static void Count(Relay relay, HandOverReport report, TimeSpan took)
    {
        var tag = Instruments.Tag("relay", relay.Name);
        Instruments.HandOver.Record(took.TotalSeconds, tag);
        foreach (var outcome in report.Outcomes.Values) Instruments.Outcomes.Add(1, tag, Instruments.Tag("outcome", outcome.Word));
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

    /// <summary>What the relay said, and for those whom it was not asked about that they are suppressed.</summary>
    async Task<Delivered> SettleAsync(Work work, StreamPolicy stream, IReadOnlyDictionary<int, AttemptOutcome> outcomes, string? dialogue)
    {
        var all = new Dictionary<int, AttemptOutcome>(outcomes);
        foreach (var (position, reason) in work.Stopped) all[position] = new AttemptOutcome.Refused(reason);
        var disposition = RetryPolicy.Decide(stream, work.Claim.Attempt, work.AllOutcomes(all), Random.Shared.NextDouble());
        var whole = Whole(outcomes.Values);
        return new(whole is AttemptOutcome.Accepted or AttemptOutcome.Unknown, await EndAsync(work, all, disposition, whole, dialogue));
    }

    async Task<Standing> EndAsync(
        Work work, IReadOnlyDictionary<int, AttemptOutcome> outcomes, Disposition disposition, AttemptOutcome whole, string? dialogue = null)
    {
        var settlement = new Settlement(work.Claim, clock.GetUtcNow(), outcomes, disposition, whole, dialogue) { HasSecrets = HasSecrets(work) };
        await InsistAsync(work, () => outbox.SettleAsync(settlement));
        Tell(work, disposition, whole);
        return new(work.Claim.Message, disposition is Disposition.Settled(var status, _) ? status : MessageStatus.Queued, disposition.Reason);
    }

    static bool HasSecrets(Work work) => work.Snapshot.Inputs.Origin is { HasSecrets: true };

    /// <summary>The attempt as a whole: accepted if anybody got it, else the gravest outcome.</summary>
    static AttemptOutcome Whole(IEnumerable<AttemptOutcome> outcomes) => outcomes.MaxBy(outcome => outcome switch
    {
        AttemptOutcome.Accepted => 3,
        AttemptOutcome.Unknown => 2,
        AttemptOutcome.Deferred => 1,
        _ => 0,
    })!;

    /// <summary>There are no bytes to send, now or later.</summary>
    Task<Standing> GiveUpAsync(Work work, Exception broken)
    {
        LogCannotCompose(work.Claim.Message, broken);
        var refused = new AttemptOutcome.Refused(broken.Message);
        return EndAsync(work, Everybody(work, refused).Outcomes, new Disposition.Settled(MessageStatus.Failed, broken.Message), refused);
    }

    static Standing Queued(Work work) => new(work.Claim.Message, MessageStatus.Queued, Reason: null);

    /// <summary>What came of a delivery, and whether the relay has the message or may have it.</summary>
    readonly record struct Delivered(bool IsTaken, Standing Standing);

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

    [LoggerMessage(2108, LogLevel.Warning, "Message {Id} was dropped: {Reason}")]
    partial void LogDropped(MessageId id, string reason);

    [LoggerMessage(2109, LogLevel.Information, "Message {Id} is not sent: {Reason}")]
    partial void LogSuppressed(MessageId id, string reason);

    [LoggerMessage(2110, LogLevel.Information, "Message {Id} of the stream {Stream} was not sent and is not kept: {Reason}")]
    partial void LogLeft(MessageId id, string stream, string reason);

    [LoggerMessage(2111, LogLevel.Warning, "Message {Id} waits {Wait}: its stream {Stream} belongs to a book that is off (Modules)")]
    partial void LogNoStream(MessageId id, string stream, TimeSpan wait);

    [LoggerMessage(2112, LogLevel.Error, "Message {Id} waits {Wait}: what was sealed for it cannot be opened; the master key (Secrets:KeyPath, WAYBILL_MASTER_KEY) is not the one that sealed it")]
    partial void LogLocked(MessageId id, TimeSpan wait, Exception reason);

    [LoggerMessage(2104, LogLevel.Warning, "Message {Id}: the claim {Token} was lost to another node; nothing was changed")]
    partial void LogClaimLost(MessageId id, long token);

    [LoggerMessage(2105, LogLevel.Error, "Message {Id}: the outcome cannot be recorded yet")]
    partial void LogCannotRecord(MessageId id, Exception reason);

    [LoggerMessage(2107, LogLevel.Error, "Message {Id}: the transport threw, which it must not")]
    partial void LogDefect(MessageId id, Exception defect);

    [LoggerMessage(2106, LogLevel.Error, "Message {Id} cannot be composed")]
    partial void LogCannotCompose(MessageId id, Exception reason);
}
