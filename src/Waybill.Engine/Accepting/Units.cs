using Waybill.Engine.Bus;
using Waybill.Engine.Events;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Accepting;

/// <summary>
/// Units of work for those who have rows of their own: what they change, publish and post is one transaction. A unit touches only the
/// database and memory, for at most <see cref="IDatabase.UnitLimit"/>. It may run more than once, when the transaction around it is lost,
/// or when it published events whose routes need what is not in memory: it keeps no state of its own, and nothing outside may notice that
/// it ran.
/// </summary>
public sealed class Units(IDatabase database, EventIntake intake, MessageIntake messages, EventBus bus, TimeProvider clock)
{
    /// <summary>One to find out, one to do it, and more for a unit that publishes something else each time.</summary>
    const int MostRuns = 8;

    /// <summary>
    /// Runs a unit and returns after COMMIT; where it posted to an inline stream, when that message was handed over or 30 s went by.
    /// </summary>
    /// <param name="name">Names the unit in errors.</param>
    /// <param name="work">The work; <see cref="Unit.Undo"/>, and whatever it throws, undoes all of it.</param>
    /// <param name="cancellationToken">Stops the waiting for a turn; a unit that has begun is finished.</param>
    public Task RunAsync(string name, Func<Unit, ValueTask> work, CancellationToken cancellationToken) => RunAsync(
        name,
        async unit =>
        {
            await work(unit);
            return true;
        },
        cancellationToken);

    /// <summary>As above, with a result that is released after COMMIT, or once all was undone.</summary>
    public async Task<T> RunAsync<T>(string name, Func<Unit, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        var askedAt = clock.GetTimestamp();
        var (result, ended) = await EndAsync(name, work, cancellationToken);
        if (ended.IsUndone) return result;
        Steps.Reached("unit.after-commit");
        intake.Report(ended.Events);
        messages.Wake(ended.Messages);
        if (ended.Events.Any(e => e.Subscriptions.Count > 0)) bus.Wakeup.Signal();
        await messages.HandOverAsync(ended.Messages, askedAt);
        return result;
    }

    /// <summary>
    /// The unit itself asks nobody for anything: what its routes lack is fetched between two runs, while no connection is held.
    /// </summary>
    async Task<(T Result, Unit Unit)> EndAsync<T>(string name, Func<Unit, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        var plan = new RoutePlan();
        for (var run = 1; ; run++)
        {
            try
            {
                return await database.WriteAsync(name, session => RunAsync(new(session, intake, messages, plan), work), cancellationToken);
            }
            catch (RoutesNotFetchedException lacking) when (run < MostRuns)
            {
                await intake.FetchAsync(plan, lacking.Events, cancellationToken);
            }
        }
    }

    static async ValueTask<(T Result, Unit Unit)> RunAsync<T>(Unit unit, Func<Unit, ValueTask<T>> work)
    {
        var result = await work(unit);
        if (unit.IsUndone) return (result, unit);
        await unit.AppendAsync();
        Steps.Reached("unit.before-commit");
        return (result, unit);
    }
}
