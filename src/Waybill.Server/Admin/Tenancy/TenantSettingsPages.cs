using Waybill.Engine.Accounts;
using Waybill.Engine.Tenancy;
using Waybill.Screens.Framing;
using Waybill.Server.Admin.Access;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Tenancy;

/// <summary>
/// <c>/settings</c> of a tenant: what it is called, the zone of the dates in its mails, and, for operators of the instance to set, the
/// domains that it may send from.
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
            return Show(
                context,
                Of(tenant) with { Senders = typed, SenderFaults = [new("sender_domains", context.Say("settings.senders.wrong", wrong))] });
        await tenants.GrantAsync(tenant.Id, entries.Length > 0 ? grant : null, CancellationToken.None);
        await context.NoteAsync("tenants.grant", entries.Length > 0 ? grant.ToString() : "");
        return SeeOther(context, $"/admin/t/{tenant.Name}/settings", new(Tone.Good, context.Say("settings.senders.saved")));
    }

    static TenantSettingsModel Of(Tenant tenant) => new(tenant.Id.ToString(), tenant.Name, tenant.TimeZone)
    {
        IsFirst = tenant.Name == Tenants.First,
        Senders = string.Join('\n', tenant.Granted?.Domains ?? []),
        GrantedSenders = tenant.Senders.ToString(),
    };

    static IResult Show(HttpContext context, TenantSettingsModel model) =>
        Page<TenantSettingsPage, TenantSettingsModel>(context, model, model.Faults.Count + model.SenderFaults.Count > 0 ? 422 : 200);
}

/// <summary>The settings of a tenant: as they are, or as they were typed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What it is called.</param>
/// <param name="TimeZone">The zone of the dates in its mails.</param>
public sealed record TenantSettingsModel(string Id, string Name, string TimeZone)
{
    /// <summary>Whether it is the instance's first tenant, which keeps its name.</summary>
    public bool IsFirst { get; init; }

    /// <summary>The domains that an operator of the instance gave it, one a line; empty: not set.</summary>
    public string Senders { get; init; } = "";

    /// <summary>The domains that hold, set or not.</summary>
    public string GrantedSenders { get; init; } = "";

    /// <summary>What is wrong with name or time zone.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>What is wrong with the domains.</summary>
    public IReadOnlyList<Fault> SenderFaults { get; init; } = [];
}
