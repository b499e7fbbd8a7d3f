using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Waybill.Engine.Relays;
using Waybill.Smtp;

namespace Waybill.Server.Configuration;

/// <summary>Reads where mail goes: Email:Provider and the SMTP_* contract.</summary>
internal sealed class RelayReader(IConfiguration configuration, List<string> problems)
{
    string? heloName;

    /// <summary>Where mail goes, and Resend beside it where SMTP is the default relay and both are named.</summary>
    public (WayOut Way, ResendAccount? Beside) Read()
    {
        var host = Text("Relay:Host");
        switch (Text("Email:Provider") ?? (host is null ? null : "smtp"))
        {
            case null:
                return (new WayOut.Capture(IsChosen: false), null);
            case "capture":
                return (new WayOut.Capture(IsChosen: true), null);
            case "mock":
                return (new WayOut.Mock(), null);
            case "smtp" when host is null:
                return (Wrong("SMTP_HOST is missing; Email:Provider=smtp needs it."), null);
            case "smtp":
                return (Smtp(host), null);
            case "resend" when host is null:
                return (Resend() is { } account ? new WayOut.Resend(account) : new WayOut.Mock(), null);
            case "resend":
                return (Smtp(host), Resend());
            case var other:
                return (Wrong($"Email:Provider is '{other}'; it must be smtp, resend, capture or mock."), null);
        }
    }

    /// <summary>How we introduce ourselves: as asked, else as <see cref="OwnName"/>.</summary>
    public string HeloName() => heloName ??= ReadHeloName();

    string ReadHeloName()
    {
        var name = Text("Relay:HeloName") ?? OwnName();
        if (!name.AsSpan().ContainsAnyExceptInRange('!', '~')) return name;
        problems.Add("Relay:HeloName must be ASCII without blanks, like mail.example.org.");
        return OwnName();
    }

    WayOut Smtp(string host) => Endpoint(host) is { } endpoint ? new WayOut.Smtp(endpoint) : new WayOut.Mock();

    WayOut.Mock Wrong(string problem)
    {
        problems.Add(problem);
        return new WayOut.Mock(); // nobody gets to see it: the start is refused
    }

    ResendAccount? Resend()
    {
        var before = problems.Count;
        var key = Text("Email:Resend:ApiKey");
        if (key is null) problems.Add("Email:Resend:ApiKey is missing; Email:Provider=resend needs it.");
        else if (!ResendAccount.CanBeKey(key))
            problems.Add("Email:Resend:ApiKey holds a blank or a character beyond ASCII; it looks like re_….");
        var text = Text("Email:Resend:BaseUrl");
        var url = RelayRoute.Resend.Standard;
        if (text is not null && !ResendAccount.TryReadUrl(text, out url, out var problem))
            problems.Add($"Email:Resend:BaseUrl cannot be used: {problem}");
        return problems.Count == before ? new ResendAccount(url!, key!, "Email:Resend:ApiKey") : null;
    }

    RelayEndpoint? Endpoint(string host)
    {
        var before = problems.Count;
        if (RelayHost.Objection(host) is { } objection)
            problems.Add(
                $"SMTP_HOST cannot be used: {objection}. Give the name or the address of the relay; for one on this machine, 127.0.0.1.");
        var endpoint = new RelayEndpoint
        {
            Host = host,
            Port = Port(),
            Security = Security(),
            User = Text("Relay:User"),
            Password = configuration["Relay:Password"],
            HeloName = HeloName(),
            TrustedRoots = Roots(),
        };
        if (endpoint.User is not null && string.IsNullOrEmpty(endpoint.Password)) problems.Add("SMTP_PASS is missing; SMTP_USER needs it.");
        if (endpoint.User is null && !string.IsNullOrEmpty(endpoint.Password))
            problems.Add("SMTP_USER is missing; SMTP_PASS is set without it.");
        return problems.Count == before ? endpoint : null;
    }

    int Port()
    {
        if (Text("Relay:Port") is not { } text) return 587;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535) return port;
        problems.Add($"SMTP_PORT is '{text}'; it must be a port between 1 and 65535, usually 587, or 465 with SMTP_SECURITY=tls.");
        return 587;
    }

    RelaySecurity Security()
    {
        switch (Text("Relay:Security") ?? "starttls")
        {
            case "starttls":
                return RelaySecurity.StartTls;
            case "tls":
                return RelaySecurity.ImplicitTls;
            case "none":
                return RelaySecurity.None;
            case var other:
                problems.Add($"SMTP_SECURITY is '{other}'; it must be starttls, tls or none.");
                return RelaySecurity.StartTls;
        }
    }

    X509Certificate2Collection? Roots()
    {
        if (Text("Relay:CaFile") is not { } path) return null;
        try
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPemFile(path);
            if (roots.Count > 0) return roots;
            problems.Add($"SMTP_CA_FILE '{path}' holds no certificate in PEM.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            problems.Add($"SMTP_CA_FILE '{path}' cannot be read: {unreadable.Message}");
        }

        return null;
    }

    /// <summary>The host of our public address, else this machine's name, else its address literal (RFC 5321 §4.1.4).</summary>
    string OwnName()
    {
        if (Uri.TryCreate(Text("PublicUrl"), UriKind.Absolute, out var url) && url.HostNameType == UriHostNameType.Dns) return url.IdnHost;
        var name = Dns.GetHostName();
        return name.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(name) == UriHostNameType.Dns ? name : "[127.0.0.1]";
    }

    string? Text(string name) => configuration[name] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
}
