using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Waybill.Books.Reading;
using Waybill.Engine.Relays;
using Waybill.Mime.Addresses;
using Waybill.Smtp;

namespace Waybill.Server.Api.Relays;

/// <summary>
/// The fields of a relay as they are posted, over what it was before: one that is missing stays, one that is null falls back to its
/// default.
/// </summary>
internal sealed class RelayForm
{
    static readonly string[] OfSmtp = ["host", "port", "security", "user", "password", "helo", "ca_certificates"];
    static readonly string[] OfResend = ["base_url", "api_key"];

    readonly Fields fields;
    readonly RelayRecord? before;

    RelayForm(JsonElement body, RelayRecord? before)
    {
        this.before = before;
        fields = Fields.Exact(body);
    }

    /// <summary>Reads it, or says the first thing that is wrong.</summary>
    /// <param name="body">The posted fields.</param>
    /// <param name="before">The relay that they change; null for a new one.</param>
    /// <param name="mustHaveName">False for a test, which needs none.</param>
    public static (RelayRead? Read, ApiError? Error) Read(JsonElement body, RelayRecord? before, bool mustHaveName)
    {
        var (read, faults) = ReadAll(body, before, mustHaveName);
        return (read, faults.Count > 0 ? faults[0].ToError() : null);
    }

    /// <summary>As <see cref="Read(JsonElement, RelayRecord?, bool)"/>, with all that is wrong.</summary>
    public static (RelayRead? Read, IReadOnlyList<FieldFault> Faults) ReadAll(JsonElement body, RelayRecord? before, bool mustHaveName)
    {
        var form = new RelayForm(body, before);
        if (form.fields.Fault is not null) return (null, form.fields.Faults);
        var read = form.Read(mustHaveName);
        return (form.fields.Fault is null ? read : null, form.fields.Faults);
    }

