using Waybill.Engine.Bus;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Events;

/// <summary>
/// Takes events in. What it returns is on disk: the event, the messages that its routes made of it, and what the bus owes its handlers,
/// all in one unit of work.
/// </summary>
public sealed class EventAcceptor : IAsyncDisposable
{
    readonly IDatabase database;
    readonly EventIntake intake;
    readonly EventBus bus;
    readonly Grouping<IReadOnlyList<AcceptedEvent>, EventAcceptance> postings;

    /// <summary>Takes in through a database's door and wakes those who deliver and handle.</summary>
    public EventAcceptor(IDatabase database, EventIntake intake, EventBus bus)
    {
        (this.database, this.intake, this.bus) = (database, intake, bus);
        postings =
            new(
                database.Writers,
                WriteAsync)
            {
                Owner = events => events is [var first, ..] ? first.Tenant.Value : Guid.Empty,
                Weight = events => events.Count
            };
    }

    /// <summary>Takes in all of the events or none, each once for its source and id.</summary>
    /// <param name="tenant">Whose events they are.</param>
    /// <param name="events">At least one.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <exception cref="StorageException">Nothing was taken in; or, when the database was lost during COMMIT, nobody knows: send them
    /// again.</exception>
    public async Task<EventAcceptance> AcceptAsync(TenantId tenant, IReadOnlyList<NewEvent> events, CancellationToken cancellationToken)
    {
        var accepted = events.Select(e => intake.Take(tenant, e)).ToArray();
        await intake.RouteAsync(accepted, cancellationToken);
        var acceptance = await postings.AddAsync(accepted);
        if (acceptance is EventAcceptance.Accepted(var ids)) Wake([.. accepted.Where((e, i) => e.Id == ids[i])]);
        return acceptance;
    }

    /// <summary>Takes a typed event in.</summary>
    /// <returns>Its id; the one it got before when source and id are not new.</returns>
    /// <exception cref="InvalidOperationException">Another event came before under this source and id.</exception>
    public async Task<EventKey> PublishAsync<TEvent>(
        TenantId tenant, TEvent what, Publication? publication, CancellationToken cancellationToken)
        where TEvent : notnull
    {
        var acceptance = await AcceptAsync(tenant, [TypedEvents.ToEvent(what, publication)], cancellationToken);
        return acceptance is EventAcceptance.Accepted(var ids)
            ? ids[0]
            : throw new InvalidOperationException(
                $"Another event was published before under the source and id of this {typeof(TEvent).Name}.");
    }

    void Wake(IReadOnlyList<AcceptedEvent> fresh)
    {
        intake.Report(fresh);
        if (fresh.Any(e => e.Subscriptions.Count > 0)) bus.Wakeup.Signal();
    }

    async Task<IReadOnlyList<EventAcceptance>> WriteAsync(IReadOnlyList<IReadOnlyList<AcceptedEvent>> group)
    {
        var acceptances = await database.WriteAsync(
            "accept events",
            async session =>
            {
                var judged = await EventRows.AppendAsync(session, group);
                Steps.Reached("event.before-commit");
                return judged;
            },
            CancellationToken.None);
        Steps.Reached("event.after-commit");
        return acceptances;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => postings.DisposeAsync();
}
