using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Waybill.Smtp.Specs;

/// <summary>Certificates made for this run by an authority made for this run; good around <see cref="Play.Noon"/>.</summary>
static class Certificates
{
    static readonly X509Certificate2 Authority = MakeAuthority("Waybill Specs CA");
    static readonly X509Certificate2 Stranger = MakeAuthority("Somebody Else's CA");

    public static X509Certificate2Collection Roots { get; } = [X509CertificateLoader.LoadCertificate(Authority.RawData)];

    public static X509Certificate2 Good { get; } = Make(Authority, "mx.example", Play.Noon.AddDays(-30), Play.Noon.AddDays(30));

    public static X509Certificate2 Expired { get; } = Make(Authority, "mx.example", Play.Noon.AddDays(-30), Play.Noon.AddDays(-1));

    public static X509Certificate2 NotYet { get; } = Make(Authority, "mx.example", Play.Noon.AddDays(1), Play.Noon.AddDays(30));

    public static X509Certificate2 WrongHost { get; } = Make(Authority, "other.example", Play.Noon.AddDays(-30), Play.Noon.AddDays(30));

    public static X509Certificate2 UnknownIssuer { get; } = Make(Stranger, "mx.example", Play.Noon.AddDays(-30), Play.Noon.AddDays(30));

    public static X509Certificate2 SelfSigned { get; } = MakeAuthority("mx.example");

    static X509Certificate2 MakeAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return Loaded(request.CreateSelfSigned(Play.Noon.AddYears(-1), Play.Noon.AddYears(1)));
    }

    static X509Certificate2 Make(X509Certificate2 issuer, string host, DateTimeOffset from, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        names.AddIpAddress(IPAddress.Parse("192.0.2.1"));
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(issuer, from, until, RandomNumberGenerator.GetBytes(8));
        return Loaded(certificate.CopyWithPrivateKey(key));
    }

    static X509Certificate2 Loaded(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
}
