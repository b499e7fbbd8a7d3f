using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Leasing;

/// <summary>
/// Whose share of this node's places something queued is claimed under. A table keeps it as bytes, the tenant's 16 first.
/// </summary>
internal interface IShare<TSelf>
    where TSelf : struct, IShare<TSelf>
{
    TenantId Tenant { get; }

    byte[] ToBytes();

    static abstract TSelf Read(ReadOnlySpan<byte> bytes);
}
