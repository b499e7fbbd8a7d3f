using Waybill.Engine.Accounts;
using Waybill.Engine.SigningIn;

namespace Waybill.Server.Admin.Access;

/// <summary>Signing in by a passkey: a script asks the authenticator and fills the form in.</summary>
internal static class PasskeyPages
{
    const string Path = "/admin/sign-in/passkey";

    public static void MapPasskeySignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, SignInAsync).ForEverybody().RequireRateLimiting(EntryLimits.Entering);
        routes.MapPost(Path + "/question", AskAsync).ForEverybody().RequireRateLimiting(EntryLimits.Entering);
    }

    /// <summary>What the authenticator is to answer, as the browser takes it; what it is found by here goes into a cookie.</summary>
    static async Task<IResult> AskAsync(HttpContext context, Passkeys passkeys)
    {
        var asked = await passkeys.AskAsync(context.RequestAborted);
        PasskeyCookie.Write(context, asked);
        return Results.Text(asked.Options, "application/json");
    }

    static async Task<IResult> SignInAsync(HttpContext context, Passkeys passkeys)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var asked = ReturnPath.Read(context, form["return"]);
        var outcome = PasskeyCookie.Take(context) is { } secret
            ? await passkeys.SignInAsync(secret, form["credential"].ToString(), context.Machine(), context.RequestAborted)
            : new SignInOutcome.Expired();
        return SignInPages.Admit(context, outcome, asked) ?? SignInPages.Show(context, "", asked, "access.passkey.wrong", 422);
    }
}

/// <summary>The cookie that a question to an authenticator is found by, until it is answered.</summary>
internal static class PasskeyCookie
{
    const string Name = "__Host-waybill-passkey";

    public static void Write(HttpContext context, PasskeyAsking.Asked asked) =>
        SessionCookie.Write(context.Response, asked.Secret, lifetime: null, Name);

    /// <summary>What it holds; it is gone then.</summary>
    public static string? Take(HttpContext context)
    {
        if (SessionCookie.Read(context.Request, Name) is not { } secret) return null;
        SessionCookie.Remove(context.Response, Name);
        return secret;
    }
}
