using System.Net;
using Waybill.Smtp;

namespace Waybill.Engine.Relays;

/// <summary>What an operator can do about a stage that failed.</summary>
internal static class TestHint
{
    const string Doors = "587 is usual with STARTTLS, 465 with TLS from the first byte.";

    public static string? For(ProbedStage.Failed failed, RelayEndpoint endpoint) => (failed.Stage, failed.Reply?.Code) switch
    {
        (DialogueStage.NameLookup, _) => "Check how the host is written, and that this machine can look names up.",
        (DialogueStage.Connect, _) => $"Check the port, and that no firewall is in the way. {Doors}",
        (DialogueStage.Greeting or DialogueStage.Hello, 421 or (>= 450 and < 500)) =>
            "The relay is busy or does not want us now; try again later.",
        (DialogueStage.Greeting, null) when endpoint.Security != RelaySecurity.ImplicitTls =>
            $"If this port speaks TLS from the first byte, set the security to tls. {Doors}",
        (DialogueStage.Greeting or DialogueStage.Hello, _) =>
            "The relay does not welcome this machine; ask who runs it whether our address is allowed.",
        (DialogueStage.Tls, _) => Tls(failed, endpoint),
        (DialogueStage.SignIn, 535 or 534) => "Check user and password. Some providers want a password made for this one program.",
        (DialogueStage.SignIn, >= 400 and < 500) => "The relay cannot check passwords just now; try again later.",
        (DialogueStage.SignIn, null) => $"The relay takes no passwords on this port, or not without TLS. {Doors}",
        (DialogueStage.SignIn, _) => "Check user and password, and whether the relay lets this user send.",
        (DialogueStage.Sender, >= 500) => "Send from an address that the relay was set up for.",
        _ => null,
    };

    static string Tls(ProbedStage.Failed failed, RelayEndpoint endpoint)
    {
        if (failed.Certificate is not { } shown)
            return failed.Reply is null && endpoint.Security == RelaySecurity.ImplicitTls
                ? $"If this port begins in clear text, set the security to starttls. {Doors}"
                : $"Use a port that offers STARTTLS, or set the security to tls. {Doors}";
        if (!Fits(shown, endpoint.Host))
            return $"Use the name that the certificate is for as the host{(shown.Names.Count > 0 ? $": {shown.Names[0]}" : "")}.";
        return "If the relay is your own: give the certificate of the authority that signed its own (ca_certificates; SMTP_CA_FILE for the "
            + "default relay), or renew it if it is out of date.";
    }

    static bool Fits(CertificateFacts certificate, string host) => certificate.Names.Any(name =>
        name.Equals(host, StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(name, out var one) && IPAddress.TryParse(host, out var other) && one.Equals(other))
        || (name.StartsWith("*.", StringComparison.Ordinal) && host.EndsWith(name[1..], StringComparison.OrdinalIgnoreCase)));
}
