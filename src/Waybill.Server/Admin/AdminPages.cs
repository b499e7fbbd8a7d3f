using Waybill.Engine.Accounts;
using Waybill.Screens.Pages.Design;
using Waybill.Server.Admin.Access;
using Waybill.Server.Admin.Account;
using Waybill.Server.Admin.Audit;
using Waybill.Server.Admin.Brands;
using Waybill.Server.Admin.Events;
using Waybill.Server.Admin.Health;
using Waybill.Server.Admin.Joining;
using Waybill.Server.Admin.Keys;
using Waybill.Server.Admin.Logs;
using Waybill.Server.Admin.Messages;
using Waybill.Server.Admin.Operating;
using Waybill.Server.Admin.Overview;
using Waybill.Server.Admin.Relays;
using Waybill.Server.Admin.Routes;
using Waybill.Server.Admin.Start;
using Waybill.Server.Admin.Streams;
using Waybill.Server.Admin.Suppressions;
using Waybill.Server.Admin.Templates;
using Waybill.Server.Admin.Tenancy;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin;

/// <summary>The pages of those who sign in; each area maps its own.</summary>
internal static class AdminPages
{
    public static void MapAdmin(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/admin"));
        routes.MapSignIn();
        routes.MapFirst();
        routes.MapReset();
        routes.MapInvite();
        routes.MapAccount();
        // as a delegate: a RequestDelegate's result would be thrown away
        routes.MapPost("/admin/look", (Delegate)Appearance.ChooseAsync).ForEverybody();
        routes.MapGet("/admin", HomeAsync).ForSignedIn();
        routes.MapStart();
        routes.MapGet("/admin/design", (HttpContext context) => Page<DesignPage>(context, new { })).ForSignedIn();
        var tenant = routes.MapGroup("/admin/t/{tenant}");
        var instance = routes.MapGroup("/admin/instance");
        instance.MapPeople();
        instance.MapAudit();
        tenant.MapPeople();
        tenant.MapAudit();
        tenant.MapOverview();
        tenant.MapMessageList();
        tenant.MapMessages();
        tenant.MapMassActs();
        tenant.MapTemplates();
        tenant.MapBrands();
        tenant.MapEvents();
        tenant.MapRelays();
        tenant.MapStreams();
        tenant.MapRoutes();
        tenant.MapSuppressions();
        tenant.MapKeys();
        tenant.MapLogs();
        tenant.MapTenantSettings();
        instance.MapHealthPage();
        instance.MapInstanceSettings();
        instance.MapTenants();
    }

    /// <summary>An owner of the instance who has not gone through the first run goes there.</summary>
    static async Task<IResult> HomeAsync(HttpContext context, FirstRun run)
    {
        var visitor = context.Visitor();
        if (visitor.InstanceRole is Role.Owner && await run.IsOpenAsync(context.RequestAborted)) return Results.Redirect(StartRoutes.Path);
        // where they were last before all others
        foreach (var tenant in visitor.Tenants.OrderBy(tenant => tenant.Id != visitor.LastTenant?.Id))
            if (await Homes.OfAsync(context, tenant, visitor.RoleIn(tenant.Id)!.Value, visitor.InstanceRole) is { } home)
                return Results.Redirect(home);
        return Refusals.Page(context, "nowhere", 200);
    }
}
