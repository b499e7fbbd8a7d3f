using Npgsql;
using Waybill.Books;

namespace Waybill.Server.Configuration;

/// <summary>A setting as the instance has it, for people to look at.</summary>
/// <param name="Name">Its name, as in <c>Relay:Host</c>.</param>
/// <param name="Value">What it is; a secret is masked; null: it is not set.</param>
/// <param name="Source">Where it comes from; null: it is not set.</param>
internal sealed record SettingFact(string Name, string? Value, string? Source)
{
    const string Mask = "••••";

    /// <summary>Every setting, in the order of the documentation; true: its value is shown to nobody.</summary>
    static readonly (string Name, bool IsSecret)[] All =
    [
        ("Data:Path", false), ("Storage:Provider", false), ("Storage:Local:Path", false), ("Database:Provider", false),
        ("Database:ConnectionString", true), ("Modules", false), ("Secrets:KeyPath", false), ("Secrets:MasterKey", true), ("ApiKey", true),
        ("Operator:Email", false), ("Operator:Password", true), ("Email:Provider", false), ("Email:Resend:ApiKey", true),
        ("Email:Resend:BaseUrl", false), ("Email:FromEmail", false), ("Email:FromName", false), ("Relay:Host", false),
        ("Relay:Port", false), ("Relay:Security", false), ("Relay:User", false), ("Relay:Password", true), ("Relay:CaFile", false),
        ("Relay:From", false), ("Relay:SenderDomains", false), ("Relay:HeloName", false), ("Relay:Sessions", false),
        ("Relay:PerSecond", false), ("Relay:DailyCap", false), ("Relay:MonthlyCap", false), ("Demo", false),
        ("urls", false), ("PublicUrl", false), ("Kestrel:Certificates:Default:Path", false),
        ("Kestrel:Certificates:Default:KeyPath", false), ("Kestrel:Certificates:Default:Password", true), ("Server:TrustedProxies", false),
        ("Server:BodyMemory", false), ("Server:BodySeconds", false), ("Server:BodyRate", false), ("Server:MaxConnections", false),
        ("Limits:KeyPerSecond", false), ("Limits:TenantPerSecond", false), ("Egress:Allow", false),
    ];

    /// <summary>The names of the server's own.</summary>
    public static IEnumerable<string> OwnNames => All.Select(one => one.Name);

    /// <summary>All of them, those of the books that are on last.</summary>
    public static IReadOnlyList<SettingFact> Read(IConfiguration configuration, IEnumerable<Book> books) =>
    [
        .. All.Select(one => Read(configuration, one.Name, one.IsSecret)),
        .. books.SelectMany(book => book.Settings?.All ?? []).Select(one => Read(configuration, one.Name, one.IsSecret)),
    ];

    static SettingFact Read(IConfiguration configuration, string name, bool isSecret)
    {
        if (configuration[name] is not { } value || string.IsNullOrWhiteSpace(value)) return new(name, Value: null, Source: null);
        return new(name, isSecret ? Masked(name, value) : value, SourceOf(configuration, name));
    }

    /// <summary>Of the connection string the password alone is secret, and the rest is what an operator looks for.</summary>
    static string Masked(string name, string value)
    {
        if (name != "Database:ConnectionString") return Mask;
        try
        {
            var connection = new NpgsqlConnectionStringBuilder(value);
            return $"Host={connection.Host};Port={connection.Port};Database={connection.Database};Username={connection.Username};Password={Mask}";
        }
        catch (ArgumentException)
        {
            return Mask;
        }
    }

    /// <summary>The last source that has it wins, as everywhere.</summary>
    static string SourceOf(IConfiguration configuration, string name)
    {
        if (EnvironmentContract.AliasOf(configuration, name) is { } alias) return alias;
        return (configuration as IConfigurationRoot)?.Providers.LastOrDefault(provider => provider.TryGet(name, out _)) switch
        {
            Microsoft.Extensions.Configuration.Json.JsonConfigurationProvider json => json.Source.Path ?? "appsettings.json",
            Microsoft.Extensions.Configuration.CommandLine.CommandLineConfigurationProvider => $"--{name}",
            Microsoft.Extensions.Configuration.EnvironmentVariables.EnvironmentVariablesConfigurationProvider =>
                name.Replace(":", "__", StringComparison.Ordinal),
            _ => "",
        };
    }
}
