using Waybill.Engine.Events;
using Waybill.Engine.Leasing;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Bus;

/// <summary>What is the bus's own about its claims.</summary>
internal static class DeliveryClaimRows
{
    /// <summary>A delivery whose process died this often while it held it is parked: it may be what kills them.</summary>
    public const int MostLost = 16;

    /// <summary>What the bus owes as a queue. What was lost too often is taken over, to be parked.</summary>
    public static LeasedRows<long, HandlingShare, DeliveryClaim> Rows { get; } = new(new(
        "event_deliveries", RowKey.Number("position"), Claimed: "handling",
        "position, event_id, subscription, lane, attempt, token, tenant_id", ReadClaim)
    {
        OnLost = ", lost = lost + 1",
        OnParked = ", lane = NULL",
        MayGoOn = $"lost + 1 < {MostLost}",
        StepPrefix = "bus-",
    });

    /// <summary>Parks what its process died with each time, without counting an attempt.</summary>
    public static async ValueTask ParkLostAsync(Session session, IReadOnlyList<DeliveryClaim> lost, DateTimeOffset now)
    {
        await Rows.ParkAsync(
            session,
            [.. lost.Select(
                claim => new Parking<DeliveryClaim>(claim, claim.Attempt - 1, now, "Its process died each time it was being handled."))]);
        await DeliveryRows.PromoteAsync(session, [.. lost.Select(claim => claim.Lane)]);
    }

    static DeliveryClaim ReadClaim(Row row) => new(
        row.Number(0), new EventKey(row.Id(1)), row.Text(2), row.IdOrNull(3), row.Count(4) + 1, row.Number(5), new TenantId(row.Id(6)));
}
