using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Transports;

/// <summary>A transport with what it may be asked to carry.</summary>
public sealed partial class Relay : IAsyncDisposable
{
    static readonly Meter Meter = new("Waybill");
    static readonly Counter<long> CapWarnings = Meter.CreateCounter<long>("waybill.relay.cap_warnings", description: "Times that 80 % of a relay's cap were reached.");

    readonly RelayPace pace;
    readonly RelayBudget? budget;
    readonly TimeProvider clock;
    readonly ILogger log;

    /// <summary>A relay of that name.</summary>
    public Relay(string name, ITransport transport, RelayLimits limits, IDatabase database, TimeProvider clock, ILogger<Relay> log)
    {
        Name = name;
        Transport = transport;
        this.clock = clock;
        this.log = log;
        pace = new(limits.PerSecond, clock);
        budget = limits.HasCap ? new(database, name, limits) : null;
    }

    /// <summary>What it is called in the journal.</summary>
    public string Name { get; }

    /// <summary>The way out.</summary>
    public ITransport Transport { get; }

    /// <summary>False when it only captures because nobody chose a relay; default true.</summary>
    public bool IsConfigured { get; init; } = true;

    /// <summary>Takes a place in the relay's budget and waits for its pace.</summary>
    internal async Task<Admission> AdmitAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (budget is not null && await budget.TakeAsync(now, cancellationToken) is var answer && Refuses(answer) is { } wait) return new Admission.Later(wait);
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
        if (budget is null) return;
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
                CapWarnings.Add(1, new KeyValuePair<string, object?>("relay", Name));
                LogNearCap(Name, warning);
                return null;
            default:
                return null;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Transport.DisposeAsync();

    [LoggerMessage(3101, LogLevel.Warning, "Relay {Relay} has used 80 %: {Usage}")]
    partial void LogNearCap(string relay, string usage);

    [LoggerMessage(3102, LogLevel.Debug, "Relay {Relay} is at {Cap}; messages wait {Wait}")]
    partial void LogExhausted(string relay, string cap, TimeSpan wait);
}
