using Waybill.Engine.Bus;
using Waybill.Engine.Events;
using Waybill.Engine.Messages;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Accepting;

/// <summary>What a unit of work does: rows of the caller's own, events and messages. All of it is kept, or nothing.</summary>
public sealed class Unit
{
    readonly EventIntake intake;
    readonly TimeProvider clock;
    readonly List<AcceptedEvent> events = [];
    readonly List<AcceptedMessage> messages = [];

    internal Unit(Session session, EventIntake intake, TimeProvider clock) => (Session, this.intake, this.clock) = (session, intake, clock);

    /// <summary>For the caller's rows.</summary>
    public Session Session { get; }

    internal IReadOnlyList<AcceptedEvent> Events => events;

    internal IReadOnlyList<AcceptedMessage> Messages => messages;

    /// <summary>Publishes a typed event. One that came before under its source and id is not published again.</summary>
    public void Publish<TEvent>(TenantId tenant, TEvent what, Publication? publication = null)
        where TEvent : notnull => Publish(tenant, TypedEvents.ToEvent(what, publication));

    /// <summary>Publishes an event.</summary>
    public void Publish(TenantId tenant, NewEvent e) => events.Add(intake.Take(tenant, e));

    /// <summary>Posts a message, and says which it will be.</summary>
    public MessageId Post(TenantId tenant, NewMessage message)
    {
        var accepted = new AcceptedMessage(tenant, message, clock);
        messages.Add(accepted);
        return accepted.Id;
    }

    /// <summary>
    /// Writes what was published and posted, last of all. Routes write their mails here, inside of the unit: a book that publishes events
    /// with routes pays their rendering while its transaction is open.
    /// </summary>
    internal async ValueTask AppendAsync()
    {
        if (events.Count > 0)
        {
            await intake.RouteAsync(events, Session, CancellationToken.None);
            if ((await EventRows.AppendAsync(Session, [events]))[0] is EventAcceptance.Conflicting(var index))
                throw new InvalidOperationException($"Another event came before under the source and id of this {events[index].Event.Type}.");
        }

        if (messages.Count > 0) await MessageRows.AppendAsync(Session, messages);
    }
}
