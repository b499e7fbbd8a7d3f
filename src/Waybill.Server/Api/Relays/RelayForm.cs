using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Waybill.Engine.Relays;
using Waybill.Mime.Addresses;
using Waybill.Server.Http;
using Waybill.Smtp;

namespace Waybill.Server.Api.Relays;

/// <summary>
/// The fields of a relay as they are posted, over what it was before: one that is missing stays, one that is null falls back to its default.
/// </summary>
internal sealed class RelayForm
{
    static readonly string[] OfSmtp = ["host", "port", "security", "user", "password", "helo", "ca_certificates"];
    static readonly string[] OfResend = ["base_url", "api_key"];

    readonly JsonElement body;
    readonly FieldReader fields;
    readonly RelayRecord? before;

    RelayForm(JsonElement body, RelayRecord? before)
    {
        this.body = body;
        this.before = before;
        fields = new(body);
    }

    /// <summary>Reads it, or says the first thing that is wrong.</summary>
    /// <param name="body">The posted fields.</param>
    /// <param name="before">The relay that they change; null for a new one.</param>
    /// <param name="mustHaveName">False for a test, which needs none.</param>
    public static (RelayRead? Read, ApiError? Error) Read(JsonElement body, RelayRecord? before, bool mustHaveName)
    {
        var (read, errors) = ReadAll(body, before, mustHaveName);
        return (read, errors.Count > 0 ? errors[0] : null);
    }

    /// <summary>As <see cref="Read(JsonElement, RelayRecord?, bool)"/>, with all that is wrong.</summary>
    public static (RelayRead? Read, IReadOnlyList<ApiError> Errors) ReadAll(JsonElement body, RelayRecord? before, bool mustHaveName)
    {
        if (body.ValueKind != JsonValueKind.Object) return (null, [ApiError.Invalid("The body must be a JSON object.")]);
        var form = new RelayForm(body, before);
        var read = form.Read(mustHaveName);
        return (form.fields.Errors.Count == 0 ? read : null, form.fields.Errors);
    }

    RelayRead Read(bool mustHaveName)
    {
        var name = fields.Name("name", RelayTable.LongestName) ?? before?.Name ?? "";
        if (!fields.Has("name") && name.Length == 0 && mustHaveName) fields.Refuse(ApiError.Missing("name"));
        var kind = fields.Text("kind", 50) ?? before?.Settings.Route.Kind;
        if (kind is null) fields.Refuse(ApiError.Missing("kind"));
        else if (before is not null && kind != before.Settings.Route.Kind) Refuse("The `kind` of a relay stays; make another one.");
        var (route, secret) = kind switch
        {
            "smtp" => Smtp(before?.Settings.Route as RelayRoute.Smtp),
            "resend" => Resend(before?.Settings.Route as RelayRoute.Resend),
            _ => Unknown(kind),
        };
        var settings = new RelaySettings
        {
            Route = route,
            From = From(),
            SenderDomains = Mentions("sender_domains") ? Domains() : before?.Settings.SenderDomains ?? [],
            Limits = Limits(before?.Settings.Limits ?? new()),
            Sessions = Whole("sessions", 100) ?? (Mentions("sessions") ? 8 : before?.Settings.Sessions ?? 8),
        };
        return new(name, settings, secret);
    }

    (RelayRoute, SecretChange) Unknown(string? kind)
    {
        if (kind is not null) Refuse("The `kind` field must be smtp or resend.");
        return (new RelayRoute.Resend(RelayRoute.Resend.Standard), new SecretChange.Keep());
    }

    (RelayRoute, SecretChange) Smtp(RelayRoute.Smtp? old)
    {
        RefuseFields(OfResend, "smtp");
        var host = Host() ?? old?.Host;
        if (host is null) fields.Refuse(ApiError.Missing("host"));
        var security = Security() ?? (Mentions("security") ? RelaySecurity.StartTls : old?.Security ?? RelaySecurity.StartTls);
        var port = Whole("port", 65_535) ?? (Mentions("port") || old is null ? (security == RelaySecurity.ImplicitTls ? 465 : 587) : old.Port);
        var user = Credential("user") ?? (Mentions("user") ? null : old?.User);
        var secret = Secret("password", Credential("password"), user is not null);
        if (user is not null && security == RelaySecurity.None && host is not null && !IsLoopback(host))
            Refuse("Without TLS the password would be sent in clear: use `security` starttls or tls, or leave `user` and `password` out. Only a relay on this machine may do without.");
        if (old is not null && host != old.Host) RequireSecretAnew("host", "password", secret, user is not null);
        return (new RelayRoute.Smtp(host ?? "", port, security, user, Helo() ?? (Mentions("helo") ? null : old?.HeloName), Authorities(old)), secret);
    }

    (RelayRoute, SecretChange) Resend(RelayRoute.Resend? old)
    {
        RefuseFields(OfSmtp, "resend");
        var url = BaseUrl() ?? (Mentions("base_url") || old is null ? RelayRoute.Resend.Standard : old.BaseUrl);
        var key = fields.Text("api_key", 1_000);
        if (key is not null && !ResendAccount.CanBeKey(key)) Refuse("The `api_key` field must be ASCII without blanks; it looks like re_….");
        var secret = Secret("api_key", key, isNeeded: true);
        if (old is not null && url != old.BaseUrl) RequireSecretAnew("base_url", "api_key", secret, hasSecret: true);
        return (new RelayRoute.Resend(url), secret);
    }

