using Waybill.Engine.Accounts;
using Waybill.Engine.Events;
using Waybill.Engine.Tenancy;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages.Routes;
using Waybill.Server.Admin.Access;
using Waybill.Server.Api.Events;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Routes;

/// <summary><c>/routes</c>: which events cause which messages.</summary>
internal static class RoutePages
{
    public static void MapRoutes(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/routes", async (HttpContext context, Engine.Events.Routes routes) =>
            Page<RoutesPage>(context, new { Routes = await routes.ListAsync(Tenant(context), context.RequestAborted) })).For(Permit.Read);
        tenant.MapPost("/routes", SaveNewAsync).For(Permit.Routes);
        tenant.MapGet("/routes/new", (HttpContext context, RouteFormPage form) => form.ShowAsync(context, id: null, RouteDraft.Blank))
            .For(Permit.Routes);
        tenant.MapPost("/routes/try", TryNewAsync).For(Permit.Routes);
        tenant.MapGet("/routes/{id:guid}", ShowAsync).For(Permit.Read);
        tenant.MapPost("/routes/{id:guid}", SaveAsync).For(Permit.Routes);
        tenant.MapPost("/routes/{id:guid}/try", TryAsync).For(Permit.Routes);
        tenant.MapPost("/routes/{id:guid}/remove", RemoveAsync).For(Permit.Routes);
    }

    static async Task<IResult> ShowAsync(Guid id, HttpContext context, Engine.Events.Routes routes, RouteFormPage page) =>
        await routes.FindAsync(Tenant(context), id, context.RequestAborted) is { } route
        ? await page.ShowAsync(context, id, RouteDrafts.Of(route.Rule))
        : Missing(context);

    static Task<IResult> SaveNewAsync(HttpContext context, Engine.Events.Routes routes, RouteFormPage page) =>
        StoreAsync(context, id: null, page, rule => routes.CreateAsync(Tenant(context), rule, context.RequestAborted));

    static async Task<IResult> SaveAsync(Guid id, HttpContext context, Engine.Events.Routes routes, RouteFormPage page) =>
        await routes.FindAsync(Tenant(context), id, context.RequestAborted) is null
            ? Missing(context)
            : await StoreAsync(context, id, page, rule => routes.ReplaceAsync(Tenant(context), id, rule, context.RequestAborted));

    static async Task<IResult> StoreAsync(HttpContext context, Guid? id, RouteFormPage page, Func<RouteRule, Task<RouteSaving>> save)
    {
        var (draft, rule, faults) = await ReadAsync(context);
        if (rule is null) return await page.ShowAsync(context, id, draft, faults);
        switch (await save(rule))
        {
            case RouteSaving.Saved(var route):
                await context.NoteAsync(
                    id is null ? "routes.create" : "routes.change", $"{route.Rule.EventType} → {route.Rule.Template}, {route.Id:D}");
                return SeeOther(context, PathOf(context), new(Tone.Good, context.Say("routes.saved", route.Rule.EventType)));
            case RouteSaving.Refused(var field, var sentence):
                return await page.ShowAsync(context, id, draft, [new(field, sentence)]);
            default:
                return Missing(context);
        }
    }

    static Task<IResult> TryNewAsync(HttpContext context, RouteFormPage page) => page.TryAsync(context, id: null, ReadAsync);

    static async Task<IResult> TryAsync(Guid id, HttpContext context, Engine.Events.Routes routes, RouteFormPage page) =>
        await routes.FindAsync(Tenant(context), id, context.RequestAborted) is null
        ? Missing(context)
        : await page.TryAsync(context, id, ReadAsync);

    static async Task<IResult> RemoveAsync(Guid id, HttpContext context, Engine.Events.Routes routes)
    {
        var route = await routes.FindAsync(Tenant(context), id, context.RequestAborted);
        if (route is null || !await routes.RemoveAsync(Tenant(context), id, context.RequestAborted)) return Missing(context);
        await context.NoteAsync("routes.remove", $"{route.Rule.EventType} → {route.Rule.Template}, {id:D}");
        return SeeOther(context, PathOf(context), new(Tone.Good, context.Say("routes.removed", route.Rule.EventType)));
    }

    static async Task<(RouteDraft Draft, RouteRule? Rule, IReadOnlyList<Fault> Faults)> ReadAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (rule, wrong) = PostedRoute.Read(RouteDrafts.Body(form));
        return (RouteDrafts.Of(form), rule,
            FormFaults.Of(context, wrong, field => RouteDraft.Fields.Contains(field) ? context.Say($"routes.{field}") : null));
    }

    static TenantId Tenant(HttpContext context) => context.Visitor().Tenant!.Id;

    static string PathOf(HttpContext context) => context.InTenant("routes");

    static IResult Missing(HttpContext context) => Pages.Missing(context, "routes.gone.title", "routes.gone");
}
