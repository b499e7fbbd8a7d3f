using System.Net;
using System.Net.Sockets;

namespace Waybill.Engine.Fetching;

/// <summary>
/// The nets that are not the public internet: IANA's special-purpose registries (RFC 6890), multicast, and every prefix
/// under which an IPv6 address can stand for an IPv4 one. The first net that holds an address gives the reason.
/// </summary>
internal static class SpecialNets
{
    static readonly IPNetwork globalUnicast = IPNetwork.Parse("2000::/3");

    static readonly SpecialNet[] nets =
    [
        new("0.0.0.0/8", "means this host itself"),
        new("10.0.0.0/8", "is private"),
        new("100.64.0.0/10", "is shared inside a provider's network"),
        new("127.0.0.0/8", "is a loopback address"),
        // Azure answers its virtual machines here, with their secrets, from an address that looks public.
        new("168.63.129.16/32", "is a cloud platform's own"),
        new("169.254.0.0/16", "is link-local"),
        new("172.16.0.0/12", "is private"),
        new("192.0.0.0/24", "is set aside for protocols"),
        new("192.0.2.0/24", "is for documentation"),
        new("192.88.99.0/24", "is set aside for 6to4 relays"),
        new("192.168.0.0/16", "is private"),
        new("198.18.0.0/15", "is for benchmarks"),
        new("198.51.100.0/24", "is for documentation"),
        new("203.0.113.0/24", "is for documentation"),
        new("224.0.0.0/4", "is a multicast address"),
        new("255.255.255.255/32", "is the broadcast address"),
        new("240.0.0.0/4", "is reserved"),

        new("::/128", "means this host itself"),
        new("::1/128", "is a loopback address"),
        new("::/96", "is an IPv4-compatible address"),
        new("::ffff:0:0:0/96", "is an IPv4-translated address"),
        new("64:ff9b::/96", "stands for an IPv4 address behind NAT64"),
        new("64:ff9b:1::/48", "stands for an IPv4 address behind NAT64"),
        new("::/8", "is reserved"),
        new("100::/64", "is a discard address"),
        new("2001::/32", "is a Teredo tunnel"),
        new("2001::/23", "is set aside for protocols"),
        new("2001:db8::/32", "is for documentation"),
        new("2002::/16", "is a 6to4 tunnel"),
        new("3fff::/20", "is for documentation"),
        new("5f00::/16", "is a segment routing identifier"),
        new("fc00::/7", "is private"),
        new("fe80::/10", "is link-local"),
        new("fec0::/10", "is site-local"),
        new("ff00::/8", "is a multicast address"),
    ];

    /// <summary>Why an address is not a public one, as a clause that begins with it; null when nothing speaks against it.</summary>
    public static string? ReasonAgainst(IPAddress address)
    {
        if (Array.Find(nets, net => net.Holds(address)) is { } special) return special.Clause(address);
        if (address.AddressFamily == AddressFamily.InterNetwork) return null;
        if (!globalUnicast.Contains(address)) return $"{address} is not a global unicast address ({globalUnicast})";
        var reasonInside = Isatap.Inside(address) is { } inner ? ReasonAgainst(inner) : null;
        return reasonInside is null ? null : $"{address} leads by ISATAP to where {reasonInside}";
    }

    sealed record SpecialNet(string Prefix, string Nature)
    {
        readonly IPNetwork net = IPNetwork.Parse(Prefix);

        public bool Holds(IPAddress address) => net.Contains(address);
        public string Clause(IPAddress address) => $"{address} {Nature} ({Prefix})";
    }
}
