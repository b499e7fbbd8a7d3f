using System.Buffers.Binary;
using System.Net;
using Waybill.Engine.Fetching;
using Xunit;

namespace Waybill.Engine.Specs.Fetching;

public class Judging_every_reserved_net_in_every_disguise
{
    const int Draws = 200;
    static readonly AddressGuard guard = Outbound.Guard();

    // First and last addresses, written out from the registry, so that a slip in a prefix of the guard's own table shows.
    public static TheoryData<string, string> Reserved => new()
    {
        { "0.0.0.0", "0.255.255.255" }, { "10.0.0.0", "10.255.255.255" }, { "100.64.0.0", "100.127.255.255" },
        { "127.0.0.0", "127.255.255.255" }, { "168.63.129.16", "168.63.129.16" }, { "169.254.0.0", "169.254.255.255" },
        { "172.16.0.0", "172.31.255.255" }, { "192.0.0.0", "192.0.0.255" }, { "192.0.2.0", "192.0.2.255" },
        { "192.88.99.0", "192.88.99.255" }, { "192.168.0.0", "192.168.255.255" }, { "198.18.0.0", "198.19.255.255" },
        { "198.51.100.0", "198.51.100.255" }, { "203.0.113.0", "203.0.113.255" }, { "224.0.0.0", "255.255.255.255" },
    };

    [Theory, MemberData(nameof(Reserved))]
    public void Forbids_any_address_of_the_net_however_it_is_wrapped(string first, string last)
    {
        foreach (var inner in EdgesAndDraws(Number(first), Number(last), new Random(20260301)))
            foreach (var (disguise, outer) in Disguises(inner, new Random((int)inner)))
                Assert.True(guard.Judge(outer) is GuardVerdict.Forbidden, $"{disguise} {outer} holds {Dotted(inner)} and was allowed");
    }

    [Theory, MemberData(nameof(Reserved))]
    public void Allows_the_neighbours_of_the_net(string first, string last) => Assert.DoesNotContain(
        Neighbours(first, last).Where(IsPublic), neighbour => guard.Judge(Dotted(neighbour)) is GuardVerdict.Forbidden);

    [Fact]
    public void Allows_every_other_IPv4_address_plain_and_mapped()
    {
        var random = new Random(7);
        var others = Enumerable.Range(0, 20_000).Select(_ => (uint)random.NextInt64(1L << 32)).Where(IsPublic).Select(Dotted).ToList();

        Assert.InRange(others.Count, 10_000, 20_000);
        Assert.DoesNotContain(others, address => guard.Judge(address) is GuardVerdict.Forbidden);
        Assert.DoesNotContain(others, address => guard.Judge(address.MapToIPv6()) is GuardVerdict.Forbidden);
    }

    [Fact]
    public void Allows_no_IPv6_address_outside_2000_3()
    {
        var random = new Random(11);
        for (var draw = 0; draw < 20_000; draw++)
        {
            var address = RandomIPv6(random, (byte)random.Next(256));
            var isGlobal = address.GetAddressBytes()[0] >> 5 == 1;
            Assert.True(isGlobal || address.IsIPv4MappedToIPv6 || guard.Judge(address) is GuardVerdict.Forbidden, $"{address} was allowed");
        }
    }

    [Fact]
    public void Allows_IPv6_addresses_that_registries_give_out()
    {
        var random = new Random(13);
        for (var draw = 0; draw < 5_000; draw++)
        {
            var address = RandomIPv6(random, (byte)random.Next(0x24, 0x2f));
            Assert.True(guard.Judge(address) is GuardVerdict.Allowed, $"{address} was forbidden");
        }
    }

    static IEnumerable<(string Disguise, IPAddress Address)> Disguises(uint inner, Random random)
    {
        var v4 = Bytes(inner);
        yield return ("plain", Dotted(inner));
        yield return ("mapped", Wrapped("::ffff:0:0", 12, v4));
        yield return ("compatible", Wrapped("::", 12, v4));
        yield return ("SIIT", Wrapped("::ffff:0:0:0", 12, v4));
        yield return ("SIIT, ::5efe", Wrapped("::5efe:0:0", 12, v4));
        yield return ("6to4", Wrapped($"2002::{random.Next(1, 0xffff):x}", 2, v4));
        yield return ("NAT64", Wrapped("64:ff9b::", 12, v4));
        yield return ("NAT64 local /96", Wrapped("64:ff9b:1::", 12, v4));
        yield return ("NAT64 local /48", Wrapped("64:ff9b:1::", 6, [v4[0], v4[1], 0, v4[2], v4[3]]));
        yield return ("ISATAP, public prefix", Wrapped($"2606:4700:{random.Next(0xffff):x}::5efe:0:0", 12, v4));
        yield return ("ISATAP, universal bit", Wrapped("2606:4700::200:5efe:0:0", 12, v4));
        yield return ("ISATAP, link-local", Wrapped("fe80::5efe:0:0", 12, v4));
        yield return ("ISATAP, private", Wrapped("fd12:3456::5efe:0:0", 12, v4));
        yield return ("Teredo server", Wrapped("2001::", 4, v4));
        yield return ("Teredo client", Wrapped("2001:0:4136:e378:8000:63bf::", 12, Bytes(~inner)));
    }

    static IPAddress Wrapped(string prefix, int at, byte[] inner)
    {
        var bytes = IPAddress.Parse(prefix).GetAddressBytes();
        inner.CopyTo(bytes, at);
        return new IPAddress(bytes);
    }

    static IEnumerable<uint> EdgesAndDraws(uint first, uint last, Random random) =>
        Enumerable.Range(0, Draws).Select(_ => (uint)random.NextInt64(first, (long)last + 1)).Prepend(first).Append(last);

    static IEnumerable<uint> Neighbours(string first, string last) => [unchecked(Number(first) - 1), unchecked(Number(last) + 1)];

    static bool IsPublic(uint address) => !Reserved.Any(net => Number(net.Data.Item1) <= address && address <= Number(net.Data.Item2));

    static IPAddress RandomIPv6(Random random, byte first)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        bytes[0] = first;
        return new IPAddress(bytes);
    }

    static uint Number(string dotted) => BinaryPrimitives.ReadUInt32BigEndian(IPAddress.Parse(dotted).GetAddressBytes());
    static IPAddress Dotted(uint number) => new(Bytes(number));

    static byte[] Bytes(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }
}
