using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Storage;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Transports;

/// <summary>A transport with what it may be asked to carry.</summary>
public sealed partial class Relay : IAsyncDisposable
{
    static readonly Meter Meter = new("Waybill");
    static readonly Counter<long> CapWarnings = Meter.CreateCounter<long>("waybill.relay.cap_warnings", description: "Times that 80 % of a relay's cap were reached.");

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

    RelayBudget? Budget => field ??= Limits.HasCap ? new(database, Key, Limits) : null;

    /// <summary>Takes a place in the relay's budget and waits for its pace.</summary>
    internal async Task<Admission> AdmitAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (Budget is { } budget && await budget.TakeAsync(now, cancellationToken) is var answer && Refuses(answer) is { } wait) return new Admission.Later(wait);
        try
        {
            await pace.WaitAsync(cancellationToken);
            return new Admission.Granted(now);
        }
        catch (OperationCanceledException)
        {
            await ReturnPlaceAsync(now);
            throw;
        }
    }

    /// <summary>Gives the place back when the relay did not take the message; it counts for the day on which it was taken.</summary>
    internal async Task ReturnPlaceAsync(DateTimeOffset takenAt)
    {
        if (Budget is null) return;
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
                CapWarnings.Add(1, new KeyValuePair<string, object?>("relay", Name), new KeyValuePair<string, object?>("relay_id", Key));
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