    /// <summary>What becomes of the secret; a form that leaves it out keeps it.</summary>
    SecretChange Secret(string name, string? value, bool isNeeded)
    {
        if (value is not null && !isNeeded) Refuse($"The `user` field is missing; `{name}` is set without it.");
        if (value is not null) return new SecretChange.Set(value);
        if (!isNeeded) return new SecretChange.Clear();
        if (Mentions(name) || before?.SecretSetAt is null) fields.Refuse(ApiError.Missing(name));
        return new SecretChange.Keep();
    }

    /// <summary>Who may change a relay, but not see its secret, must not get it by having it sent to another place.</summary>
    void RequireSecretAnew(string changed, string secret, SecretChange change, bool hasSecret)
    {
        if (hasSecret && change is SecretChange.Keep) Refuse($"With another `{changed}` the `{secret}` is needed anew: the one that is kept was meant for the old one.");
    }

    string? Host()
    {
        if (fields.Text("host", 253) is not { } host) return null;
        if (RelayHost.Objection(host) is { } objection)
        {
            Refuse($"The `host` field cannot be used: {objection}. Give the name or the address of the relay; for one on this machine, 127.0.0.1.");
            return null;
        }

        if (IPAddress.TryParse(host, out _) || (Uri.CheckHostName(host) == UriHostNameType.Dns && host.All(c => c is > ' ' and < '\u007f'))) return host;
        Refuse("The `host` field must be a host name like smtp.example.org or an IP address, without blanks and without a port.");
        return null;
    }

    RelaySecurity? Security()
    {
        switch (fields.Text("security", 20))
        {
            case null:
                return null;
            case "starttls":
                return RelaySecurity.StartTls;
            case "tls":
                return RelaySecurity.ImplicitTls;
            case "none":
                return RelaySecurity.None;
            default:
                Refuse("The `security` field must be starttls, tls or none.");
                return null;
        }
    }

    string? Credential(string name)
    {
        var text = fields.Text(name, 1_000);
        if (text?.Length == 0) Refuse($"The `{name}` field may not be empty; leave it out or make it null.");
        if (text is not null && text.Any(char.IsControl)) Refuse($"The `{name}` field may not hold control characters.");
        return text;
    }

    string? Helo()
    {
        var helo = fields.Text("helo", 253);
        if (helo is not null && (helo.Length == 0 || helo.AsSpan().ContainsAnyExceptInRange('!', '~'))) Refuse("The `helo` field must be ASCII without blanks, like mail.example.org.");
        return helo;
    }

    string? Authorities(RelayRoute.Smtp? old)
    {
        if (fields.Text("ca_certificates", 100_000) is not { } pem) return Mentions("ca_certificates") ? null : old?.Authorities;
        try
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPem(pem);
            if (roots.Count > 0) return pem;
        }
        catch (CryptographicException)
        {
            // said below
        }

        Refuse("The `ca_certificates` field must hold certificates in PEM.");
        return null;
    }

    Uri? BaseUrl()
    {
        if (fields.Text("base_url", 2_000) is not { } text) return null;
        if (ResendAccount.TryReadUrl(text, out var url, out var problem)) return url;
        Refuse($"The `base_url` field cannot be used. {problem}");
        return null;
    }

    string? From()
    {
        if (fields.Text("from", 1_000) is not { } text) return Mentions("from") ? null : before?.Settings.From;
        if (Mailbox.TryParse(text, out var mailbox, out var problem)) return mailbox.ToString();
        Refuse($"Invalid `from` field. {problem}");
        return null;
    }

    List<string> Domains()
    {
        var domains = new List<string>();
        foreach (var text in fields.Texts("sender_domains", 100, 253))
        {
            if (Address.TryParse("postmaster@" + text, out var address, out _)) domains.Add(address.Domain);
            else Refuse("The `sender_domains` field must list domains like example.org.");
        }

        return domains;
    }

    RelayLimits Limits(RelayLimits old) => new()
    {
        PerSecond = Rate() ?? (Mentions("per_second") ? null : old.PerSecond),
        Daily = Whole("daily_cap", int.MaxValue) ?? (Mentions("daily_cap") ? null : old.Daily),
        Monthly = Whole("monthly_cap", int.MaxValue) ?? (Mentions("monthly_cap") ? null : old.Monthly),
    };

    double? Rate()
    {
        if (fields.Find("per_second") is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var rate) && rate is >= 0.01 and <= 100_000) return rate;
        Refuse("The `per_second` field must be a number of messages between 0.01 and 100000.");
        return null;
    }

    int? Whole(string name, int most)
    {
        if (fields.Find(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 1 && number <= most) return number;
        Refuse($"The `{name}` field must be a whole number of at least 1{(most == int.MaxValue ? "" : $" and at most {most}")}.");
        return null;
    }

    void RefuseFields(string[] names, string kind)
    {
        foreach (var name in names)
            if (fields.Has(name)) Refuse($"The `{name}` field is not one of a relay of the kind {kind}.");
    }

    /// <summary>Whether the field is there, be it null.</summary>
    bool Mentions(string name) => body.TryGetProperty(name, out _);

    void Refuse(string sentence) => fields.Refuse(ApiError.Invalid(sentence));

    static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}

/// <summary>A relay as it was asked for, checked.</summary>
internal sealed record RelayRead(string Name, RelaySettings Settings, SecretChange Secret)
{
    /// <summary>The secret that came with it.</summary>
    public string? NewSecret => Secret is SecretChange.Set(var secret) ? secret : null;
}
