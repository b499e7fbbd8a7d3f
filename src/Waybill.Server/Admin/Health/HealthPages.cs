using Waybill.Engine.Accounts;
using Waybill.Engine.Duties;
using Waybill.Server.Admin.Access;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Health;

/// <summary><c>/admin/instance/health</c>: whether all is well, check by check, and what to do where it is not.</summary>
internal static class HealthPages
{
    public static void MapHealthPage(this RouteGroupBuilder instance) =>
        instance.MapGet("/health", ShowAsync).For(Permit.Instance);

    static async Task<IResult> ShowAsync(HttpContext context, HealthLook look, DutyRunner runner)
    {
        var duties = await runner.ListAsync(context.RequestAborted);
        return Page<HealthPage, HealthModel>(context, new(await look.LookAsync(duties, context.RequestAborted), duties));
    }
}

/// <summary>All that was found.</summary>
/// <param name="Findings">One of each check.</param>
/// <param name="Duties">What runs on a timer.</param>
public sealed record HealthModel(IReadOnlyList<HealthFinding> Findings, IReadOnlyList<DutyStanding> Duties);
