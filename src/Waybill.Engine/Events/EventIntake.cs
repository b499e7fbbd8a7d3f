using Microsoft.Extensions.Logging;
using Waybill.Engine.Accepting;
using Waybill.Engine.Bus;
using Waybill.Engine.Catalogue;
using Waybill.Engine.Composing;
using Waybill.Engine.Secrets;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Events;

/// <summary>Prepares events for their unit of work: seals what is secret, finds who handles them, lets routes write their mails.</summary>
public sealed partial class EventIntake(
    IDatabase database, EventTypes types, Subscriptions subscriptions, Routes routes, RouteMails mails, MessageIntake messages, TemplateStore templates, DataKeys keys, TimeProvider clock,
    ILogger<EventIntake> log)
{
    internal EventSeal Seal { get; } = new(keys);

    internal AcceptedEvent Take(TenantId tenant, NewEvent e) => new(tenant, e, types.Find(e.Type), subscriptions.To(e.Type), Seal, clock);

    /// <summary>
    /// Writes the mails that routes ask for. An event that came before gets none: it causes nothing again, and its routes may have changed.
    /// </summary>
    /// <param name="events">The events.</param>
    /// <param name="unit">The unit of work that this runs in, if it does.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal async Task RouteAsync(IReadOnlyList<AcceptedEvent> events, Session? unit, CancellationToken cancellationToken)
    {
        foreach (var e in events)
        {
            var matching = await routes.MatchingAsync(e.Tenant, e.Event, cancellationToken);
            if (matching.Count == 0 || await IsKnownAsync(e, unit, cancellationToken)) continue;
            await ConcealAsync(e, matching, cancellationToken);
            var (written, faults) = await mails.WriteAsync(e, matching, types.Find(e.Event.Type)?.SecretPaths ?? [], cancellationToken);
            e.Note(written, faults);
        }
    }

    /// <summary>What a template that the event feeds calls secret is secret in the event too.</summary>
    async Task ConcealAsync(AcceptedEvent e, IReadOnlyList<EventRoute> matching, CancellationToken cancellationToken)
    {
        foreach (var route in matching)
        {
            var template = await templates.FindPublishedAsync(e.Tenant, route.Rule.Template, cancellationToken);
            foreach (var variable in template?.Content.Variables.Where(variable => variable.IsSecret) ?? [])
                e.Conceal([variable.Path], variable.Lifetime ?? SealedParts.StandardLifetime, Seal);
        }
    }

    /// <summary>After COMMIT: says aloud what went wrong with these events, and wakes those who deliver their messages.</summary>
    internal void Report(IReadOnlyList<AcceptedEvent> accepted)
    {
        foreach (var e in accepted)
            foreach (var fault in e.Faults) LogFault(e.Id, e.Event.Type, fault.Route, fault.Reason);
        messages.Wake([.. accepted.SelectMany(e => e.Cleared)]);
    }

    async Task<bool> IsKnownAsync(AcceptedEvent e, Session? unit, CancellationToken cancellationToken) => unit is null
        ? await database.ReadAsync(async session => await EventRows.FindAsync(session, e) is not null, cancellationToken)
        : await EventRows.FindAsync(unit, e) is not null;

    [LoggerMessage(2811, LogLevel.Error, "Event {Id} ({Type}) was accepted, and its route {Route} could cause no message: {Reason}")]
    partial void LogFault(EventKey id, string type, Guid route, string reason);
}
