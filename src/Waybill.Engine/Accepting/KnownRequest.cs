using System.Security.Cryptography;
using Waybill.Engine.Keys;
using Waybill.Engine.Secrets;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Accepting;

/// <summary>
/// What a request is known again by: the API key, the tenant that it speaks for, the idempotency key, and what was asked.
/// </summary>
internal sealed record KnownRequest(ApiKeyId ApiKey, TenantId Tenant, string Key, byte[] Hash, byte[] PlainHash)
{
    /// <summary>
    /// Whether it is the request that this hash was kept for. Rows from before 0.5 have the plain one, for their 24 hours.
    /// </summary>
    public bool IsTheOneOf(byte[] kept) =>
        CryptographicOperations.FixedTimeEquals(kept, Hash) || CryptographicOperations.FixedTimeEquals(kept, PlainHash);
}

/// <summary>Keyed: from a plain hash of a body, a secret of six digits in it could be guessed.</summary>
internal sealed class RequestHash(DataKeys keys)
{
    readonly byte[] key = keys.Derive("idempotent requests");

    /// <summary>Null when the request cannot be repeated: it came without a key.</summary>
    public KnownRequest? Of(TenantId tenant, ApiKeyId? apiKey, IdempotencyKey? idempotency) => apiKey is { } who && idempotency is not null
        ? new(who, tenant, idempotency.Key, Of(tenant, idempotency.RequestHash), idempotency.RequestHash)
        : null;

    byte[] Of(TenantId tenant, byte[] requestHash) =>
        HMACSHA256.HashData(key, (byte[])[.. tenant.Value.ToByteArray(bigEndian: true), .. requestHash]);
}
