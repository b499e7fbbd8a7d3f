using Waybill.Engine.Keys;
using Waybill.Engine.Tenancy;

namespace Waybill.Server.Api;

/// <summary>Who calls: the key, and the tenant that the request is about. An endpoint that asks for it is not reached without.</summary>
internal sealed record Caller(ApiKey Key, TenantId Tenant)
{
    public static ValueTask<Caller> BindAsync(HttpContext context) => new(
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("This endpoint is not behind a key."));
}
