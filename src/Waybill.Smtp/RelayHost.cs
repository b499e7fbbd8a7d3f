using System.Net;
using System.Net.Sockets;

namespace Waybill.Smtp;

/// <summary>
/// Which addresses no relay can have: those that do not name one host. An operating system takes 0.0.0.0 for this machine when it is
/// connected to, so that it would pass for another host where loopback is asked about.
/// </summary>
public static class RelayHost
{
    static readonly (IPNetwork Net, string Nature)[] nobody =
    [
        (IPNetwork.Parse("0.0.0.0/8"), "stands for no host"),
        (IPNetwork.Parse("255.255.255.255/32"), "is the broadcast address"),
        (IPNetwork.Parse("224.0.0.0/4"), "is a multicast address"),
        (IPNetwork.Parse("240.0.0.0/4"), "is reserved"),
        (IPNetwork.Parse("::/128"), "stands for no host"),
        (IPNetwork.Parse("ff00::/8"), "is a multicast address"),
    ];

    /// <summary>IPv6 nets whose last four octets are an IPv4 address.</summary>
    static readonly IPNetwork[] wrapping = [IPNetwork.Parse("::ffff:0:0/96"), IPNetwork.Parse("64:ff9b::/96"),
        IPNetwork.Parse("::ffff:0:0:0/96")];

    /// <summary>Why a host, however it is spelled, can be no relay, in a clause with it as the subject; null: it may be one.</summary>
    public static string? Objection(string host) =>
        IPAddress.TryParse(host.Trim().TrimEnd('.'), out var address) && Nature(address) is { } nature
            ? $"{(address.ToString() == host ? host : $"{host} is {address}, which")} {nature}"
            : null;

    /// <summary>As above, of an address that a name has.</summary>
    internal static string? Objection(IPAddress address) => Nature(address) is { } nature ? $"{address} {nature}" : null;

    static string? Nature(IPAddress address)
    {
        var plain = Unwrapped(address);
        return Array.Find(nobody, one => one.Net.Contains(plain)).Nature;
    }

    static IPAddress Unwrapped(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 && Array.Exists(wrapping, net => net.Contains(address))
            ? new IPAddress(address.GetAddressBytes().AsSpan(12))
            : address;
}
