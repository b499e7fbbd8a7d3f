using Waybill.Engine.Accounts;
using Waybill.Server.Admin.Access;

namespace Waybill.Server.Admin.Start;

/// <summary><c>/admin/start</c>: from an empty instance to the first mail, in steps that can be skipped.</summary>
internal static class StartRoutes
{
    /// <summary>Where an owner is led until it is over.</summary>
    public const string Path = "/admin/start";

    public static void MapStart(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpContext context, StartDesk desk) => desk.ResumeAsync(context)).For(Permit.Instance);
        routes.MapPost(Path + "/end", (HttpContext context, StartDesk desk) => desk.EndAsync(context)).For(Permit.Instance);
        routes.MapGet(Path + "/mail", (HttpContext context, StartMail mail) => mail.Show(context)).For(Permit.Instance);
        routes.MapPost(Path + "/mail", (HttpContext context, StartMail mail) => mail.SaveAsync(context)).For(Permit.Instance);
        routes.MapPost(Path + "/mail/test", (HttpContext context, StartMail mail) => mail.TestAsync(context)).For(Permit.Instance);
        routes.MapGet(Path + "/brand", (HttpContext context, StartBrand brand) => brand.ShowAsync(context)).For(Permit.Instance);
        routes.MapPost(Path + "/brand", (HttpContext context, StartBrand brand) => brand.SaveAsync(context)).For(Permit.Instance);
        routes.MapGet(Path + "/test", (HttpContext context) => StartDesk.ShowTest(context)).For(Permit.Instance);
        routes.MapPost(Path + "/test", (HttpContext context, StartDesk desk) => desk.SendTestAsync(context)).For(Permit.Instance);
        routes.MapGet(Path + "/key", (HttpContext context, StartDesk desk) => desk.ShowKeyAsync(context)).For(Permit.Instance);
        routes.MapPost(Path + "/key", (HttpContext context, StartDesk desk) => desk.MakeKeyAsync(context)).For(Permit.Instance);
    }
}
