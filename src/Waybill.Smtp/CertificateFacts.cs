using System.Security.Cryptography.X509Certificates;

namespace Waybill.Smtp;

/// <summary>What a server's certificate says of itself, whether it is trusted or not. All texts are printable ASCII.</summary>
/// <param name="Subject">Who it was made out to.</param>
/// <param name="Names">The host names and addresses that it is for, at most twenty.</param>
/// <param name="Issuer">Who made it.</param>
/// <param name="Expiry">When it ends.</param>
public sealed record CertificateFacts(string Subject, IReadOnlyList<string> Names, string Issuer, DateTimeOffset Expiry)
{
    const int MostNames = 20;

    /// <summary>Reads them.</summary>
    public static CertificateFacts Of(X509Certificate2 certificate) => new(
        Printable(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)),
        NamesOf(certificate),
        Printable(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: true)),
        new DateTimeOffset(certificate.NotAfter.ToUniversalTime()));

    internal static CertificateFacts Read(byte[] shown)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(shown);
        return Of(certificate);
    }

    internal static List<string> NamesOf(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
        .SelectMany(names => names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(address => address.ToString())))
        .Take(MostNames).Select(Printable).ToList();

    static string Printable(string name) => Replies.Printable.From(System.Text.Encoding.UTF8.GetBytes(name));
}
