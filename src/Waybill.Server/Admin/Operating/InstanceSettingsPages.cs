using Waybill.Books;
using Waybill.Engine.Accounts;
using Waybill.Engine.Brands;
using Waybill.Mime.Addresses;
using Waybill.Screens.Framing;
using Waybill.Server.Admin.Access;
using Waybill.Server.Configuration;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Operating;

/// <summary><c>/admin/instance/settings</c>: what the configuration says and where from, and the operator's address.</summary>
internal static class InstanceSettingsPages
{
    const int LongestAddress = 1_000;

    public static void MapInstanceSettings(this RouteGroupBuilder instance)
    {
        instance.MapGet("/settings", async (HttpContext context, OperatorAddress address, IConfiguration configuration) =>
            Show(context, configuration, await address.FindAsync(context.RequestAborted) ?? "", [])).For(Permit.Instance);
        instance.MapPost("/settings", ChangeAsync).For(Permit.Instance);
    }

    static async Task<IResult> ChangeAsync(HttpContext context, OperatorAddress address, IConfiguration configuration)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var email = form["email"].ToString().Trim();
        if (email.Length > LongestAddress || !Address.TryParse(email, out _, out _))
            return Show(context, configuration, email, [new("email", context.Say("instance-settings.email.wrong"))]);
        await address.SetAsync(email, context.RequestAborted);
        await context.NoteOfInstanceAsync("instance.operator", email);
        return SeeOther(context, "/admin/instance/settings", new(Tone.Good, context.Say("instance-settings.saved")));
    }

    static IResult Show(HttpContext context, IConfiguration configuration, string email, IReadOnlyList<Fault> faults) =>
        Page<InstanceSettingsPage, InstanceSettingsModel>(
            context, new(Rows(context, configuration), email, faults), faults.Count > 0 ? 422 : 200);

    static SettingRow[] Rows(HttpContext context, IConfiguration configuration) =>
        [.. SettingFact.Read(configuration, context.RequestServices.GetServices<Book>())
            .Select(fact => new SettingRow(fact.Name, fact.Value, fact.Source))];
}

/// <summary>The settings of the instance.</summary>
/// <param name="Settings">Those of the configuration.</param>
/// <param name="Email">The operator's address, or what was typed.</param>
/// <param name="Faults">What is wrong with it.</param>
public sealed record InstanceSettingsModel(IReadOnlyList<SettingRow> Settings, string Email, IReadOnlyList<Fault> Faults);
