using Waybill.Engine.Accounts;
using Waybill.Screens.Pages;

namespace Waybill.Server.Admin.Access;

/// <summary>The pages that say no.</summary>
internal static class Refusals
{
    /// <summary>A page that was asked for is shown after signing in; what was to be done is not done.</summary>
    public static IResult NotSignedIn(HttpContext context) => context.Request is var request && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        ? Results.Redirect(request.Path == "/admin" ? "/admin/sign-in" : "/admin/sign-in?return=" + Uri.EscapeDataString(request.Path + request.QueryString))
        : Page(context, "Sign in", "Your session is over. Sign in again, then repeat what you did: nothing was changed.", 401);

    public static IResult NotAllowed(HttpContext context, Permit permit) => Page(context,
        "Not allowed", $"Your role here does not allow this; it takes at least the role of {permit.LeastRole().Word()}. An owner can give it to you.", 403);

    public static IResult NoSuchPage(HttpContext context) => Page(context, "Not found", "There is no such page, or it is not yours to see.", 404);

    public static IResult StaleForm(HttpContext context) => Page(
        context, "Please send the form again", "The form was open for too long, or it did not come from this site. Go back, load the page again and repeat: nothing was changed.", 400);

    public static IResult UnreadableForm(HttpContext context) => Page(context, "This form cannot be read", "It holds a character that no text has, or far too many fields. Nothing was changed.", 400);

    static IResult Page(HttpContext context, string title, string sentence, int status) => Pages.Page<NotFoundPage>(context, new { Title = title, Sentence = sentence }, status);
}
