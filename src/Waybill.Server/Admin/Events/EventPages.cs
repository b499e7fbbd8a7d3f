using Waybill.Engine.Accounts;
using Waybill.Engine.Bus;
using Waybill.Engine.Events;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages;
using Waybill.Screens.Pages.Events;
using Waybill.Server.Admin.Access;
using Waybill.Server.Http;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Events;

/// <summary><c>/events</c>: what happened, what came of it, and what handlers gave up.</summary>
internal static class EventPages
{
    const int PageSize = 50;
    const int MostParked = 100;

    /// <summary>Of the latest events, for their types: enough to know them, and bounded.</summary>
    const int MostLooked = 10_000;

    public static void MapEvents(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/events", ListAsync).For(Permit.Read);
        tenant.MapGet("/events/types", ListTypesAsync).For(Permit.Read);
        tenant.MapGet("/events/parked", ListParkedAsync).For(Permit.Read);
        tenant.MapGet("/events/{id}", ShowAsync).For(Permit.Content);
        tenant.MapPost("/events/{id}/release", ReleaseAsync).For(Permit.Messages);
    }

    static async Task<IResult> ListAsync(HttpContext context, EventJournal journal, EventBus bus, PublicAddress address)
    {
        var (tenant, page) = (context.Visitor().Tenant!.Id, Cursors.Read(context.Request.Query));
        var (rows, hasMore) = await journal.ListAsync(tenant, PageSize, page.After, page.Before, context.RequestAborted);
        var (hasNewer, hasOlder) = Cursors.Around(page, hasMore);
        return Page<EventsPage>(context, new
        {
            Rows = rows,
            Tallies = await journal.TallyAsync(tenant, [.. rows.Select(e => e.Id)], context.RequestAborted),
            Edges = new ListEdges(hasNewer, hasOlder, Query: ""),
            Parked = (await bus.ListParkedAsync(tenant, MostParked, context.RequestAborted)).Count,
            address.Url,
        });
    }

    static async Task<IResult> ListTypesAsync(
        HttpContext context, EventJournal journal, EventBus bus, Engine.Events.Routes routes, Subscriptions subscriptions)
    {
        var tenant = context.Visitor().Tenant!.Id;
        var seen = await journal.TypesAsync(tenant, MostLooked, context.RequestAborted);
        var waiting = (await routes.ListAsync(tenant, context.RequestAborted))
            .ToLookup(route => route.Rule.EventType, StringComparer.Ordinal);
        var unseen = waiting.Select(group => group.Key).Except(seen.Select(use => use.Type))
            .Order(StringComparer.Ordinal).Select(type => new EventTypeUse(type, Count: 0, LastAt: null));
        return Page<EventTypesPage>(context, new
        {
            Lines = seen.Concat(unseen).Select(
                use => new EventTypeLine(use, [.. waiting[use.Type]], [.. subscriptions.To(use.Type).Select(one => one.Name)])).ToList(),
            Among = MostLooked,
            Parked = (await bus.ListParkedAsync(tenant, MostParked, context.RequestAborted)).Count,
        });
    }

    static async Task<IResult> ListParkedAsync(HttpContext context, EventBus bus) =>
        Page<ParkedPage>(
        context, new { Rows = await bus.ListParkedAsync(context.Visitor().Tenant!.Id, MostParked, context.RequestAborted) });

    static async Task<IResult> ShowAsync(string id, HttpContext context, EventJournal journal)
    {
        var tenant = context.Visitor().Tenant!.Id;
        if (!EventKey.TryParse(id, null, out var key) || await journal.FindAsync(tenant, key, context.RequestAborted) is not { } found)
            return Missing(context);
        return Page<EventPage>(context, new { Event = found, Effects = await journal.EffectsAsync(tenant, key, context.RequestAborted) });
    }

    static async Task<IResult> ReleaseAsync(string id, HttpContext context, EventBus bus, EventJournal journal)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var subscription = form["subscription"].ToString();
        if (!EventKey.TryParse(id, null, out var key)
            || await journal.FindAsync(context.Visitor().Tenant!.Id, key, context.RequestAborted) is null)
            return Missing(context);
        var path = context.InTenant($"events/{key}");
        if (!await bus.ReleaseAsync(context.Visitor().Tenant!.Id, key, subscription, context.RequestAborted))
            return SeeOther(context, path, new(Tone.Held, context.Say("events.release.none")));
        await context.NoteAsync("events.release", $"{subscription}, {key}");
        return SeeOther(context, path, new(Tone.Good, context.Say("events.released", subscription)));
    }

    static IResult Missing(HttpContext context) => Pages.Missing(context, "events.gone.title", "events.gone");
}
