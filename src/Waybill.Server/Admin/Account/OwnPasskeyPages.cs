using Waybill.Engine.Accounts;
using Waybill.Engine.SigningIn;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages.Account;
using Waybill.Server.Admin.Access;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Account;

/// <summary>One's own passkeys: a name and the password first, then the authenticator makes one.</summary>
internal static class OwnPasskeyPages
{
    const string Path = AccountPages.Path + "/passkeys";

    public static void MapOwnPasskeys(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (Delegate)ShowForm).ForSignedIn();
        routes.MapPost(Path, BeginAsync).ForSignedIn();
        routes.MapPost(Path + "/add", AddAsync).ForSignedIn();
        routes.MapPost(Path + "/remove", RemoveAsync).ForSignedIn();
    }

    static IResult ShowForm(HttpContext context) => Form(context, "", []);

    static async Task<IResult> BeginAsync(HttpContext context, Passkeys passkeys, PasskeySite site)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var name = form["name"].ToString();
        var asking = await passkeys.BeginAddingAsync(context.Actor(), name, form["present"].ToString(), context.RequestAborted);
        if (asking is not PasskeyAsking.Asked asked) return Form(context, name, ((PasskeyAsking.Refused)asking).Faults);
        PasskeyCookie.Write(context, asked);
        return Page<MakePasskeyPage>(context, new { Name = name, asked.Options, site.Domain });
    }

    static async Task<IResult> AddAsync(HttpContext context, Passkeys passkeys)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var change = PasskeyCookie.Take(context) is { } secret
            ? await passkeys.AddAsync(context.Actor(), secret, form["credential"].ToString(), context.RequestAborted)
            : new AccountChange.Refused([new("", "passkey.refused")]);
        return change is AccountChange.Refused(var faults)
            ? Form(context, "", faults)
            : SeeOther(context, AccountPages.Path, AccountPages.Notice(context, "account.passkey.added"));
    }

    static async Task<IResult> RemoveAsync(HttpContext context, Passkeys passkeys)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var isGone = Guid.TryParseExact(form["passkey"], "D", out var id)
            && await passkeys.RemoveAsync(context.Actor(), id, context.RequestAborted);
        return SeeOther(context, AccountPages.Path, isGone
            ? AccountPages.Notice(context, "account.passkey.removed")
            : AccountPages.Notice(context, "account.passkey.gone", Tone.Held));
    }

    static IResult Form(HttpContext context, string name, IReadOnlyList<AccountFault> faults) =>
        Page<AddPasskeyPage>(context, new { Name = name, Faults = faults }, faults.Count > 0 ? 422 : 200);
}
