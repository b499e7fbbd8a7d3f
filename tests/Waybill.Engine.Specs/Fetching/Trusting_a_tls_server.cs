using Xunit;

namespace Waybill.Engine.Specs.Fetching;

public class Trusting_a_tls_server
{
    [Fact]
    public async Task Refuses_a_certificate_nobody_vouches_for()
    {
        await using var peer = BaitedCertificate.Presenting(BaitedCertificate.Naming(new Uri("http://127.0.0.1:9/ca.cer")));
        using var fetcher = Outbound.Fetcher();

        Assert.Equal($"https://127.0.0.1:{peer.Port}/a offers no TLS that Waybill can trust.", await fetcher.RefusalOf(Secure(peer)));
    }

    [Fact]
    public async Task Says_so_when_the_server_speaks_no_TLS()
    {
        await using var peer = new LoopbackPeer((stream, stopping) => stream.WriteAsync("220 mx ready\r\n"u8.ToArray(), stopping).AsTask());
        using var fetcher = Outbound.Fetcher();

        Assert.EndsWith("offers no TLS that Waybill can trust.", await fetcher.RefusalOf(Secure(peer)));
    }

    static Uri Secure(LoopbackPeer peer) => new($"https://127.0.0.1:{peer.Port}/a?hidden");
}
