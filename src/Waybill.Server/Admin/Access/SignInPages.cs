using Waybill.Engine.Accounts;
using Waybill.Engine.SigningIn;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages.Access;
using Waybill.Server.Configuration;
using Waybill.Server.Http;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Access;

/// <summary>The pages that lead to a session and out of it.</summary>
internal static class SignInPages
{
    const string Path = "/admin/sign-in";

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).ForEverybody();
        routes.MapPost(Path, SignInAsync).ForEverybody().RequireRateLimiting(EntryLimits.Entering);
        routes.MapGet(Path + "/code", ShowCode).ForEverybody();
        routes.MapPasskeySignIn();
        routes.MapPost(Path + "/code", GiveCodeAsync).ForEverybody().RequireRateLimiting(EntryLimits.Entering);
        routes.MapPost("/admin/sign-out", SignOutAsync).ForSignedIn();
    }

    static async Task<IResult> ShowAsync(HttpContext context, People people)
    {
        var asked = ReturnPath.Read(context, context.Request.Query["return"]);
        if (context.VisitorOrNull() is not null) return Results.Redirect(asked);
        return Show(context, "", asked, objection: null, 200, await people.HasOwnerAsync(context.RequestAborted));
    }

    /// <summary>The page, with what was typed and what was wrong with it.</summary>
    public static IResult Show(HttpContext context, string email, string asked, string? objection, int status, bool hasOwner = true)
    {
        var services = context.RequestServices;
        return Page<SignInPage>(
            context,
            new
            {
                Email = email,
                Return = asked,
                Objection = objection,
                IsInsecure = LosesCookies(context.Request, services.GetRequiredService<Settings>()),
                HasOwner = hasOwner,
                PasskeyDomain = services.GetRequiredService<PasskeySite>() is { IsPossible: true, Domain: var domain } ? domain : null,
            },
            status);
    }

    static async Task<IResult> SignInAsync(HttpContext context, SignIn signIn)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (email, asked) = (form["email"].ToString(), ReturnPath.Read(context, form["return"]));
        var outcome = await signIn.TryPasswordAsync(email, form["password"].ToString(), context.Machine(), context.RequestAborted);
        return Admit(context, outcome, asked) ?? Show(context, email, asked, Objection(outcome), Status(context, outcome));
    }

    /// <summary>Where somebody goes whose password was right; null when it was not.</summary>
    public static IResult? Admit(HttpContext context, SignInOutcome outcome, string asked)
    {
        switch (outcome)
        {
            case SignInOutcome.Entered(var secret, var known):
                SessionCookie.Write(context.Response, secret, Sessions.Lifetime);
                DeviceCookie.Write(context.Response, known);
                return new SeeOther(asked);
            case SignInOutcome.NeedsCode(var secret):
                SessionCookie.Write(context.Response, secret, Sessions.CodeLifetime, SessionCookie.HalfName);
                return new SeeOther($"{Path}/code?return={Uri.EscapeDataString(asked)}");
            default:
                return null;
        }
    }

    static IResult ShowCode(HttpContext context) => SessionCookie.Read(context.Request, SessionCookie.HalfName) is null
        ? Results.Redirect(Path)
        : Page<CodePage>(context, new { Return = ReturnPath.Read(context, context.Request.Query["return"]) });

    static async Task<IResult> GiveCodeAsync(HttpContext context, SignIn signIn, PublicAddress address)
    {
        if (SessionCookie.Read(context.Request, SessionCookie.HalfName) is not { } half) return new SeeOther(Path);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var asked = ReturnPath.Read(context, form["return"]);
        var outcome =
            await signIn.TryCodeAsync(
                half, form["code"].ToString(), context.Machine(), address.Url + ResetPages.Path, context.RequestAborted);
        if (outcome is SignInOutcome.Wrong or SignInOutcome.CodesThrottled)
            return Page<CodePage>(context, new { Return = asked, Objection = Objection(outcome) }, Status(context, outcome));
        SessionCookie.Remove(context.Response, SessionCookie.HalfName);
        return Admit(context, outcome, asked)
            ?? SeeOther(context, $"{Path}?return={Uri.EscapeDataString(asked)}", new(Tone.Held, context.Say("access.code.over")));
    }

    static async Task<IResult> SignOutAsync(HttpContext context, SignIn signIn)
    {
        await signIn.SignOutAsync(context.Visitor().Session, context.Actor(), context.RequestAborted);
        SessionCookie.Remove(context.Response);
        return new SeeOther(Path);
    }

    /// <summary>Whether a browser would drop our cookies: plain HTTP from another machine, as far as we and the settings know.</summary>
    static bool LosesCookies(HttpRequest request, Settings settings) =>
        !request.IsHttps && settings.PublicUrl?.Scheme != Uri.UriSchemeHttps
        && !(request.Host.Host is "localhost" or "[::1]" || request.Host.Host.StartsWith("127.", StringComparison.Ordinal));

    static string Objection(SignInOutcome outcome) => outcome switch
    {
        SignInOutcome.Throttled => "access.throttled",
        SignInOutcome.CodesThrottled => "access.code.throttled",
        SignInOutcome.Busy => "access.busy",
        _ => "access.wrong",
    };

    static int Status(HttpContext context, SignInOutcome outcome)
    {
        var (status, seconds) = outcome switch
        {
            SignInOutcome.Throttled => (429, "60"),
            SignInOutcome.CodesThrottled => (429, "3600"),
            SignInOutcome.Busy => (503, "5"),
            _ => (422, null),
        };
        if (seconds is not null) context.Response.Headers.RetryAfter = seconds;
        return status;
    }
}
