using Microsoft.Extensions.Logging;
using Waybill.Engine.Accepting;
using Waybill.Engine.Bus;
using Waybill.Engine.Journal;
using Waybill.Engine.Secrets;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Events;

/// <summary>Prepares events for their unit of work: seals what is secret, finds who handles them, lets routes write their mails.</summary>
public sealed partial class EventIntake(
    IDatabase database, EventTypes types, Subscriptions subscriptions, Routes routes, RouteMails mails, MessageIntake messages,
    DataKeys keys, TimeProvider clock, ILogger<EventIntake> log)
{
    internal EventSeal Seal { get; } = new(keys);

    internal AcceptedEvent Take(TenantId tenant, NewEvent e) => new(tenant, e, types.Find(e.Type), subscriptions.To(e.Type), Seal, clock);

    /// <summary>Fetches what the routes of these events need, and writes their mails. Not within a unit of work.</summary>
    internal async Task RouteAsync(IReadOnlyList<AcceptedEvent> events, CancellationToken cancellationToken)
    {
        var plan = new RoutePlan();
        await FetchAsync(plan, events, cancellationToken);
        foreach (var e in events)
        {
            if (plan.Matching(e) is not { Count: > 0 } matching) continue;
            if (!await database.ReadAsync(session => IsKnownAsync(session, e), cancellationToken)) Write(e, matching, plan);
        }
    }

    /// <summary>Within a unit of work: writes the mails that routes ask for on what was fetched before.</summary>
    /// <exception cref="RoutesNotFetchedException">Something is missing.</exception>
    internal async ValueTask RouteAsync(IReadOnlyList<AcceptedEvent> events, RoutePlan plan, Session session)
    {
        var waiting = new List<AcceptedEvent>();
        foreach (var e in events)
        {
            if (plan.Matching(e) is null && routes.TryRecall(e.Tenant) is { } remembered) plan.Add(e.Tenant, remembered);
            if (plan.Matching(e) is not { } matching) waiting.Add(e);
            else if (matching.Count == 0 || await IsKnownAsync(session, e)) continue;
            else if (!plan.HasAllFor(e, matching)) waiting.Add(e);
            else Write(e, matching, plan);
        }

        if (waiting.Count > 0) throw new RoutesNotFetchedException(waiting);
    }

    /// <summary>Fetches what the routes of these events need and the plan has not yet.</summary>
    internal async Task FetchAsync(RoutePlan plan, IReadOnlyList<AcceptedEvent> events, CancellationToken cancellationToken)
    {
        foreach (var e in events)
        {
            if (plan.Matching(e) is null) plan.Add(e.Tenant, await routes.RememberedAsync(e.Tenant, cancellationToken));
            var matching = plan.Matching(e)!;
            if (plan.HasAllFor(e, matching)) continue;
            foreach (var kind in matching.Select(route => RouteMailKind.Of(route.Rule, e.Event)).Distinct())
                plan.Add(e.Tenant, kind, await mails.FetchAsync(e.Tenant, kind, cancellationToken));
        }
    }

    /// <summary>What a template that the event feeds calls secret is secret in the event too.</summary>
    void Write(AcceptedEvent e, IReadOnlyList<EventRoute> matching, RoutePlan plan)
    {
        foreach (var variable in matching.SelectMany(route => plan.For(e.Tenant, RouteMailKind.Of(route.Rule, e.Event)).Secrets))
            e.Conceal([variable.Path], variable.Lifetime ?? SealedParts.StandardLifetime, Seal);
        var (written, faults) = mails.Write(e, matching, types.Find(e.Event.Type)?.SecretPaths ?? [], kind => plan.For(e.Tenant, kind));
        e.Note(written, faults);
    }

    /// <summary>After COMMIT: says aloud what went wrong with these events, and wakes those who deliver their messages.</summary>
    internal void Report(IReadOnlyList<AcceptedEvent> accepted)
    {
        foreach (var e in accepted)
            foreach (var fault in e.Faults) LogFault(e.Id, e.Event.Type, fault.Route, fault.Reason);
        messages.Wake([.. accepted.SelectMany(e => e.Cleared)]);
    }

    /// <summary>An event that came before causes nothing again, and its routes may have changed.</summary>
    static async ValueTask<bool> IsKnownAsync(Session session, AcceptedEvent e) => await EventRows.FindAsync(session, e) is not null;

    [LoggerMessage(2811, LogLevel.Error, "Event {Id} ({Type}) was accepted, and its route {Route} could cause no message: {Reason}")]
    partial void LogFault(EventKey id, string type, Guid route, string reason);
}
