using Waybill.Engine.Accounts;
using Waybill.Screens.Pages.Account;
using Waybill.Server.Admin.Access;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Account;

/// <summary>The second factor of one's own account. A key that is not confirmed yet is in the form and nowhere else.</summary>
internal static class TotpPages
{
    const string Path = AccountPages.Path + "/totp";

    public static void MapTotp(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).ForSignedIn();
        routes.MapPost(Path, TurnOnAsync).ForSignedIn();
        routes.MapPost(Path + "/codes", RenewCodesAsync).ForSignedIn();
        routes.MapPost(Path + "/off", TurnOffAsync).ForSignedIn();
    }

    static Task<IResult> ShowAsync(HttpContext context, OwnAccount own) =>
        context.Visitor().Person.HasTotp
        ? OnAsync(context, own, [])
        : Task.FromResult(SetUp(context, OwnAccount.NewAuthenticatorKey(), []));

    static async Task<IResult> TurnOnAsync(HttpContext context, OwnAccount own)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var key = form["key"].ToString();
        var change = await own.TurnTotpOnAsync(
            context.Actor(), context.Visitor().Session, key, form["code"].ToString(), form["present"].ToString(), context.RequestAborted);
        if (change is AccountChange.Refused(var faults) && faults.All(fault => fault.Field.Length > 0)) return SetUp(context, key, faults);
        return Codes(context, change);
    }

    static async Task<IResult> RenewCodesAsync(HttpContext context, OwnAccount own)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var change = await own.RenewCodesAsync(context.Actor(), form["present"].ToString(), context.RequestAborted);
        return change is AccountChange.Refused(var faults) ? await OnAsync(context, own, faults) : Codes(context, change);
    }

    static async Task<IResult> TurnOffAsync(HttpContext context, OwnAccount own)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return await own.TurnTotpOffAsync(
            context.Actor(), form["present"].ToString(), context.RequestAborted) is AccountChange.Refused(var faults)
            ? await OnAsync(context, own, faults)
            : SeeOther(context, AccountPages.Path, AccountPages.Notice(context, "account.totp.turned-off"));
    }

    static IResult SetUp(HttpContext context, string key, IReadOnlyList<AccountFault> faults) => Page<TotpPage>(
        context, new { Key = key, Uri = OwnAccount.AuthenticatorUri(context.Visitor().Person, key), Faults = faults },
        faults.Count > 0 ? 422 : 200);

    static async Task<IResult> OnAsync(HttpContext context, OwnAccount own, IReadOnlyList<AccountFault> faults) => Page<TotpPage>(
        context, new { CodesLeft = await own.CountCodesAsync(context.Visitor().Person.Id, context.RequestAborted), Faults = faults },
        faults.Count > 0 ? 422 : 200);

    /// <summary>Shown in the answer itself: kept nowhere, they could not be shown by the page after it.</summary>
    static IResult Codes(HttpContext context, AccountChange change) => change is AccountChange.DoneWithCodes(_, var codes)
        ? Page<RecoveryCodesPage>(context, new { Codes = codes })
        : SeeOther(context, Path);
}
