using Waybill.Engine.Accounts;
using Waybill.Engine.Counting;
using Waybill.Engine.Storage;
using Waybill.Screens.Pages.Overview;
using Waybill.Screens.Pages.Relays;
using Waybill.Server.Admin.Access;
using Waybill.Server.Admin.Relays;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Overview;

/// <summary><c>/overview</c>: what became of a tenant's mail, what waits, and how far its relays are used.</summary>
internal static class OverviewPages
{
    public static void MapOverview(this RouteGroupBuilder tenant) => tenant.MapGet("/overview", ShowAsync).For(Permit.Read);

    /// <summary>The time that a page is to be about: <c>?span=30d</c>, else the last 24 hours.</summary>
    public static TimeRange TimeRangeOf(HttpContext context)
    {
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        return context.Request.Query["span"] == SpanTabs.Days ? TimeRange.OfDays(now) : TimeRange.OfHours(now);
    }

    static async Task<IResult> ShowAsync(HttpContext context, IDatabase database, RelayRows relays, TimeProvider clock)
    {
        var (visitor, range) = (context.Visitor(), TimeRangeOf(context));
        return Page<OverviewPage>(context, new
        {
            TimeRange = range,
            Deliveries = await DeliveryCounts.ReadAsync(database, visitor.Tenant!.Id, range, context.RequestAborted),
            Backlog = await Backlog.ReadAsync(database, visitor.Tenant.Id, clock.GetUtcNow(), context.RequestAborted),
            Relays = visitor.May(Permit.Relays) ? await relays.ListAsync(visitor, context.RequestAborted) : (IReadOnlyList<RelayRow>)[],
        });
    }
}
