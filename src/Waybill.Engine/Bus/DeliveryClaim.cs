using Waybill.Engine.Events;
using Waybill.Engine.Leasing;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Bus;

/// <summary>A delivery that this node may handle while its lease lasts.</summary>
/// <param name="Position">Which delivery.</param>
/// <param name="Event">Which event.</param>
/// <param name="Subscription">Who is to handle it.</param>
/// <param name="Lane">Whose order it keeps; null: none's.</param>
/// <param name="Attempt">Which attempt this is, from 1.</param>
/// <param name="Token">The fencing token: a change that names an older one changes nothing.</param>
/// <param name="Tenant">Whose event it is.</param>
internal sealed record DeliveryClaim(
    long Position, EventKey Event, string Subscription, Guid? Lane, int Attempt, long Token, TenantId Tenant)
    : IClaim<long, HandlingShare>
{
    /// <summary>Whose share of the handlers' places it takes.</summary>
    public HandlingShare Share => new(Tenant, Subscription);

    long IClaim<long, HandlingShare>.Key => Position;
}
