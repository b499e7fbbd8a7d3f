using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Counting;
using Waybill.Engine.Routing;
using Waybill.Engine.Sharing;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Relays;

/// <summary>A transport with what it may be asked to carry.</summary>
public sealed partial class Relay : IAsyncDisposable
{
    /// <summary>What a message waits for the pace of its relay while it holds one of its places.</summary>
    static readonly TimeSpan PacePatience = TimeSpan.FromSeconds(1);

    readonly RelayPace pace;
    readonly IDatabase database;
    readonly TimeProvider clock;
    readonly ILogger log;
    readonly Places<TenantId> places;
    readonly RelayBudget? budget;
    readonly Lock gate = new();
    readonly long start;
    Breaker breaker = Breaker.Trusting;
    string? lastMiss;
    int loans;
    bool isRetired;

    /// <summary>A relay of that name.</summary>
    public Relay(string name, ITransport transport, RelayLimits limits, IDatabase database, TimeProvider clock, ILogger<Relay> log)
    {
        Name = name;
        Transport = transport;
        this.clock = clock;
        this.log = log;
        pace = new(limits.PerSecond, clock);
        this.database = database;
        Limits = limits;
        Key = name;
        HandOversAtOnce = 32;
        start = clock.GetTimestamp();
    }

    /// <summary>What it is called in the journal.</summary>
    public string Name { get; }

    /// <summary>The host that it hands over to; null: to none, or its name says it.</summary>
    public string? Host { get; init; }

    /// <summary>What its messages are counted under; default its name. A relay that can be renamed counts under its id.</summary>
    public string Key
    {
        get;
        init
        {
            field = value;
            budget = Limits.HasCap ? new(database, value, Limits) : null;
        }
    }

    /// <summary>What it may be asked to carry.</summary>
    public RelayLimits Limits { get; }

    /// <summary>Who it sends for where nobody else is named; null: it names nobody.</summary>
    public Mailbox? From { get; init; }

    /// <summary>The domains that it may be used for (product.md, ruling 22).</summary>
    public IReadOnlyList<string> SenderDomains { get; init; } = [];

    /// <summary>Whose it is; null: the instance's.</summary>
    public TenantId? Owner { get; init; }

    /// <summary>
    /// Whether what it sends for a tenant carries the name of somebody else, who answers for it: a relay of a tenant's own does not, and
    /// what is only captured reaches nobody.
    /// </summary>
    public bool LendsItsName(TenantId tenant) =>
        Owner != tenant && Transport is not (CaptureTransport or MockTransport or UnusableTransport);

    /// <summary>False when mail is captured because nothing was configured; a chosen capture or mock counts as configured.</summary>
    public bool IsConfigured { get; init; } = true;

    /// <summary>The way out.</summary>
    public ITransport Transport { get; }

    /// <summary>How many messages may be on their way to it at once, those of inline streams not counted; default 32.</summary>
    public int HandOversAtOnce
    {
        get;
        [MemberNotNull(nameof(places))]
        init
        {
            field = value;
            places = new(value, value);
        }
    }

    /// <summary>False while it rests, or is tried by one message after it rested.</summary>
    internal bool IsTrusted { get { lock (gate) return breaker is Breaker.Closed; } }

    /// <summary>Why it was not reached the last time; null when it is trusted.</summary>
    internal string? Trouble { get { lock (gate) return breaker is Breaker.Closed ? null : lastMiss; } }

    /// <summary>How many messages it is worth trying with now, of those that can wait.</summary>
    internal int Worth
    {
        get
        {
            lock (gate) return breaker is Breaker.Closed ? int.MaxValue : breaker.Probe(Now) is null ? 0 : 1;
        }
    }

    /// <summary>How long it still rests; null when it does not.</summary>
    internal TimeSpan? RestLeft
    {
        get
        {
            lock (gate) return breaker is Breaker.Resting(_, var until) ? Positive(until - Now) : null;
        }
    }

