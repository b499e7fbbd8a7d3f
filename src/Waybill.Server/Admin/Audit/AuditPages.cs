using Waybill.Engine.Accounts;
using Waybill.Screens.Pages.Audit;
using Waybill.Server.Admin.Access;
using Waybill.Server.Admin.Joining;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Audit;

/// <summary>The audit of a tenant or of the whole instance.</summary>
internal static class AuditPages
{
    const int PageSize = 50;

    /// <summary>Maps it below <c>/admin/t/{tenant}</c> or <c>/admin/instance</c>.</summary>
    public static void MapAudit(this RouteGroupBuilder place) => place.MapGet("/audit", ShowAsync).For(Permit.Audit);

    static async Task<IResult> ShowAsync(HttpContext context, AuditTrail audit, TimeProvider clock)
    {
        var asked = AuditQuery.Read(context.Request.Query);
        var place = PeopleScope.Of(context);
        var (since, isWrong) = asked.SinceWhen(clock.GetUtcNow());
        var entries = isWrong ? [] : await audit.ListAsync(
            place.Id, new(asked.After, Null(asked.Act), Null(asked.Who), since), PageSize + 1, context.RequestAborted);
        var shown = entries.Take(PageSize).ToList();
        var path = place.Path + "/audit";
        return Page<AuditPage>(
            context,
            new
            {
                Entries = shown,
                place.IsInstance,
                Path = path,
                asked.Who,
                asked.Act,
                asked.Since,
                Fault = isWrong ? Frames.Of(context).T("audit.since.wrong") : null,
                OlderHref = entries.Count > PageSize ? path + (asked with { After = shown[^1].Id }).Text() : null,
                NewestHref = asked.After is null ? null : path + (asked with { After = null }).Text(),
            },
            isWrong ? 422 : 200);
    }

    static string? Null(string text) => text.Length > 0 ? text : null;
}
