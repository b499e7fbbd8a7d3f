using Waybill.Engine.Relays;
using Waybill.Server.Http;
using Waybill.Smtp;

namespace Waybill.Server.Api.Relays;

/// <summary>A relay as the API shows it. Of its password or API key: whether there is one, and since when.</summary>
internal sealed record RelayAnswer(Guid Id, string Name, string Kind)
{
    public string Object { get; } = "relay";

    /// <summary>Whether every tenant may use it.</summary>
    public bool Shared { get; init; }

    /// <summary>Whether it comes from the settings, and can be changed there only.</summary>
    public bool FromSettings { get; init; }

    public string? Host { get; init; }

    public int? Port { get; init; }

    public string? Security { get; init; }

    public string? User { get; init; }

    public string? Helo { get; init; }

    public bool? HasCaCertificates { get; init; }

    public string? BaseUrl { get; init; }

    public bool? SecretIsSet { get; init; }

    public string? SecretSetAt { get; init; }

    public string? From { get; init; }

    public IReadOnlyList<string> SenderDomains { get; init; } = [];

    public double? PerSecond { get; init; }

    public int? DailyCap { get; init; }

    public int? MonthlyCap { get; init; }

    /// <summary>Messages today and this month, counted where there is a cap.</summary>
    public long? UsedToday { get; init; }

    public long? UsedThisMonth { get; init; }

    public int? Sessions { get; init; }

    public long? Version { get; init; }

    public string? CreatedAt { get; init; }

    public string? UpdatedAt { get; init; }

    /// <summary>A kept relay; to those who may not change it, only what they need to choose it.</summary>
    public static RelayAnswer Of(RelayRecord relay, bool inFull, RelayUsage? usage)
    {
        var (settings, limits) = (relay.Settings, relay.Settings.Limits);
        var answer = new RelayAnswer(relay.Id, relay.Name, settings.Route.Kind)
        {
            Shared = relay.Tenant is null,
            From = settings.From,
            SenderDomains = settings.AllowedDomains,
        };
        if (!inFull) return answer;
        return WithRoute(answer, settings.Route) with
        {
            SecretIsSet = relay.SecretSetAt is not null,
            SecretSetAt = relay.SecretSetAt?.OnTheWire(),
            PerSecond = limits.PerSecond,
            DailyCap = limits.Daily,
            MonthlyCap = limits.Monthly,
            UsedToday = limits.HasCap ? usage?.Today ?? 0 : null,
            UsedThisMonth = limits.HasCap ? usage?.ThisMonth ?? 0 : null,
            Sessions = settings.Sessions,
            Version = relay.Version,
            CreatedAt = relay.CreatedAt.OnTheWire(),
            UpdatedAt = relay.UpdatedAt.OnTheWire(),
        };
    }

    /// <summary>A relay that the settings make; how much of it all tenants use is the instance's affair.</summary>
    public static RelayAnswer Of(Guid id, Relay relay, bool inFull, RelayUsage? usage)
    {
        var answer = new RelayAnswer(id, relay.Name, relay.Transport.Name)
        {
            Shared = true,
            FromSettings = true,
            From = relay.From?.ToString(),
            SenderDomains = relay.SenderDomains,
        };
        if (!inFull) return answer;
        return answer with
        {
            PerSecond = relay.Limits.PerSecond,
            DailyCap = relay.Limits.Daily,
            MonthlyCap = relay.Limits.Monthly,
            UsedToday = relay.Limits.HasCap ? usage?.Today ?? 0 : null,
            UsedThisMonth = relay.Limits.HasCap ? usage?.ThisMonth ?? 0 : null,
        };
    }

    /// <summary>The word for a protection.</summary>
    public static string Word(RelaySecurity security) => security switch
    {
        RelaySecurity.StartTls => "starttls",
        RelaySecurity.ImplicitTls => "tls",
        _ => "none",
    };

    static RelayAnswer WithRoute(RelayAnswer answer, RelayRoute route) => route switch
    {
        RelayRoute.Smtp smtp => answer with
        {
            Host = smtp.Host,
            Port = smtp.Port,
            Security = Word(smtp.Security),
            User = smtp.User,
            Helo = smtp.HeloName,
            HasCaCertificates = smtp.Authorities is not null,
        },
        RelayRoute.Resend resend => answer with { BaseUrl = resend.BaseUrl.ToString() },
        _ => throw new System.Diagnostics.UnreachableException($"No answer for {route.GetType().Name}."),
    };
}

/// <summary>A page of relays, newest first.</summary>
internal sealed record RelayListAnswer(bool HasMore, IReadOnlyList<RelayAnswer> Data)
{
    public string Object { get; } = "list";
}

/// <summary>Names a relay that was removed.</summary>
internal sealed record RemovedRelayAnswer(Guid Id)
{
    public string Object { get; } = "relay";

    public bool Deleted { get; } = true;
}
