using System.Net;
using System.Net.Sockets;

namespace Waybill.Engine.Fetching;

/// <summary>
/// Decides which addresses Waybill may fetch from and post to on behalf of somebody else: the public internet, and what the operator
/// allows. It is asked about each address just before it is connected to, never about a name.
/// </summary>
public sealed class AddressGuard(AllowedNets allowed)
{
    /// <summary>Judges one address. The allow list is compared with the address itself, never with an IPv4 that is wrapped inside it,
    /// except for the mapped form (RFC 4291 §2.5.5.2), which the operating system connects to as plain IPv4.</summary>
    public GuardVerdict Judge(IPAddress address)
    {
        if (HasScope(address)) return new GuardVerdict.Forbidden($"{address} is bound to one network interface");
        var plain = Canonical(address);
        if (allowed.Contains(plain)) return new GuardVerdict.Allowed();
        return SpecialNets.ReasonAgainst(plain) is { } reason ? new GuardVerdict.Forbidden(reason) : new GuardVerdict.Allowed();
    }

    /// <summary>The form in which an address is judged and connected to: ::ffff:192.0.2.1 is 192.0.2.1.</summary>
    internal static IPAddress Canonical(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    static bool HasScope(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0;
}
