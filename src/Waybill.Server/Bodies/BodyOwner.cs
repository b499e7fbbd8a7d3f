using System.Security.Cryptography;
using System.Text;
using Waybill.Engine.Accounts;
using Waybill.Server.Admin.Access;
using Waybill.Server.Api;

namespace Waybill.Server.Bodies;

/// <summary>
/// Whose body it is, for the shares of the budget: the tenant of a key, or of who is signed in; without a tenant the person; and of
/// strangers, who are asked for a password or choose one, the net that they come from. So no stranger keeps another from signing in.
/// </summary>
internal static class BodyOwner
{
    public static Guid Of(HttpContext context)
    {
        if (context.Features.Get<Caller>() is { } caller) return caller.Tenant.Value;
        if (context.Features.Get<Visitor>() is { } visitor) return visitor.LastTenant?.Id.Value ?? visitor.Person.Id.Value;
        return OfNet(context.Connection.RemoteIpAddress?.ToString() ?? "");
    }

    /// <summary>One for each IPv4 address and each IPv6 /64.</summary>
    public static Guid OfNet(string address) => new(SHA256.HashData(Encoding.UTF8.GetBytes(new Machine(address, "").Net)).AsSpan(0, 16));
}
