using System.Text.Json;
using Waybill.Engine.Composing;
using Waybill.Engine.Journal;
using Waybill.Engine.Tenancy;
using Waybill.Templates;

namespace Waybill.Engine.Events;

/// <summary>What decides which stationery a route's mail is written on.</summary>
/// <param name="Template">The template's id or alias.</param>
/// <param name="Brand">The brand's id or alias; null: the tenant's own.</param>
/// <param name="Stream">The stream.</param>
public sealed record RouteMailKind(string Template, string? Brand, string Stream)
{
    internal static RouteMailKind Of(RouteRule rule, NewEvent e) => new(rule.Template, WordAt(rule.Brand, e), rule.Stream);

    /// <summary>A word, or what a path in braces leads to; null also where it leads nowhere, and then the standard holds.</summary>
    internal static string? WordAt(string? wordOrPath, NewEvent e) =>
        wordOrPath is not null && EventPath.TryParseBraced(wordOrPath) is { } path
        ? path.In(e) is { ValueKind: JsonValueKind.String } word && word.GetString() is { Length: > 0 } text ? text : null
        : wordOrPath;
}

/// <summary>What a route's mails are written on. It was fetched before the unit of work begins, and none of it reads anything.</summary>
/// <param name="Secrets">The template's variables that are secret.</param>
/// <param name="Write">Writes a mail, or says why it cannot be written.</param>
/// <param name="SenderObjection">Why the tenant may not send such a message; null: it may.</param>
public sealed record RouteStationery(
    IReadOnlyList<TemplateVariable> Secrets, Func<TemplatedMail, Writing> Write, Func<NewMessage, string?> SenderObjection);

/// <summary>What the routes of some events need, fetched for one attempt to write them.</summary>
internal sealed class RoutePlan
{
    readonly Dictionary<TenantId, IReadOnlyList<EventRoute>> routes = [];
    readonly Dictionary<(TenantId, RouteMailKind), RouteStationery> stationery = [];

    /// <summary>The routes of the event's tenant that make a message of it; null: they are not known yet.</summary>
    public IReadOnlyList<EventRoute>? Matching(AcceptedEvent e) =>
        routes.TryGetValue(e.Tenant, out var ofTenant) ? [.. ofTenant.Where(route => route.Rule.Matches(e.Event))] : null;

    /// <summary>Whether everything is there that these routes need for this event.</summary>
    public bool HasAllFor(AcceptedEvent e, IReadOnlyList<EventRoute> matching) =>
        matching.All(route => stationery.ContainsKey((e.Tenant, RouteMailKind.Of(route.Rule, e.Event))));

    /// <summary>What a mail of this kind is written on.</summary>
    public RouteStationery For(TenantId tenant, RouteMailKind kind) => stationery[(tenant, kind)];

    /// <summary>Takes over what was fetched.</summary>
    public void Add(TenantId tenant, IReadOnlyList<EventRoute> ofTenant) => routes[tenant] = ofTenant;

    /// <summary>Takes over what was fetched.</summary>
    public void Add(TenantId tenant, RouteMailKind kind, RouteStationery fetched) => stationery[(tenant, kind)] = fetched;
}

/// <summary>
/// A unit of work published events whose routes need something that only the database knows. It is undone, that is fetched, and it runs
/// again: in its own transaction it would wait for a second connection while it holds the first.
/// </summary>
sealed class RoutesNotFetchedException(IReadOnlyList<AcceptedEvent> events)
    : Exception("The routes of these events were not fetched before the unit of work.")
{
    public IReadOnlyList<AcceptedEvent> Events { get; } = events;
}
