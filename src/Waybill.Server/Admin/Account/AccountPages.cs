using Waybill.Engine.Accounts;
using Waybill.Engine.SigningIn;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages.Account;
using Waybill.Server.Admin.Access;
using Waybill.Server.Http;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Account;

/// <summary>What people change of their own account: name and language, password, sessions.</summary>
internal static class AccountPages
{
    /// <summary>Where it is.</summary>
    public const string Path = "/admin/account";

    public static void MapAccount(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpContext context, OwnAccount own, Sessions sessions) => ShowAsync(context, own, sessions)).ForSignedIn();
        routes.MapPost(Path, SaveAsync).ForSignedIn();
        routes.MapGet(Path + "/password", (HttpContext context) => Page<PasswordPage>(context, new { })).ForSignedIn();
        routes.MapPost(Path + "/password", ChangePasswordAsync).ForSignedIn();
        routes.MapPost(Path + "/sessions/revoke", RevokeAsync).ForSignedIn();
        routes.MapPost(Path + "/sessions/revoke-others", RevokeOthersAsync).ForSignedIn();
        routes.MapTotp();
        routes.MapOwnPasskeys();
    }

    /// <summary>A notice by the key of its text, in the language of the page that was asked from.</summary>
    public static Notice Notice(HttpContext context, string key, Tone tone = Tone.Good) => new(tone, Frames.Of(context).T(key));

    static async Task<IResult> ShowAsync(HttpContext context, OwnAccount own, Sessions sessions, string? name =
        null, string? language = null, IReadOnlyList<AccountFault>? faults = null)
    {
        var visitor = context.Visitor();
        var services = context.RequestServices;
        return Page<AccountPage>(
            context,
            new
            {
                visitor.Person,
                Name = name ?? visitor.Person.Name,
                Language = language ?? visitor.Person.Language,
                Sessions = await sessions.ListAsync(visitor.Person.Id, context.RequestAborted),
                Current = visitor.Session,
                CodesLeft = await own.CountCodesAsync(visitor.Person.Id, context.RequestAborted),
                Passkeys = await services.GetRequiredService<Passkeys>().ListAsync(visitor.Person.Id, context.RequestAborted),
                MayAddPasskey = services.GetRequiredService<PasskeySite>().IsPossible,
                Faults = faults ?? [],
            },
            faults is null ? 200 : 422);
    }

    static async Task<IResult> SaveAsync(HttpContext context, OwnAccount own, Sessions sessions)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (name, language) = (form["name"].ToString(), form["language"].ToString());
        if (await own.ChangeProfileAsync(context.Actor(), name, language, context.RequestAborted) is AccountChange.Refused(var faults))
            return await ShowAsync(context, own, sessions, name, language, faults);
        if (language != context.Visitor().Person.Language) Appearance.FollowPerson(context);
        return SeeOther(context, Path, new(Tone.Good, Screens.Texts.Wording.Of(language).Say("account.saved")));
    }

    static async Task<IResult> ChangePasswordAsync(HttpContext context, OwnAccount own, PublicAddress address)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var change = await own.ChangePasswordAsync(
            context.Actor(), context.Visitor().Session, form["present"].ToString(), form["password"].ToString(), address.Url
            + ResetPages.Path, context.RequestAborted);
        return change is AccountChange.Refused(var faults)
            ? Page<PasswordPage>(context, new { Faults = faults }, 422)
            : SeeOther(context, Path, Notice(context, "account.password.changed"));
    }

    static async Task<IResult> RevokeAsync(HttpContext context, OwnAccount own)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var isOver = SessionId.TryParse(form["session"], null, out var session)
            && await own.RevokeAsync(context.Actor(), session, context.RequestAborted);
        return SeeOther(
            context, Path, isOver ? Notice(context, "account.sessions.revoked") : Notice(context, "account.sessions.gone", Tone.Held));
    }

    static async Task<IResult> RevokeOthersAsync(HttpContext context, OwnAccount own)
    {
        var ended = await own.RevokeOthersAsync(context.Actor(), context.Visitor().Session, context.RequestAborted);
        return SeeOther(context, Path, new(Tone.Good, Frames.Of(context).Count("account.sessions.others-revoked", ended)));
    }
}