    TimeSpan Now => clock.GetElapsedTime(start);

    /// <summary>
    /// Takes a place among the hand-overs, in turn where there is none, and one in the budget, and waits for the relay's pace if that is a
    /// matter of a moment.
    /// </summary>
    /// <param name="share">Whose message it is, and whether it waits while the relay rests.</param>
    /// <param name="atCap">What its stream does at a cap.</param>
    /// <param name="isInline">Whether a caller waits: such messages have places of their own, and one that rests is not waited for.</param>
    /// <param name="cancellationToken">Ends the wait; nothing stays taken.</param>
    internal async Task<RelayAdmission> AdmitAsync(DeliveryShare share, AtCap atCap, bool isInline, CancellationToken cancellationToken)
    {
        var entered = isInline ? null : places;
        if (entered is not null) await entered.EnterAsync(share.Tenant, cancellationToken);
        Breaker.Probing? probe = null;
        RelayAdmission? admission = null;
        try
        {
            if (share.WaitsForRelay && !isInline && Rests(out probe) is { } rest) return admission = new RelayAdmission.Later(rest);
            return admission = await AdmitAsync(new RelayAdmission.Granted(null, share.Tenant, entered, probe), atCap, cancellationToken);
        }
        finally
        {
            if (admission is not RelayAdmission.Granted)
            {
                if (probe is not null) GiveUp(probe);
                entered?.Leave(share.Tenant);
            }
        }
    }

    async Task<RelayAdmission> AdmitAsync(RelayAdmission.Granted granted, AtCap atCap, CancellationToken cancellationToken)
    {
        if (pace.Objection(PacePatience) is { } slow) return new RelayAdmission.Later(slow); // spares the budget two writes
        DateTimeOffset? place = clock.GetUtcNow();
        if (budget is not null && Refuses(await budget.TakeAsync(place.Value, cancellationToken)) is { } refused)
        {
            if (atCap != AtCap.Attempt) return new RelayAdmission.Later(refused);
            place = null;
        }

        try
        {
            if (pace.TryTake(PacePatience, out var wait)) await DelayAsync(wait, cancellationToken);
            else return await TurnAwayAsync(place, wait);
        }
        catch (OperationCanceledException)
        {
            await ReturnPlaceAsync(place);
            throw;
        }

        return granted with { PlaceTakenAt = place };
    }

    /// <summary>How long to wait for it; null when it may be tried, be it by this message alone.</summary>
    TimeSpan? Rests(out Breaker.Probing? probe)
    {
        lock (gate)
        {
            probe = null;
            if (breaker is Breaker.Closed) return null;
            if (breaker.Probe(Now) is not { } probing)
                return breaker is Breaker.Resting(_, var until) ? Positive(until - Now) : Breaker.Shortest;
            breaker = probe = probing;
            return null;
        }
    }

    void GiveUp(Breaker.Probing probe)
    {
        lock (gate) breaker = breaker.AfterProbeGivenUp(probe, Now);
    }

    /// <summary>What a hand-over showed of the relay itself.</summary>
    /// <param name="granted">How it was admitted.</param>
    /// <param name="unreached">Why the relay was not reached, or did not answer; null when it did.</param>
    internal void Learn(RelayAdmission.Granted granted, string? unreached)
    {
        Breaker before, after;
        lock (gate)
        {
            before = breaker;
            lastMiss = unreached ?? lastMiss;
            after = breaker = unreached is null ? Breaker.AfterReached() : breaker.AfterMissed(granted.Probe, Now);
        }

        if (before is Breaker.Closed && after is Breaker.Resting(var rest, _))
        {
            Instruments.Rests.Add(1, Instruments.Tag("relay", Name), Instruments.Tag("relay_id", Key), Instruments.Tag("state", "begun"));
            LogRests(Name, rest, Breaker.Longest, unreached!);
        }
        else if (before is not Breaker.Closed && after is Breaker.Closed)
        {
            Instruments.Rests.Add(1, Instruments.Tag("relay", Name), Instruments.Tag("relay_id", Key), Instruments.Tag("state", "over"));
            LogAnswers(Name);
        }
    }

