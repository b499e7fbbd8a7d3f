using Waybill.Engine.Accounts;
using Waybill.Screens.Pages.Health;
using Waybill.Server.Admin.Access;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Health;

/// <summary><c>/admin/instance/health</c>: whether all is well, check by check, and what to do where it is not.</summary>
internal static class HealthPages
{
    public static void MapHealthPage(this RouteGroupBuilder instance) =>
        instance.MapGet("/health", async (HttpContext context, HealthLook look) =>
        Page<HealthPage>(context, new { Findings = await look.LookAsync(context.RequestAborted) })).For(Permit.Instance);
}
