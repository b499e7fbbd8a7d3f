using Waybill.Engine.Leasing;
using Waybill.Engine.Routing;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Relays;

/// <summary>Whose share of this node's places a message is claimed under.</summary>
/// <param name="Tenant">Whose message it is.</param>
/// <param name="Relay">The relay that it goes by.</param>
/// <param name="WaitsForRelay">Whether it waits in the queue while that relay rests, see <see cref="StreamPolicy.WaitsForRelay"/>.</param>
internal readonly record struct DeliveryShare(TenantId Tenant, Guid Relay, bool WaitsForRelay) : IShare<DeliveryShare>
{
    const int Length = 33;

    /// <summary>That of a message of a stream.</summary>
    public static DeliveryShare Of(TenantId tenant, StreamPolicy stream, Guid? relay) =>
        new(tenant, stream.DefaultRelayOnly ? WellKnownRelays.Default : relay ?? WellKnownRelays.Default, stream.WaitsForRelay);

    /// <summary>That of a message that a person wants handed over now, whatever is known of its relay.</summary>
    public static DeliveryShare AtOnce(TenantId tenant, Guid? relay) => new(tenant, relay ?? WellKnownRelays.Default, WaitsForRelay: false);

    public static DeliveryShare Read(ReadOnlySpan<byte> bytes) => bytes.Length == Length
        ? new(new TenantId(new Guid(bytes[..16], bigEndian: true)), new Guid(bytes[16..32], bigEndian: true), bytes[32] == 1)
        : throw new FormatException($"The share of a message has {Length} bytes, not {bytes.Length}.");

    public byte[] ToBytes() =>
        [.. Tenant.Value.ToByteArray(bigEndian: true), .. Relay.ToByteArray(bigEndian: true), WaitsForRelay ? (byte)1 : (byte)0];
}
