using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Waybill.Smtp.Wires;

/// <summary>Says what is wrong with a certificate so that an operator knows what to do about it.</summary>
sealed class CertificateComplaint(X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors errors, DateTime now)
{
    public string Sentence(string host) => $"the relay's certificate {string.Join(", and ", Reasons(host))}";

    IEnumerable<string> Reasons(string host)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) yield return $"is made out to {Names()}, not to {host}";
        if (!errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors)) yield break;
        foreach (var reason in ChainReasons().Distinct()) yield return reason;
    }

    IEnumerable<string> ChainReasons() =>
        chain?.ChainStatus.Select(Reason) is { } reasons && reasons.Any() ? reasons : ["is not trusted"];

    string Reason(X509ChainStatus status) => status.Status switch
    {
        X509ChainStatusFlags.NotTimeValid => Time(),
        X509ChainStatusFlags.UntrustedRoot when certificate.Issuer == certificate.Subject => "is signed by itself, and not trusted here",
        X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain =>
            $"was issued by {Printable(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: true))}, which is not trusted here",
        _ => $"is not acceptable ({status.StatusInformation.Trim()})",
    };

    string Time()
    {
        var offender = chain!.ChainElements.Select(element => element.Certificate).FirstOrDefault(IsOutOfTime) ?? certificate;
        var whose = offender.Thumbprint == certificate.Thumbprint ? "" : "has an issuer that ";
        return offender.NotAfter.ToUniversalTime() < now
            ? $"{whose}expired on {Day(offender.NotAfter)}"
            : $"{whose}is not valid before {Day(offender.NotBefore)}";
    }

    bool IsOutOfTime(X509Certificate2 one) => one.NotAfter.ToUniversalTime() < now || one.NotBefore.ToUniversalTime() > now;

    string Names()
    {
        var names = CertificateFacts.NamesOf(certificate).Take(5).ToList();
        return names.Count > 0 ? string.Join(", ", names) : Printable(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
    }

    static string Day(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Printable(string name) => Replies.Printable.From(System.Text.Encoding.UTF8.GetBytes(name));
}
