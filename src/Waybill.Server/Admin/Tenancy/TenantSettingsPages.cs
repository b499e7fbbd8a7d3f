using Waybill.Engine.Accounts;
using Waybill.Engine.Tenancy;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages.Settings;
using Waybill.Server.Admin.Access;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Tenancy;

/// <summary><c>/settings</c> of a tenant: what it is called, and the zone of the dates in its mails.</summary>
internal static class TenantSettingsPages
{
    public static void MapTenantSettings(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/settings", (HttpContext context) =>
            Show(context, context.Visitor().Tenant!.Name, context.Visitor().Tenant!.TimeZone, [])).For(Permit.Read);
        tenant.MapPost("/settings", ChangeAsync).For(Permit.Settings);
    }

    static async Task<IResult> ChangeAsync(HttpContext context, Tenants tenants)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var tenant = context.Visitor().Tenant!;
        var (name, zone) = (tenant.Name == Tenants.First ? tenant.Name : form["name"].ToString().Trim(), form["time_zone"].ToString());
        var faults = TenantFaults.Of(context, name, zone);
        if (faults.Count > 0) return Show(context, name, zone, faults);
        if (!await tenants.ChangeAsync(tenant, name, zone, context.RequestAborted))
            return Show(context, name, zone, [new("name", context.Say("settings.name.taken"))]);
        await context.NoteAsync("settings.change", name == tenant.Name ? zone : $"{tenant.Name} → {name}, {zone}");
        return SeeOther(context, $"/admin/t/{name}/settings", new(Tone.Good, context.Say("settings.saved")));
    }

    static IResult Show(HttpContext context, string name, string zone, IReadOnlyList<Fault> faults)
    {
        var tenant = context.Visitor().Tenant!;
        return Page<TenantSettingsPage>(
            context,
            new { Id = tenant.Id.ToString(), Name = name, TimeZone = zone, IsFirst = tenant.Name == Tenants.First, Faults = faults },
            faults.Count > 0 ? 422 : 200);
    }
}
