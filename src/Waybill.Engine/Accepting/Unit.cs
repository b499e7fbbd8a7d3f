using Waybill.Engine.Bus;
using Waybill.Engine.Events;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Accepting;

/// <summary>What a unit of work does: rows of the caller's own, events and messages. All of it is kept, or nothing.</summary>
public sealed class Unit
{
    readonly EventIntake intake;
    readonly MessageIntake posting;
    readonly RoutePlan plan;
    readonly List<AcceptedEvent> events = [];
    readonly List<AcceptedMessage> posted = [];
    readonly List<Func<Session, ValueTask>> last = [];

    internal Unit(Session session, EventIntake intake, MessageIntake posting, RoutePlan plan) =>
        (Session, this.intake, this.posting, this.plan) = (session, intake, posting, plan);

    /// <summary>For the caller's rows.</summary>
    public Session Session { get; }

    internal IReadOnlyList<AcceptedEvent> Events => events;

    /// <summary>Whether nothing of it is kept.</summary>
    internal bool IsUndone { get; private set; }

    internal IReadOnlyList<ClearedMessage> Messages { get; private set; } = [];

    /// <summary>Publishes a typed event. One that came before under its source and id is not published again.</summary>
    public void Publish<TEvent>(TenantId tenant, TEvent what, Publication? publication = null)
        where TEvent : notnull => Publish(tenant, TypedEvents.ToEvent(what, publication));

    /// <summary>Publishes an event.</summary>
    public void Publish(TenantId tenant, NewEvent e) => events.Add(intake.Take(tenant, e));

    /// <summary>Posts a message, and says which it will be.</summary>
    /// <exception cref="ArgumentException">Its stream does not take it.</exception>
    public MessageId Post(TenantId tenant, NewMessage message)
    {
        if (posting.Refusal([message]) is { Sentence: var sentence }) throw new ArgumentException(sentence, nameof(message));
        var accepted = posting.Take(tenant, message, mayBeInline: true);
        posted.Add(accepted);
        return accepted.Id;
    }

    /// <summary>
    /// Refuses: the unit ends as it would otherwise, with its result, and nothing that it wrote, published or posted is kept.
    /// </summary>
    public void Undo()
    {
        IsUndone = true;
        Session.Undo();
    }

    /// <summary>Does something after what was published and posted is written: what makes other units wait until this one ends.</summary>
    internal void Finally(Func<Session, ValueTask> what) => last.Add(what);

    /// <summary>
    /// Writes what was published and posted, last of all. Routes write their mails here, on what was fetched before the unit: a book that
    /// publishes events with routes pays their rendering, and nothing else, while its transaction is open.
    /// </summary>
    /// <exception cref="RoutesNotFetchedException">Something was not fetched; the unit is to run again with it.</exception>
    internal async ValueTask AppendAsync()
    {
        if (events.Count > 0)
        {
            await intake.RouteAsync(events, plan, Session);
            if ((await EventRows.AppendAsync(Session, [events]))[0] is EventAcceptance.Conflicting(var index))
                throw new InvalidOperationException(
                    $"Another event came before under the source and id of this {events[index].Event.Type}.");
        }

        Messages = await MessageIntake.AppendAsync(Session, posted);
        foreach (var what in last) await what(Session);
    }
}
