using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace Waybill.Engine.Specs.Fetching;

public class Trusting_a_tls_server
{
    [Fact]
    public async Task Refuses_a_certificate_nobody_vouches_for()
    {
        await using var peer = Presenting(CertificateNaming(new Uri("http://127.0.0.1:9/ca.cer")));
        using var fetcher = Outbound.Fetcher();

        Assert.Equal($"https://127.0.0.1:{peer.Port}/a offers no TLS that Waybill can trust.", await fetcher.RefusalOf(Secure(peer)));
    }

    [Fact]
    public async Task Does_not_fetch_what_the_certificate_points_to()
    {
        await using var bait = LoopbackPeer.Answering("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        await using var peer = Presenting(CertificateNaming(bait.Url("/ca.cer")));
        using var fetcher = Outbound.Fetcher();

        await fetcher.RefusalOf(Secure(peer));

        Assert.Equal(0, bait.Connections);
    }

    [Fact]
    public async Task Says_so_when_the_server_speaks_no_TLS()
    {
        await using var peer = new LoopbackPeer((stream, stopping) => stream.WriteAsync("220 mx ready\r\n"u8.ToArray(), stopping).AsTask());
        using var fetcher = Outbound.Fetcher();

        Assert.EndsWith("offers no TLS that Waybill can trust.", await fetcher.RefusalOf(Secure(peer)));
    }

    static Uri Secure(LoopbackPeer peer) => new($"https://127.0.0.1:{peer.Port}/a?hidden");

    static LoopbackPeer Presenting(X509Certificate2 certificate) => new(async (stream, stopping) =>
    {
        await using var tls = new SslStream(stream);
        var alone = SslStreamCertificateContext.Create(certificate, null, offline: true);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = alone }, stopping);
        await LoopbackPeer.ReadHeadAsync(tls, stopping);
    });

    static X509Certificate2 CertificateNaming(Uri issuerAt)
    {
        var (from, until) = (DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(100));
        using var issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var issuer = new CertificateRequest("CN=Nobody", issuerKey, HashAlgorithmName.SHA256);
        issuer.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var signer = issuer.CreateSelfSigned(from, until);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension([issuerAt.AbsoluteUri], [issuerAt.AbsoluteUri]));
        using var bare = request.Create(signer, from, until, [1, 2, 3]);
        using var whole = bare.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null);
    }
}