    static TimeSpan Positive(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;

    async Task<RelayAdmission> TurnAwayAsync(DateTimeOffset? place, TimeSpan wait)
    {
        await ReturnPlaceAsync(place);
        return new RelayAdmission.Later(wait);
    }

    Task DelayAsync(TimeSpan wait, CancellationToken cancellationToken) =>
        wait <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(wait, clock, cancellationToken);

    /// <summary>The hand-over that was admitted is over.</summary>
    /// <param name="granted">What was admitted.</param>
    /// <param name="isTaken">Whether the relay has the message or may have it; else its place in the budget is given back.</param>
    internal async Task LeaveAsync(RelayAdmission.Granted granted, bool isTaken)
    {
        if (granted.Probe is { } probe) GiveUp(probe); // of no effect once something was learned
        granted.Gate?.Leave(granted.Tenant);
        if (!isTaken) await ReturnPlaceAsync(granted.PlaceTakenAt);
    }

    /// <summary>Gives the place back when the relay did not take the message; it counts for the day on which it was taken.</summary>
    async Task ReturnPlaceAsync(DateTimeOffset? place)
    {
        if (budget is null || place is not { } takenAt) return;
        try
        {
            await budget.ReturnAsync(takenAt, CancellationToken.None);
        }
        catch (StorageException)
        {
            // a cap that counts one message too many for a day is the lesser trouble while the database is away
        }
    }

    TimeSpan? Refuses(BudgetAnswer answer)
    {
        switch (answer)
        {
            case BudgetAnswer.Exhausted(var wait, var cap):
                LogExhausted(Name, cap, wait);
                return wait;
            case BudgetAnswer.Taken { Warning: { } warning }:
                Instruments.CapWarnings.Add(1, Instruments.Tag("relay", Name), Instruments.Tag("relay_id", Key));
                LogNearCap(Name, warning);
                return null;
            default:
                return null;
        }
    }

    /// <summary>Lends it for one hand-over; null once it was retired.</summary>
    internal RelayLoan? TryLend()
    {
        lock (gate)
        {
            if (isRetired) return null;
            loans++;
            return new(this);
        }
    }

    internal void Return()
    {
        lock (gate)
        {
            if (--loans > 0 || !isRetired) return;
        }

        _ = Transport.DisposeAsync().AsTask(); // taking leave may take a while, and nobody needs to wait for it
    }

    /// <summary>Lends it no more, and closes it now or when the last loan comes back.</summary>
    internal Task RetireAsync()
    {
        lock (gate)
        {
            if (isRetired) return Task.CompletedTask;
            isRetired = true;
            if (loans > 0) return Task.CompletedTask;
        }

        return Transport.DisposeAsync().AsTask();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Transport.DisposeAsync();

    [LoggerMessage(3101, LogLevel.Warning, "Relay {Relay} has used 80 %: {Usage}")]
    partial void LogNearCap(string relay, string usage);

    [LoggerMessage(3103, LogLevel.Warning,
        "Relay {Relay} was not reached three times in a row. It rests: mail that can wait for it waits in the queue, and one message tries "
            + "it again in {Rest}, later at most every {Longest}. Last: {Reason}")]
    partial void LogRests(string relay, TimeSpan rest, TimeSpan longest, string reason);

    [LoggerMessage(3104, LogLevel.Warning, "Relay {Relay} answers again; the mail that waited for it goes out")]
    partial void LogAnswers(string relay);

    [LoggerMessage(3102, LogLevel.Debug, "Relay {Relay} is at {Cap}; messages wait {Wait}")]
    partial void LogExhausted(string relay, string cap, TimeSpan wait);
}
