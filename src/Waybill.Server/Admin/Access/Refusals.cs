using Waybill.Engine.Accounts;
using Waybill.Screens.Pages.Access;

namespace Waybill.Server.Admin.Access;

/// <summary>The pages that say no.</summary>
internal static class Refusals
{
    /// <summary>A page that was asked for is shown after signing in; what was to be done is not done.</summary>
    public static IResult NotSignedIn(HttpContext context) =>
        context.Request is var request && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        ? Results.Redirect(request.Path == "/admin" ? "/admin/sign-in" : SignIn(request.Path + request.QueryString))
        : Page(context, "sign-in", 401, href: SignIn(WayBack.From(context)));

    public static IResult NotAllowed(HttpContext context, Permit permit) =>
        Page(context, "role", 403, Frames.Of(context).T($"role.{permit.LeastRole().Word()}"));

    public static IResult NoSuchPage(HttpContext context, int status = 404) => Page(context, "page", status);

    public static IResult StaleForm(HttpContext context) => Page(context, "stale", 400);

    public static IResult UnreadableForm(HttpContext context) => Page(context, "form", 400);

    /// <summary>What broke outside or in us, with the id that the log has it under.</summary>
    public static IResult Broken(HttpContext context, int status) => status switch
    {
        503 => Page(context, "away", status, context.TraceIdentifier),
        507 => Page(context, "full", status, context.TraceIdentifier),
        413 => Page(context, "large", status),
        < 500 => Page(context, "form", status),
        _ => Page(context, "defect", status, context.TraceIdentifier),
    };

    /// <summary>A refusal by the name of its texts.</summary>
    public static IResult Page(HttpContext context, string kind, int status, string? detail = null, string href = "/admin") =>
        Pages.Page<RefusalPage>(context, new { Kind = kind, Detail = detail, Href = href }, status);

    static string SignIn(string path) => "/admin/sign-in?return=" + Uri.EscapeDataString(path);
}
