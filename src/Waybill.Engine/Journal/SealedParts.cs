using System.Text.Json;
using Waybill.Engine.Secrets;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Journal;

/// <summary>A message's parts with its secret values in them, sealed; erased once they were used, or when their lifetime is over.</summary>
public sealed record SealedParts(byte[] Box, DateTimeOffset Until)
{
    /// <summary>The lifetime of a secret whose template names none: a week, as an invitation's link has.</summary>
    public static TimeSpan StandardLifetime { get; } = TimeSpan.FromDays(7);

    /// <summary>Seals them for a tenant.</summary>
    public static SealedParts Seal(DataKeys keys, TenantId tenant, MessageParts parts, DateTimeOffset until) =>
        new(
            keys.Seal(
                Packed.Pack(JsonSerializer.SerializeToUtf8Bytes(parts, KeptJson.Form.MessageParts)),
                SealingContext.MessageParts(tenant.Value)), until);

    /// <summary>Opens them.</summary>
    public static MessageParts Open(DataKeys keys, TenantId tenant, byte[] box) =>
        JsonSerializer.Deserialize(Packed.Unpack(keys.Open(box, SealingContext.MessageParts(tenant.Value))), KeptJson.Form.MessageParts)!;
}