    RelayRead Read(bool mustHaveName)
    {
        var name = fields.Name("name", RelayTable.LongestName) ?? before?.Name ?? "";
        if (!fields.HasValue("name") && name.Length == 0 && mustHaveName) fields.Wrong("name", "missing");
        var kind = fields.Text("kind", 50) ?? before?.Settings.Route.Kind;
        if (kind is null) fields.Wrong("kind", "missing");
        else if (before is not null && kind != before.Settings.Route.Kind) fields.Wrong("kind", "relay.kind-stays");
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
            SenderDomains = fields.Has("sender_domains") ? Domains() : before?.Settings.SenderDomains ?? [],
            Limits = Limits(before?.Settings.Limits ?? new()),
            Sessions = fields.Whole("sessions", 1, 100) ?? (fields.Has("sessions") ? 8 : before?.Settings.Sessions ?? 8),
        };
        return new(name, settings, secret);
    }

    (RelayRoute, SecretChange) Unknown(string? kind)
    {
        if (kind is not null) fields.Wrong("kind", "relay.kind");
        return (new RelayRoute.Resend(RelayRoute.Resend.Standard), new SecretChange.Keep());
    }

    (RelayRoute, SecretChange) Smtp(RelayRoute.Smtp? old)
    {
        RefuseFields(OfResend, "smtp");
        var host = Host() ?? old?.Host;
        if (host is null) fields.Wrong("host", "missing");
        var security = Security() ?? (fields.Has("security") ? RelaySecurity.StartTls : old?.Security ?? RelaySecurity.StartTls);
        var port = fields.Whole("port", 1, 65_535)
            ?? (fields.Has("port") || old is null ? (security == RelaySecurity.ImplicitTls ? 465 : 587) : old.Port);
        var user = Credential("user") ?? (fields.Has("user") ? null : old?.User);
        var secret = Secret("password", Credential("password"), user is not null);
        if (user is not null && security == RelaySecurity.None && host is not null && !IsLoopback(host))
            fields.Wrong("security", "relay.clear", new FieldName("user"), new FieldName("password"));
        if (old is not null && host != old.Host) RequireSecretAnew("host", "password", secret, user is not null);
        return (new RelayRoute.Smtp(
            host ?? "", port, security, user, Helo() ?? (fields.Has("helo") ? null : old?.HeloName), Authorities(old)), secret);
    }

    (RelayRoute, SecretChange) Resend(RelayRoute.Resend? old)
    {
        RefuseFields(OfSmtp, "resend");
        var url = BaseUrl() ?? (fields.Has("base_url") || old is null ? RelayRoute.Resend.Standard : old.BaseUrl);
        var key = fields.Text("api_key", 1_000);
        if (key is not null && !ResendAccount.CanBeKey(key)) fields.Wrong("api_key", "relay.api-key");
        var secret = Secret("api_key", key, isNeeded: true);
        if (old is not null && url != old.BaseUrl) RequireSecretAnew("base_url", "api_key", secret, hasSecret: true);
        return (new RelayRoute.Resend(url), secret);
    }

    /// <summary>What becomes of the secret; a form that leaves it out keeps it.</summary>
    SecretChange Secret(string name, string? value, bool isNeeded)
    {
        if (value is not null && !isNeeded) fields.Wrong("user", "relay.user-missing", new FieldName(name));
        if (value is not null) return new SecretChange.Set(value);
        if (!isNeeded) return new SecretChange.Clear();
        if (fields.Has(name) || before?.SecretSetAt is null) fields.Wrong(name, "missing");
        return new SecretChange.Keep();
    }

    /// <summary>Who may change a relay, but not see its secret, must not get it by having it sent to another place.</summary>
    void RequireSecretAnew(string changed, string secret, SecretChange change, bool hasSecret)
    {
        if (hasSecret && change is SecretChange.Keep) fields.Wrong(changed, "relay.secret-anew", new FieldName(secret));
    }

    string? Host()
    {
        if (fields.Text("host", 253) is not { } host) return null;
        if (RelayHost.Objection(host) is { } objection)
        {
            fields.Wrong("host", "relay.host-refused", objection);
            return null;
        }

        if (IPAddress.TryParse(host, out _) || (Uri.CheckHostName(host) == UriHostNameType.Dns && host.All(c => c is > ' ' and < '\u007f')))
            return host;
        fields.Wrong("host", "relay.host");
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
                fields.Wrong("security", "relay.security");
                return null;
        }
    }

    string? Credential(string name)
    {
        var text = fields.Text(name, 1_000);
        if (text?.Length == 0) fields.Wrong(name, "relay.empty");
        if (text is not null && text.Any(char.IsControl)) fields.Wrong(name, "relay.control");
        return text;
    }

    string? Helo()
    {
        var helo = fields.Text("helo", 253);
        if (helo is not null && (helo.Length == 0 || helo.AsSpan().ContainsAnyExceptInRange('!', '~'))) fields.Wrong("helo", "relay.helo");
        return helo;
    }

    string? Authorities(RelayRoute.Smtp? old)
    {
        if (fields.Text("ca_certificates", 100_000) is not { } pem) return fields.Has("ca_certificates") ? null : old?.Authorities;
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

        fields.Wrong("ca_certificates", "relay.pem");
        return null;
    }

    Uri? BaseUrl()
    {
        if (fields.Text("base_url", 2_000) is not { } text) return null;
        if (ResendAccount.TryReadUrl(text, out var url, out var problem)) return url;
        fields.Wrong("base_url", "relay.url", problem);
        return null;
    }

    string? From()
    {
        if (fields.Text("from", 1_000) is not { } text) return fields.Has("from") ? null : before?.Settings.From;
        if (Mailbox.TryParse(text, out var mailbox, out var problem)) return mailbox.ToString();
        fields.Wrong("from", "field.odd", problem);
        return null;
    }

    List<string> Domains()
    {
        var domains = new List<string>();
        foreach (var text in fields.Texts("sender_domains", 100, 253))
        {
            if (Address.TryParse("postmaster@" + text, out var address, out _)) domains.Add(address.Domain);
            else fields.Wrong("sender_domains", "relay.domains");
        }

        return domains;
    }

    RelayLimits Limits(RelayLimits old) => new()
    {
        PerSecond = Rate() ?? (fields.Has("per_second") ? null : old.PerSecond),
        Daily = fields.Whole("daily_cap", 1, int.MaxValue) ?? (fields.Has("daily_cap") ? null : old.Daily),
        Monthly = fields.Whole("monthly_cap", 1, int.MaxValue) ?? (fields.Has("monthly_cap") ? null : old.Monthly),
    };

    double? Rate()
    {
        var rate = fields.Real("per_second", out var isOdd);
        if (rate is >= 0.01 and <= 100_000 || (rate is null && !isOdd)) return rate;
        fields.Wrong("per_second", "relay.rate");
        return null;
    }

    void RefuseFields(string[] names, string kind)
    {
        foreach (var name in names)
            if (fields.HasValue(name)) fields.Wrong(name, "relay.not-of-kind", kind);
    }

    static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}

/// <summary>A relay as it was asked for, checked.</summary>
internal sealed record RelayRead(string Name, RelaySettings Settings, SecretChange Secret)
{
    /// <summary>The secret that came with it.</summary>
    public string? NewSecret => Secret is SecretChange.Set(var secret) ? secret : null;
}
