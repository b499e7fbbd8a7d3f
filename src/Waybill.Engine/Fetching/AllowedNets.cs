using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace Waybill.Engine.Fetching;

/// <summary>
/// What the operator lets in although it is not the public internet: the setting <c>Egress:Allow</c>, literal addresses and CIDR nets,
/// comma-separated or as an array; empty by default.
/// </summary>
public sealed class AllowedNets
{
    const string Setting = "Egress:Allow";
    readonly IPNetwork[] nets;

    AllowedNets(IPNetwork[] nets) => this.nets = nets;

    /// <summary>Nothing but the public internet.</summary>
    public static AllowedNets None { get; } = new([]);

    /// <summary>Every address there is.</summary>
    internal static AllowedNets All { get; } = new([IPNetwork.Parse("0.0.0.0/0"), IPNetwork.Parse("::/0")]);

    /// <summary>Reads the setting; if an entry cannot be read, the problem is a sentence that names it.</summary>
    public static bool TryRead(
        IConfiguration configuration, [NotNullWhen(true)] out AllowedNets? allowed, [NotNullWhen(false)] out string? problem)
    {
        var section = configuration.GetSection(Setting);
        return TryParse(section.GetChildren().Select(child => child.Value).Prepend(section.Value), out allowed, out problem);
    }

    /// <summary>Reads entries, each of which may hold several between commas; empty ones count for nothing.</summary>
    public static bool TryParse(
        IEnumerable<string?> entries, [NotNullWhen(true)] out AllowedNets? allowed, [NotNullWhen(false)] out string? problem)
    {
        var read = new List<IPNetwork>();
        (allowed, problem) = (null, null);
        foreach (var spelling in entries.SelectMany(Split))
        {
            problem = ObjectionTo(spelling, out var net);
            if (problem is not null) return false;
            read.Add(net);
        }
        allowed = new AllowedNets([.. read]);
        return true;
    }

    internal bool Contains(IPAddress address) => Array.Exists(nets, net => net.Contains(address));

    static string[] Split(string? text) =>
        (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    static string? ObjectionTo(string spelling, out IPNetwork net)
    {
        net = default;
        var (addressPart, prefixPart) = spelling.Split('/', 2) is [var before, var after] ? (before, after) : (spelling, null);
        if (ReadAddress(addressPart) is not { } address)
            return $"{Setting}: \"{spelling}\" is neither an IP address nor a net such as 10.1.0.0/16.";
        if (address.IsIPv4MappedToIPv6) return $"{Setting}: \"{spelling}\" wraps an IPv4 address; write the IPv4 address itself.";
        return NetOf(address, prefixPart, spelling, out net);
    }

    static string? NetOf(IPAddress address, string? prefixPart, string spelling, out IPNetwork net)
    {
        var bits = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        net = new IPNetwork(address, bits);
        if (prefixPart is null) return null;
        if (!int.TryParse(prefixPart, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > bits)
            return $"{Setting}: \"{spelling}\" needs a number from 0 to {bits} after its slash.";
        net = IPNetwork.Parse($"{address}/{length}");
        return net.BaseAddress.Equals(address) ? null : $"{Setting}: \"{spelling}\" has bits set beyond its prefix; did you mean {net}?";
    }

    // The framework also reads "10" as 0.0.0.10 and 010.0.0.1 as octal: whoever writes that means something else.
    static IPAddress? ReadAddress(string spelling)
    {
        if (spelling.Contains('%') || spelling.Contains('[') || !IPAddress.TryParse(spelling, out var address)) return null;
        return address.AddressFamily == AddressFamily.InterNetwork && address.ToString() != spelling ? null : address;
    }
}
