using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Waybill.Engine.Specs.Fetching;

/// <summary>A certificate of an issuer whom nobody knows, who is to be found at an address that the certificate names.</summary>
static class BaitedCertificate
{
    /// <summary>A server that shows it, after what is said in clear before.</summary>
    public static LoopbackPeer Presenting(
        X509Certificate2 certificate, LoopbackPeer.Script? before = null) => new(async (stream, stopping) =>
    {
        if (before is not null) await before(stream, stopping);
        await using var tls = new SslStream(stream);
        var alone = SslStreamCertificateContext.Create(certificate, null, offline: true);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = alone }, stopping);
        await LoopbackPeer.ReadHeadAsync(tls, stopping);
    });

    public static X509Certificate2 Naming(Uri issuerAt)
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
