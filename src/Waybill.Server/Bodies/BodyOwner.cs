using Waybill.Server.Admin.Access;
using Waybill.Server.Api;

namespace Waybill.Server.Bodies;

/// <summary>Whose body it is, for the shares of the budget: the tenant of a key, or of who is signed in; all others are one.</summary>
internal static class BodyOwner
{
    public static Guid Of(HttpContext context) =>
        context.Features.Get<Caller>()?.Tenant.Value ?? context.Features.Get<Visitor>()?.LastTenant?.Id.Value ?? Guid.Empty;
}
