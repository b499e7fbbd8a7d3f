
namespace Waybill.Engine.Relays;

/// <summary>A relay that the settings make beside the default one, under an id of its own.</summary>
public sealed record FixedRelay(Guid Id, Relay Relay);
