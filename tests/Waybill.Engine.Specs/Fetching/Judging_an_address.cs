using System.Net;
using Waybill.Engine.Fetching;
using Xunit;

namespace Waybill.Engine.Specs.Fetching;

public class Judging_an_address
{
    static readonly AddressGuard guard = Outbound.Guard();

    [Theory]
    [InlineData("0.0.0.0", "means this host itself")]
    [InlineData("10.0.0.5", "is private")]
    [InlineData("100.100.100.200", "is shared inside a provider's network")]
    [InlineData("127.0.0.1", "is a loopback address")]
    [InlineData("168.63.129.16", "is a cloud platform's own")]
    [InlineData("169.254.169.254", "is link-local")]
    [InlineData("172.31.255.255", "is private")]
    [InlineData("192.0.0.192", "is set aside for protocols")]
    [InlineData("192.0.2.7", "is for documentation")]
    [InlineData("192.88.99.1", "is set aside for 6to4 relays")]
    [InlineData("192.168.1.1", "is private")]
    [InlineData("198.19.255.255", "is for benchmarks")]
    [InlineData("239.1.2.3", "is a multicast address")]
    [InlineData("240.0.0.1", "is reserved")]
    [InlineData("255.255.255.255", "is the broadcast address")]
    [InlineData("::", "means this host itself")]
    [InlineData("::1", "is a loopback address")]
    [InlineData("::7f00:1", "is an IPv4-compatible address")]
    [InlineData("::808:808", "is an IPv4-compatible address")]
    [InlineData("::ffff:0:7f00:1", "is an IPv4-translated address")]
    [InlineData("::5efe:7f00:1", "is reserved")]
    [InlineData("64:ff9b::7f00:1", "stands for an IPv4 address behind NAT64")]
    [InlineData("64:ff9b::808:808", "stands for an IPv4 address behind NAT64")]
    [InlineData("64:ff9b:1::a00:1", "stands for an IPv4 address behind NAT64")]
    [InlineData("64:ff9b:2::a00:1", "is reserved")]
    [InlineData("100::1", "is a discard address")]
    [InlineData("100:0:0:1::1", "is not a global unicast address")]
    [InlineData("400::1", "is not a global unicast address")]
    [InlineData("1fff::1", "is not a global unicast address")]
    [InlineData("4000::1", "is not a global unicast address")]
    [InlineData("5f00::1", "is a segment routing identifier")]
    [InlineData("2001::1", "is a Teredo tunnel")]
    [InlineData("2001:20::1", "is set aside for protocols")]
    [InlineData("2001:1ff:ffff::1", "is set aside for protocols")]
    [InlineData("2001:db8::1", "is for documentation")]
    [InlineData("2002:7f00:1::", "is a 6to4 tunnel")]
    [InlineData("2002:808:808::1", "is a 6to4 tunnel")]
    [InlineData("3fff:fff::1", "is for documentation")]
    [InlineData("fd00:ec2::254", "is private")]
    [InlineData("fc00::1", "is private")]
    [InlineData("fe80::1", "is link-local")]
    [InlineData("fec0::1", "is site-local")]
    [InlineData("ff02::1", "is a multicast address")]
    [InlineData("fe80::1%1", "is bound to one network interface")]
    [InlineData("2606:4700:4700::1111%1", "is bound to one network interface")]
    public void Forbids_what_is_not_the_public_internet_and_says_what_it_is(string address, string nature)
    {
        var forbidden = Assert.IsType<GuardVerdict.Forbidden>(guard.Judge(IPAddress.Parse(address)));

        Assert.StartsWith($"{IPAddress.Parse(address)} {nature}", forbidden.Reason);
    }

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("8.8.8.8")]
    [InlineData("192.0.1.0")]
    [InlineData("192.88.98.255")]
    [InlineData("198.51.101.0")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2000::")]
    [InlineData("2001:200::1")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("2003::1")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2a00:1450:4001:82a::200e")]
    [InlineData("2620:4f:8000::1")]
    [InlineData("2606:4700:1:2:0:5efe:808:808")]
    [InlineData("3fff:1000::1")]
    public void Allows_the_public_internet(string address) => Assert.IsType<GuardVerdict.Allowed>(guard.Judge(IPAddress.Parse(address)));

    [Fact]
    public void Judges_a_mapped_address_as_the_IPv4_it_is() =>
        Assert.Equal(guard.Judge(IPAddress.Parse("10.0.0.5")), guard.Judge(IPAddress.Parse("::ffff:10.0.0.5")));

    [Theory]
    [InlineData("2606:4700:1:2:0:5efe:a00:1")]
    [InlineData("2606:4700:1:2:200:5efe:a00:1")]
    [InlineData("2606:4700:1:2:100:5efe:a00:1")]
    [InlineData("2606:4700:1:2:300:5efe:a00:1")]
    public void Follows_ISATAP_under_a_public_prefix_to_the_IPv4_inside(string address)
    {
        var forbidden = Assert.IsType<GuardVerdict.Forbidden>(guard.Judge(IPAddress.Parse(address)));

        Assert.Equal($"{IPAddress.Parse(address)} leads by ISATAP to where 10.0.0.1 is private (10.0.0.0/8)", forbidden.Reason);
    }
}
