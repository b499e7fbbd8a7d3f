using Waybill.Engine.Accounts;
using Waybill.Engine.Tenancy;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages.Settings;
using Waybill.Server.Admin.Access;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Tenancy;

/// <summary>
/// <c>/settings</c> of a tenant: what it is called, the zone of the dates in its mails, and, for operators of the instance to set, the domains
/// that it may send from.
/// </summary>
internal static class TenantSettingsPages
{
    public static void MapTenantSettings(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/settings", (HttpContext context) => Show(context, Of(context.Visitor().Tenant!))).For(Permit.Read);
        tenant.MapPost("/settings", ChangeAsync).For(Permit.Settings);
        tenant.MapPost("/settings/senders", GrantAsync).For(Permit.Instance);
    }

    static async Task<IResult> ChangeAsync(HttpContext context, Tenants tenants)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var tenant = context.Visitor().Tenant!;
        var (name, zone) = (tenant.Name == Tenants.First ? tenant.Name : form["name"].ToString().Trim(), form["time_zone"].ToString());
        var shown = Of(tenant) with { Name = name, TimeZone = zone };
        var faults = TenantFaults.Of(context, name, zone);
        if (faults.Count > 0) return Show(context, shown with { Faults = faults });
        if (!await tenants.ChangeAsync(tenant, name, zone, context.RequestAborted))
            return Show(context, shown with { Faults = [new("name", context.Say("settings.name.taken"))] });
        await context.NoteAsync("settings.change", name == tenant.Name ? zone : $"{tenant.Name} → {name}, {zone}");
        return SeeOther(context, $"/admin/t/{name}/settings", new(Tone.Good, context.Say("settings.saved")));
    }

    static async Task<IResult> GrantAsync(HttpContext context, Tenants tenants)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var tenant = context.Visitor().Tenant!;
        var typed = form["sender_domains"].ToString();
        var entries = typed.Split(['\r', '\n', ' ', '\t', ',', ';'], StringSplitOptions.RemoveEmptyEntries);
        if (!SenderGrant.TryRead(entries, out var grant, out var wrong))
            return Show(context, Of(tenant) with { Senders = typed, SenderFaults = [new("sender_domains", context.Say("settings.senders.wrong", wrong))] });
        await tenants.GrantAsync(tenant.Id, entries.Length > 0 ? grant : null, CancellationToken.None);
        await context.NoteAsync("tenants.grant", entries.Length > 0 ? grant.ToString() : "");
        return SeeOther(context, $"/admin/t/{tenant.Name}/settings", new(Tone.Good, context.Say("settings.senders.saved")));
    }

    static Shown Of(Tenant tenant) => new(tenant.Name, tenant.TimeZone)
    {
        Senders = string.Join('\n', tenant.Granted?.Domains ?? []),
        GrantedSenders = tenant.Senders.ToString(),
    };

    static IResult Show(HttpContext context, Shown shown)
    {
        var tenant = context.Visitor().Tenant!;
        return Page<TenantSettingsPage>(
            context,
            new
            {
                Id = tenant.Id.ToString(),
                shown.Name,
                shown.TimeZone,
                IsFirst = tenant.Name == Tenants.First,
                shown.Senders,
                shown.GrantedSenders,
                shown.Faults,
                shown.SenderFaults,
            },
            shown.Faults.Count + shown.SenderFaults.Count > 0 ? 422 : 200);
    }

    /// <summary>What the page shows: the tenant as it is, or as it was typed.</summary>
    sealed record Shown(string Name, string TimeZone)
    {
        public string Senders { get; init; } = "";

        public string GrantedSenders { get; init; } = "";

        public IReadOnlyList<Fault> Faults { get; init; } = [];

        public IReadOnlyList<Fault> SenderFaults { get; init; } = [];
    }
}
