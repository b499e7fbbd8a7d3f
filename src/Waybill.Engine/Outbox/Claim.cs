using Waybill.Engine.Leasing;
using Waybill.Engine.Messages;
using Waybill.Engine.Relays;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Outbox;

/// <summary>A message that this node may work on while its lease lasts.</summary>
/// <param name="Message">Which message.</param>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Stream">Whose policy decides.</param>
/// <param name="Attempt">Which attempt comes next, from 1.</param>
/// <param name="Token">The fencing token: a change that names an older one changes nothing.</param>
public sealed record Claim(MessageId Message, TenantId Tenant, string Stream, int Attempt, long Token)
    : IClaim<Guid, DeliveryShare>
{
    /// <summary>Whose share of this node's places it takes.</summary>
    internal DeliveryShare Share { get; init; }

    Guid IClaim<Guid, DeliveryShare>.Key => Message.Value;

    DeliveryShare IClaim<Guid, DeliveryShare>.Share => Share;
}
