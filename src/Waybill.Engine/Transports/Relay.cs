using Microsoft.Extensions.Logging;
using Waybill.Engine.Nodes;
using Waybill.Engine.Routing;
using Waybill.Engine.Storage;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Transports;

/// <summary>A transport with what it may be asked to carry.</summary>
public sealed partial class Relay : IAsyncDisposable
{
    /// <summary>What a deliverer waits for the pace of one relay, while all other relays could use it.</summary>
    static readonly TimeSpan PacePatience = TimeSpan.FromSeconds(1);

    /// <summary>Of the 16 who deliver inline.</summary>
    const int InlineHandOversAtOnce = 12;

    readonly RelayPace pace;
    readonly IDatabase database;
    readonly TimeProvider clock;
    readonly ILogger log;
    readonly Lock gate = new();
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
        Limits = limits;
        Key = name;
        this.database = database;
    }

    /// <summary>What it is called in the journal.</summary>
    public string Name { get; }

    /// <summary>The host that it hands over to; null: to none, or its name says it.</summary>
    public string? Host { get; init; }

    /// <summary>What its messages are counted under; default its name. A relay that can be renamed counts under its id.</summary>
    public string Key { get; init; }

    /// <summary>What it may be asked to carry.</summary>
    public RelayLimits Limits { get; }

    /// <summary>Who it sends for where nobody else is named; null: it names nobody.</summary>
    public Mailbox? From { get; init; }

    /// <summary>The domains that it may be used for (product.md, ruling 22).</summary>
    public IReadOnlyList<string> SenderDomains { get; init; } = [];

    /// <summary>False when mail is captured because nothing was configured; a chosen capture or mock counts as configured.</summary>
    public bool IsConfigured { get; init; } = true;

    /// <summary>The way out.</summary>
    public ITransport Transport { get; }

    /// <summary>How many messages may be on their way to it at once; null: as many as there are.</summary>
    public int? HandOversAtOnce { get; init; }

    Bulkhead? Bulkhead => field ??= HandOversAtOnce is { } most ? new(most, clock) : null;

    Bulkhead? InlineBulkhead => field ??= HandOversAtOnce is { } most ? new(Math.Min(most, InlineHandOversAtOnce), clock) : null;

    RelayBudget? Budget => field ??= Limits.HasCap ? new(database, Key, Limits) : null;

    /// <summary>
    /// Takes a place at the bulkhead and one in the budget, and waits for the relay's pace if that is a matter of a moment: who waits here
    /// holds up the mail of others.
    /// </summary>
    /// <param name="atCap">What a stream does whose relay's cap is reached. Only caps are passed by: a relay that is slow is slow for all.</param>
    /// <param name="isInline">Whether a caller waits: such messages have deliverers, and places, of their own.</param>
    /// <param name="cancellationToken">Ends the wait; nothing stays taken.</param>
    internal async Task<Admission> AdmitAsync(AtCap atCap, bool isInline, CancellationToken cancellationToken)
    {
        var bulkhead = isInline ? InlineBulkhead : Bulkhead;
        if (bulkhead is not null && await bulkhead.EnterAsync(cancellationToken) is { } away) return new Admission.Later(away);
        Admission? admission = null;
        try
        {
            return admission = await AdmitAsync(bulkhead, atCap, cancellationToken);
        }
        finally
        {
            if (admission is not Admission.Granted) bulkhead?.Leave();
        }
    }

    async Task<Admission> AdmitAsync(Bulkhead? bulkhead, AtCap atCap, CancellationToken cancellationToken)
    {
        if (pace.Objection(PacePatience) is { } slow) return new Admission.Later(slow); // spares the budget two writes
        DateTimeOffset? place = clock.GetUtcNow();
        if (Budget is { } budget && Refuses(await budget.TakeAsync(place.Value, cancellationToken)) is { } refused)
        {
            if (atCap != AtCap.Attempt) return new Admission.Later(refused);
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

        return new Admission.Granted(place, bulkhead);
    }

    async Task<Admission> TurnAwayAsync(DateTimeOffset? place, TimeSpan wait)
    {
        await ReturnPlaceAsync(place);
        return new Admission.Later(wait);
    }

    Task DelayAsync(TimeSpan wait, CancellationToken cancellationToken) =>
        wait <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(wait, clock, cancellationToken);

    /// <summary>The hand-over that was admitted is over.</summary>
    /// <param name="granted">What was admitted.</param>
    /// <param name="isTaken">Whether the relay has the message or may have it; else its place in the budget is given back.</param>
    internal async Task LeaveAsync(Admission.Granted granted, bool isTaken)
    {
        granted.Bulkhead?.Leave();
        if (!isTaken) await ReturnPlaceAsync(granted.PlaceTakenAt);
    }

    /// <summary>Gives the place back when the relay did not take the message; it counts for the day on which it was taken.</summary>
    async Task ReturnPlaceAsync(DateTimeOffset? place)
    {
        if (Budget is null || place is not { } takenAt) return;
        try
        {
            await Budget.ReturnAsync(takenAt, CancellationToken.None);
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

    [LoggerMessage(3102, LogLevel.Debug, "Relay {Relay} is at {Cap}; messages wait {Wait}")]
    partial void LogExhausted(string relay, string cap, TimeSpan wait);
}
