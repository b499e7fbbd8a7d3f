using System.Net;
using Waybill.Books;
using Waybill.Engine.Accounts;
using Waybill.Engine.Fetching;
using Waybill.Engine.Relays;
using Waybill.Mime.Addresses;
using Waybill.Server.Api.Rates;
using Waybill.Server.Bodies;
using Waybill.Smtp;

namespace Waybill.Server.Configuration;

/// <summary>All settings, read once at the start and checked: what is in here can be used.</summary>
internal sealed record Settings
{
    /// <summary>The folder of everything that this instance keeps; default <c>./data</c>.</summary>
    public required string DataPath { get; init; }

    /// <summary>The folder of files that are no rows; default <c>{DataPath}/assets</c>. Several nodes need the same one.</summary>
    public required string BlobsPath { get; init; }

    /// <summary>PostgreSQL's connection string; null: SQLite in the data folder.</summary>
    public string? PostgresConnection { get; init; }

    /// <summary>The books that are on; default all.</summary>
    public required IReadOnlyList<Book> Books { get; init; }

    /// <summary>Where mail goes that names no relay of its own.</summary>
    public required WayOut WayOut { get; init; }

    /// <summary>Resend beside a default relay that is reached by SMTP, for brands that name it; default none.</summary>
    public ResendAccount? ResendBeside { get; init; }

    /// <summary>How Waybill introduces itself to relays.</summary>
    public required string HeloName { get; init; }

    /// <summary>The domains that the default relay may be used for; default the one of <see cref="From"/>.</summary>
    public required IReadOnlyList<string> SenderDomains { get; init; }

    /// <summary>How many sessions the relay is asked to carry; default 8.</summary>
    public SessionPoolLimits Sessions { get; init; } = new();

    /// <summary>Rate and caps of the relay; default none.</summary>
    public RelayLimits Limits { get; init; } = new();

    /// <summary>Who test mails come from; default waybill@localhost.</summary>
    public required Mailbox From { get; init; }

    /// <summary>What links begin with; null: the address that the server listens on, which must be a loopback one then.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>The first full-scope key for unattended starts; null: one is made at the first start and printed.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Fills the operator's address at the first start; null: it is asked for later.</summary>
    public string? OperatorEmail { get; init; }

    /// <summary>The first owner for unattended starts; null: a link is printed as long as there is none.</summary>
    public NewPerson? FirstOwner { get; init; }

    /// <summary>The master key itself; null: it is read from <see cref="KeyPath"/>.</summary>
    public string? MasterKey { get; init; }

    /// <summary>The folder of the master key; default <c>{DataPath}/keys</c>.</summary>
    public required string KeyPath { get; init; }

    /// <summary>What Waybill may fetch from beside the public internet; default nothing.</summary>
    public required AllowedNets Egress { get; init; }

    /// <summary>Octets of memory that the bodies of requests may take, all of them together; default 256 MiB.</summary>
    public long BodyMemory { get; init; } = 256L << 20;

    /// <summary>How fast a body has to come; default 120 s in all, and 16 KiB a second for a large one.</summary>
    public BodyPace BodyPace { get; init; } = new(TimeSpan.FromSeconds(120), 16 << 10);

    /// <summary>How often one API key may ask this node; default 20,000 a second; null: no limit.</summary>
    public Rate? KeyRate { get; init; } = new(20_000);

    /// <summary>How often one tenant may, with all of its keys; default 40,000 a second; null: no limit.</summary>
    public Rate? TenantRate { get; init; } = new(40_000);

    /// <summary>How many connections there may be at a time; null: as many as there are descriptors for, and at most 16,384.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>Proxies that may say who the client is and whether it came by HTTPS; default none.</summary>
    public IReadOnlyList<IPAddress> TrustedProxies { get; init; } = [];
}
