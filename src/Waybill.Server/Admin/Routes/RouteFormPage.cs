using Waybill.Engine.Brands;
using Waybill.Engine.Catalogue;
using Waybill.Engine.Events;
using Waybill.Engine.Routing;
using Waybill.Engine.Tenancy;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages.Routes;
using Waybill.Server.Admin.Access;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Routes;

/// <summary>The page of one route, with what there is to choose from and to try it on.</summary>
internal sealed class RouteFormPage(
    StreamTable streams, TemplateStore templates, BrandBook brands, EventDefinitions definitions, EventJournal journal,
    Engine.Events.Routes routes, RouteTrial trial)
{
    const int Offered = 100;
    const int Tried = 50;

    public async Task<IResult> ShowAsync(
        HttpContext context, Guid? id, RouteDraft draft, IReadOnlyList<Fault>? faults =
        null, RouteTried? tried = null, string? eventId = null)
    {
        var tenant = context.Visitor().Tenant!.Id;
        var (events, _) = await journal.ListAsync(tenant, Tried, after: null, before: null, context.RequestAborted);
        return Page<RoutePage>(
            context,
            new
            {
                Id = id,
                Draft = draft,
                Choices = await ChoicesAsync(tenant, events, context.RequestAborted),
                Events = events,
                EventId = eventId,
                Tried = tried,
                Faults = faults ?? [],
            },
            faults is { Count: > 0 } ? 422 : 200);
    }

    /// <summary>Tries what was typed on an event that was received; nothing is kept.</summary>
    public async Task<IResult> TryAsync(
        HttpContext context, Guid? id, Func<HttpContext, Task<(RouteDraft, RouteRule?, IReadOnlyList<Fault>)>> readAsync)
    {
        var tenant = context.Visitor().Tenant!.Id;
        var (draft, rule, faults) = await readAsync(context);
        if (rule is null) return await ShowAsync(context, id, draft, faults);
        if (await routes.ObjectionAsync(tenant, rule, context.RequestAborted) is { } refused)
            return await ShowAsync(context, id, draft, [new(refused.Field, refused.Sentence)]);
        var chosen = context.Request.Form["event"].ToString();
        return EventKey.TryParse(chosen, null, out var key) && await journal.FindAsync(tenant, key, context.RequestAborted) is { } found
            ? await ShowAsync(context, id, draft, tried: await trial.TryAsync(tenant, rule, found, context.RequestAborted), eventId: chosen)
            : await ShowAsync(context, id, draft, [new("event", context.Say("events.gone"))]);
    }

    async Task<RouteChoices> ChoicesAsync(TenantId tenant, IReadOnlyList<EventRecord> events, CancellationToken cancellationToken)
    {
        var (described, _) = await definitions.ListAsync(tenant, Offered, after: null, before: null, cancellationToken);
        var (found, _) = await templates.ListAsync(tenant, Offered, after: null, before: null, cancellationToken);
        return new(
            [.. events.Select(e => e.Type).Concat(described.Select(type => type.Name)).Distinct().Order(StringComparer.Ordinal)],
            [.. streams.All.Where(stream => stream.AsksSuppressionList).Select(stream => stream.Name)],
            [.. found.Where(template => template.PublishedAt is not null)
                .Select(template => template.Alias ?? template.Id.ToString()).Order(StringComparer.Ordinal)],
            [.. (await brands.ListAsync(tenant, cancellationToken)).Select(brand => brand.Alias)]);
    }
}
