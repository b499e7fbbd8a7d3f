namespace Waybill.Smtp.Specs;

public class Hosts_that_are_none
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.0.0.0.")]
    [InlineData("0")]
    [InlineData("00")]
    [InlineData("0.0")]
    [InlineData("0x0")]
    [InlineData("0.1.2.3")]
    [InlineData("::")]
    [InlineData("[::]")]
    [InlineData("0:0:0:0:0:0:0:0")]
    [InlineData("::0.0.0.0")]
    [InlineData("::ffff:0.0.0.0")]
    [InlineData("::ffff:0:0")]
    [InlineData("64:ff9b::")]
    [InlineData("255.255.255.255")]
    [InlineData("4294967295")]
    [InlineData("0xffffffff")]
    [InlineData("224.0.0.1")]
    [InlineData("::ffff:239.1.2.3")]
    [InlineData("ff02::1")]
    [InlineData("[ff02::1]")]
    public void Are_refused_however_they_are_spelled(string host) =>
        Assert.StartsWith(host, RelayHost.Objection(host), StringComparison.Ordinal);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("[::1]")]
    [InlineData("10.0.0.1")]
    [InlineData("2001:db8::25")]
    [InlineData("localhost")]
    [InlineData("smtp.example.org")]
    [InlineData("0.example.org")]
    public void Are_no_others(string host) => Assert.Null(RelayHost.Objection(host));

    [Theory]
    [InlineData("0")]
    [InlineData("::")]
    public async Task Are_not_connected_to(string host)
    {
        var endpoint = new RelayEndpoint { Host = host, HeloName = "post.example", Security = RelaySecurity.None };

        var dialled = await Wires.TcpDial.ConnectAsync(endpoint, TimeProvider.System, CancellationToken.None);

        Assert.StartsWith(
            $"Waybill does not connect to {host}: ", Assert.IsType<Wires.Dialled.Failed>(dialled).Fault.Sentence, StringComparison.Ordinal);
    }
}
