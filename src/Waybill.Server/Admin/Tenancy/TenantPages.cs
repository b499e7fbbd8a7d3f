using Waybill.Engine.Accounts;
using Waybill.Engine.Tenancy;
using Waybill.Screens.Framing;
using Waybill.Server.Admin.Access;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Tenancy;

/// <summary><c>/admin/instance/tenants</c>: the businesses on this instance.</summary>
internal static class TenantPages
{
    public static void MapTenants(this RouteGroupBuilder instance)
    {
        instance.MapGet("/tenants", (HttpContext context, Tenants tenants) => ShowAsync(context, tenants, "", "UTC", []))
            .For(Permit.Instance);
        instance.MapPost("/tenants", CreateAsync).For(Permit.Instance);
    }

    static async Task<IResult> CreateAsync(HttpContext context, Tenants tenants)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (name, zone) = (form["name"].ToString().Trim(), form["time_zone"].ToString());
        var faults = TenantFaults.Of(context, name, zone);
        if (faults.Count > 0) return await ShowAsync(context, tenants, name, zone, faults);
        if (await tenants.CreateAsync(name, zone, context.RequestAborted) is null)
            return await ShowAsync(context, tenants, name, zone, [new("name", context.Say("settings.name.taken"))]);
        await context.NoteOfInstanceAsync("tenants.create", $"{name}, {zone}");
        return SeeOther(context, "/admin/instance/tenants", new(Tone.Good, context.Say("tenants.made", name)));
    }

    static async Task<IResult> ShowAsync(HttpContext context, Tenants tenants, string name, string zone, IReadOnlyList<Fault> faults) =>
        Page<TenantsPage, TenantsModel>(
            context, new(await tenants.ListAsync(context.RequestAborted), name, zone, faults), faults.Count > 0 ? 422 : 200);
}

/// <summary>The tenants of the instance, and the form that makes one.</summary>
/// <param name="Tenants">The tenants.</param>
/// <param name="Name">The name as it was typed last.</param>
/// <param name="TimeZone">The time zone as it was chosen last.</param>
/// <param name="Faults">What is wrong with them.</param>
public sealed record TenantsModel(IReadOnlyList<Tenant> Tenants, string Name, string TimeZone, IReadOnlyList<Fault> Faults);
