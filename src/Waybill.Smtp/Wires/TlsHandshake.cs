using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Waybill.Smtp.Wires;

/// <summary>
/// TLS with a certificate that is checked in full, always. Certificates that a relay forgot to send are not fetched
/// (<see cref="TlsClient"/>).
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
        try
        {
            var secured = await TlsClient.SecureAsync(plain, Options(), cancellationToken).ConfigureAwait(false);
            Summary = TlsClient.Describe(secured);
            return secured;
        }
        catch (AuthenticationException failed)
        {
            Problem ??= $"the TLS handshake failed ({failed.GetBaseException().Message})";
            throw;
        }
    }

    SslClientAuthenticationOptions Options()
    {
        var options = TlsClient.Options(endpoint.Host);
        options.RemoteCertificateValidationCallback =
            (_, certificate, chain, errors) => IsGood(certificate as X509Certificate2, chain, errors);
        var policy = options.CertificateChainPolicy!;
        policy.VerificationTime = clock.GetUtcNow().UtcDateTime;
        policy.VerificationTimeIgnored = false;
        if (endpoint.TrustedRoots is not { } roots) return options;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(roots);
        return options;
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
