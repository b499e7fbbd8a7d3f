using System.Text;
using Waybill.Engine.Leasing;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Bus;

/// <summary>
/// Whose share of the handlers' places a delivery is claimed under: neither a tenant nor a subscription that hangs holds all of them.
/// </summary>
internal readonly record struct HandlingShare(TenantId Tenant, string Subscription) : IShare<HandlingShare>
{
    public static HandlingShare Read(ReadOnlySpan<byte> bytes) =>
        new(new TenantId(new Guid(bytes[..16], bigEndian: true)), Encoding.UTF8.GetString(bytes[16..]));

    public byte[] ToBytes() => [.. Tenant.Value.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(Subscription)];
}
