using Waybill.Engine.Bus;

namespace Waybill.HandlingNode;

/// <summary>What the handlers take.</summary>
[EventName("order.strung")]
internal sealed record Strung(string Order);
