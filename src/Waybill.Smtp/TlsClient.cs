using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Waybill.Smtp;

/// <summary>
/// How Waybill is the client of a TLS connection, whatever is spoken over it: TLS 1.2 or 1.3, and nothing is fetched that a certificate
/// names. The URLs in a certificate are the peer's words: followed, they would reach addresses that nobody allowed.
/// </summary>
public static class TlsClient
{
    /// <summary>The options of a connection.</summary>
    /// <param name="host">Whom the certificate must be made out to; null where the caller's HTTP handler knows it from the URL.</param>
    public static SslClientAuthenticationOptions Options(string? host = null) => new()
    {
        TargetHost = host,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        CertificateChainPolicy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true },
    };

    /// <summary>Puts TLS around a connection, which belongs to what is returned.</summary>
    /// <exception cref="AuthenticationException">The peer speaks no such TLS, or its certificate is not trusted.</exception>
    public static async Task<SslStream> SecureAsync(
        Stream plain, SslClientAuthenticationOptions options, CancellationToken cancellationToken)
    {
        var secured = new SslStream(plain, leaveInnerStreamOpen: false);
        try
        {
            await secured.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
            return secured;
        }
        catch
        {
            await secured.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Version and cipher of a connection, as people read them.</summary>
    public static string Describe(SslStream secured) =>
        $"{(secured.SslProtocol == SslProtocols.Tls13 ? "TLS 1.3" : "TLS 1.2")}, {secured.NegotiatedCipherSuite}";
}
