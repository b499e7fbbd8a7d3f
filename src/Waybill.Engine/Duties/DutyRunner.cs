using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Duties;

/// <summary>Runs every duty of this program, each at its times and none in another's way.</summary>
public sealed partial class DutyRunner : BackgroundService
{
    /// <summary>How long to wait while the database is away.</summary>
    static readonly TimeSpan Absence = TimeSpan.FromSeconds(5);

    readonly IReadOnlyList<DutyTurn> turns;
    readonly TimeProvider clock;
    readonly ILogger log;

    /// <summary>Takes over what was registered.</summary>
    /// <param name="duties">The duties of engine and books.</param>
    /// <param name="database">The database.</param>
    /// <param name="node">This node's name.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="log">Hears of failures.</param>
    /// <exception cref="ArgumentException">A duty has no fit name, interval or limit, or two have one name.</exception>
    public DutyRunner(IEnumerable<Duty> duties, IDatabase database, string node, TimeProvider clock, ILogger<DutyRunner> log)
    {
        (this.clock, this.log) = (clock, log);
        var terms = new DutyTerms(database, node, clock);
        turns = [.. duties.Select(duty => new DutyTurn(Checked(duty), terms, database, clock, log))];
        if (turns.GroupBy(turn => turn.Duty.Name, StringComparer.Ordinal).FirstOrDefault(named => named.Skip(1).Any()) is { Key: var name })
            throw new ArgumentException($"The duty '{name}' is registered twice.", nameof(duties));
    }

    static Duty Checked(Duty duty) => duty.Objection is { } objection ? throw new ArgumentException(objection, nameof(duty)) : duty;

    /// <summary>How every duty stands, in the order of their names.</summary>
    public async Task<IReadOnlyList<DutyStanding>> ListAsync(CancellationToken cancellationToken)
    {
        var standings = new List<DutyStanding>();
        foreach (var turn in turns.OrderBy(turn => turn.Duty.Name, StringComparer.Ordinal))
            standings.Add(DutyStanding.Of(turn.Duty, await turn.FindAsync(cancellationToken), turn.IsOverdue));
        return standings;
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(turns.Select(turn => KeepAsync(turn, stoppingToken)));

    async Task KeepAsync(DutyTurn turn, CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested) await Task.Delay(await LookAsync(turn, stopping), clock, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // stopping
        }
    }

    async Task<TimeSpan> LookAsync(DutyTurn turn, CancellationToken stopping)
    {
        try
        {
            return await turn.LookAsync(stopping);
        }
        catch (StorageException away)
        {
            LogAway(turn.Duty.Name, away.Message);
        }
        catch (Exception defect) when (defect is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            LogDefect(turn.Duty.Name, defect); // the other duties go on
        }

        return Absence;
    }

    [LoggerMessage(2515, LogLevel.Warning, "Whether the duty {Name} is due is not known: {Reason}")]
    partial void LogAway(string name, string reason);

    [LoggerMessage(2516, LogLevel.Error, "The term of the duty {Name} met a defect of Waybill; it is looked at again in a moment")]
    partial void LogDefect(string name, Exception defect);
}
