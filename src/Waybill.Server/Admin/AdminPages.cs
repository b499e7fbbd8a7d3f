using Waybill.Screens.Pages;
using Waybill.Screens.Pages.Design;
using Waybill.Server.Admin.Access;
using Waybill.Server.Admin.Messages;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin;

/// <summary>The pages of those who sign in; each area maps its own.</summary>
internal static class AdminPages
{
    public static void MapAdmin(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/admin"));
        routes.MapSignIn();
        routes.MapFirst();
        routes.MapPost("/admin/look", (Delegate)Look.ChooseAsync).ForEverybody(); // as a delegate: a RequestDelegate's result would be thrown away
        routes.MapGet("/admin", Home).ForSignedIn();
        routes.MapGet("/admin/design", (HttpContext context) => Page<DesignPage>(context, new { })).ForSignedIn();
        var tenant = routes.MapGroup("/admin/t/{tenant}");
        tenant.MapMessageList();
        tenant.MapMessages();
    }

    /// <summary>Where the visitor was last, else the first place where they may go.</summary>
    static IResult Home(HttpContext context) => (context.Visitor().LastTenant ?? (context.Visitor().Tenants is [var first, ..] ? first : null)) is { } tenant
        ? Results.Redirect($"/admin/t/{tenant.Name}/messages")
        : Page<NotFoundPage>(context, new { Title = "Nothing here yet", Sentence = "You are signed in, but a member of nothing. An owner can invite you." });
}
