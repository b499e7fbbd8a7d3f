using System.Net;
using Microsoft.Extensions.Configuration;
using Waybill.Engine.Fetching;
using Xunit;

namespace Waybill.Engine.Specs.Fetching;

public class Allowing_internal_addresses
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", "127.0.0.2")]
    [InlineData("10.1.0.0/16", "10.1.255.255", "10.2.0.0")]
    [InlineData("127.0.0.1", "::ffff:127.0.0.1", "::1")]
    [InlineData("10.0.0.1", "10.0.0.1", "::a00:1")]
    [InlineData("10.0.0.1", "10.0.0.1", "64:ff9b::a00:1")]
    [InlineData("10.0.0.1", "10.0.0.1", "2606:4700::5efe:a00:1")]
    [InlineData("::1", "::1", "127.0.0.1")]
    [InlineData("fd00:1::/32", "fd00:1::5", "fd00:2::5")]
    [InlineData("64:ff9b::/96", "64:ff9b::808:808", "64:ff9b:1::1")]
    [InlineData("0.0.0.0/0", "169.254.169.254", "::1")]
    public void Lets_in_what_is_named_and_nothing_beside_it(string entry, string named, string beside)
    {
        var guard = Outbound.Guard(entry);

        Assert.IsType<GuardVerdict.Allowed>(guard.Judge(IPAddress.Parse(named)));
        Assert.IsType<GuardVerdict.Forbidden>(guard.Judge(IPAddress.Parse(beside)));
    }

    [Fact]
    public void Never_lets_in_a_scope() =>
        Assert.IsType<GuardVerdict.Forbidden>(Outbound.Guard("fe80::/10").Judge(IPAddress.Parse("fe80::1%1")));

    [Theory]
    [InlineData("localhost", "\"localhost\" is neither an IP address nor a net such as 10.1.0.0/16.")]
    [InlineData("10", "\"10\" is neither an IP address nor a net such as 10.1.0.0/16.")]
    [InlineData("10/8", "\"10/8\" is neither an IP address nor a net such as 10.1.0.0/16.")]
    [InlineData("010.0.0.1", "\"010.0.0.1\" is neither an IP address nor a net such as 10.1.0.0/16.")]
    [InlineData("fe80::1%1", "\"fe80::1%1\" is neither an IP address nor a net such as 10.1.0.0/16.")]
    [InlineData("[::1]", "\"[::1]\" is neither an IP address nor a net such as 10.1.0.0/16.")]
    [InlineData("::ffff:10.0.0.1", "\"::ffff:10.0.0.1\" wraps an IPv4 address; write the IPv4 address itself.")]
    [InlineData("10.0.0.0/33", "\"10.0.0.0/33\" needs a number from 0 to 32 after its slash.")]
    [InlineData("10.0.0.0/", "\"10.0.0.0/\" needs a number from 0 to 32 after its slash.")]
    [InlineData("10.0.0.0/-1", "\"10.0.0.0/-1\" needs a number from 0 to 32 after its slash.")]
    [InlineData("10.0.0.0/255.0.0.0", "\"10.0.0.0/255.0.0.0\" needs a number from 0 to 32 after its slash.")]
    [InlineData("fd00::/129", "\"fd00::/129\" needs a number from 0 to 128 after its slash.")]
    [InlineData("10.1.2.3/8", "\"10.1.2.3/8\" has bits set beyond its prefix; did you mean 10.0.0.0/8?")]
    public void Says_what_is_wrong_with_an_entry(string entry, string complaint)
    {
        Assert.False(AllowedNets.TryParse(["192.168.0.1", entry], out var allowed, out var problem));

        Assert.Null(allowed);
        Assert.Equal($"Egress:Allow: {complaint}", problem);
    }

    [Theory]
    [InlineData("Egress:Allow", " 127.0.0.1 , 10.0.0.0/8,", "unused")]
    [InlineData("Egress:Allow:0", "127.0.0.1", "Egress:Allow:1")]
    public void Is_set_with_commas_or_as_an_array(string key, string value, string secondKey)
    {
        var settings = new Dictionary<string, string?> { [key] = value, [secondKey] = "10.0.0.0/8" };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();

        Assert.True(AllowedNets.TryRead(configuration, out var allowed, out _));
        Assert.True(allowed.Contains(IPAddress.Parse("127.0.0.1")));
        Assert.True(allowed.Contains(IPAddress.Parse("10.9.9.9")));
    }

    [Fact]
    public void Is_nothing_when_it_is_not_set()
    {
        Assert.True(AllowedNets.TryRead(new ConfigurationBuilder().Build(), out var allowed, out _));
        Assert.False(allowed.Contains(IPAddress.Loopback));
    }
}
