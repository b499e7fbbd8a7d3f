using Waybill.Engine.Accounts;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages.Access;
using Waybill.Server.Http;

namespace Waybill.Server.Admin.Access;

/// <summary>The way to a new password for who lost the old one. What it answers tells nobody who has an account.</summary>
internal static class ResetPages
{
    /// <summary>Where it is asked for; the link's secret stands behind it.</summary>
    public const string Path = "/admin/reset";

    public static void MapReset(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpContext context) => Pages.Page<AskResetPage>(context, new { })).ForEverybody();
        routes.MapPost(Path, AskAsync).ForEverybody().RequireRateLimiting(EntryLimits.Asking);
        routes.MapGet(Path + "/{token}", ShowAsync).ForEverybody();
        routes.MapPost(Path + "/{token}", ResetAsync).ForEverybody().RequireRateLimiting(EntryLimits.Entering);
    }

    static async Task<IResult> AskAsync(HttpContext context, PasswordResets resets)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var email = form["email"].ToString();
        if (PasswordResets.Faults(email) is { Count: > 0 } faults)
            return Pages.Page<AskResetPage>(context, new { Email = email, Faults = faults }, 422);
        await resets.AskAsync(email.Trim(), context.Machine().Address, context.RequestAborted);
        return Pages.SeeOther(context, "/admin/sign-in", new Notice(Tone.Waiting, Frames.Of(context).T("reset.asked")));
    }

    static async Task<IResult> ShowAsync(string token, HttpContext context, Links links) =>
        await links.FindAsync(LinkKind.Reset, token, context.RequestAborted) is null
        ? Gone(context)
        : Pages.Page<ResetPage>(context, new { });

    static async Task<IResult> ResetAsync(string token, HttpContext context, Links links, PasswordResets resets, PublicAddress address)
    {
        if (await links.FindAsync(LinkKind.Reset, token, context.RequestAborted) is not { } link) return Gone(context);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var change = await resets.ResetAsync(
            link, form["password"].ToString(), context.Machine().Address, address.Url + Path, context.RequestAborted);
        if (change is not AccountChange.Refused(var faults))
            return Pages.SeeOther(context, "/admin/sign-in", new Notice(Tone.Good, Frames.Of(context).T("reset.done")));
        return faults.Any(fault => fault.Code == AccountFault.LinkGone)
            ? Gone(context)
            : Pages.Page<ResetPage>(context, new { Faults = faults }, 422);
    }

    static IResult Gone(HttpContext context) => Refusals.Page(context, "reset", 404);
}
