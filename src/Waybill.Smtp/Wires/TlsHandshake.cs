using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Waybill.Smtp.Wires;

/// <summary>
/// TLS 1.2 or 1.3 with a certificate that is checked in full, always. Certificates that a relay forgot to send are not fetched: a
/// certificate must not tell us which addresses to call.
/// </summary>
sealed class TlsHandshake(RelayEndpoint endpoint, TimeProvider clock)
{
    /// <summary>What is wrong, in words; null as long as nothing is.</summary>
    public string? Problem { get; private set; }

    /// <summary>The certificate that was shown, good or not, as it was sent.</summary>
    public byte[]? Certificate { get; private set; }

    /// <summary>Version and cipher, once it is done.</summary>
    public string Summary { get; private set; } = "";

    public async Task<SslStream> PerformAsync(Stream plain, CancellationToken cancellationToken)
    {
        var secured = new SslStream(plain, leaveInnerStreamOpen: false);
        try
        {
            await secured.AuthenticateAsClientAsync(Options(), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failed) when (failed is AuthenticationException)
        {
            Problem ??= $"the TLS handshake failed ({failed.GetBaseException().Message})";
            throw;
        }
        Summary = $"{(secured.SslProtocol == SslProtocols.Tls13 ? "TLS 1.3" : "TLS 1.2")}, {secured.NegotiatedCipherSuite}";
        return secured;
    }

    SslClientAuthenticationOptions Options() => new()
    {
        TargetHost = endpoint.Host,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        CertificateChainPolicy = ChainPolicy(),
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) => IsGood(certificate as X509Certificate2, chain, errors),
    };

    X509ChainPolicy ChainPolicy()
    {
        var policy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = clock.GetUtcNow().UtcDateTime,
            VerificationTimeIgnored = false,
        };
        if (endpoint.TrustedRoots is not { } roots) return policy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }

    bool IsGood(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Certificate = certificate?.RawData;
        if (errors == SslPolicyErrors.None) return true;
        Problem = certificate is null
            ? "the relay showed no certificate"
            : new CertificateComplaint(certificate, chain, errors, clock.GetUtcNow().UtcDateTime).Sentence(endpoint.Host);
        return false;
    }
}
