namespace Waybill.Server.Configuration;

/// <summary>
/// The environment that operators of the seeds' systems know (SMTP_HOST, …), laid over our own settings: it wins for the default relay.
/// The seeds' dotted names are accepted as aliases.
/// </summary>
internal static class EnvironmentContract
{
    static readonly (string Alias, string Setting)[] Names =
    [
        ("SMTP_HOST", "Relay:Host"),
        ("SMTP_PORT", "Relay:Port"),
        ("SMTP_USER", "Relay:User"),
        ("SMTP_USERNAME", "Relay:User"),
        ("SMTP_PASS", "Relay:Password"),
        ("SMTP_PASSWORD", "Relay:Password"),
        ("SMTP_FROM", "Relay:From"),
        ("SMTP_SECURITY", "Relay:Security"),
        ("SMTP_CA_FILE", "Relay:CaFile"),
        ("email.provider", "Email:Provider"),
        ("email.from_email", "Email:FromEmail"),
        ("email.from_name", "Email:FromName"),
        ("email.resend.api_key", "Email:Resend:ApiKey"),
        ("email.resend.base_url", "Email:Resend:BaseUrl"),
        ("WAYBILL_API_KEY", "ApiKey"),
        ("WAYBILL_MASTER_KEY", "Secrets:MasterKey"),
        ("WAYBILL_OPERATOR_EMAIL", "Operator:Email"),
        ("WAYBILL_ADMIN_PASSWORD", "Operator:Password"),
    ];

    /// <summary>Adds the aliases as the last, and so the strongest, source.</summary>
    public static void AddEnvironmentContract(this IConfigurationManager configuration)
    {
        var aliases = Names
            .Select(name => KeyValuePair.Create(name.Setting, configuration[name.Alias]))
            .Where(pair => !string.IsNullOrEmpty(pair.Value))
            .DistinctBy(pair => pair.Key, StringComparer.Ordinal)
            .ToList();
        configuration.AddInMemoryCollection(aliases);
    }

    /// <summary>The short name that a setting was given by; null: by none, or not at all.</summary>
    public static string? AliasOf(IConfiguration configuration, string setting) =>
        Names.Where(name => name.Setting == setting && !string.IsNullOrEmpty(configuration[name.Alias])).Select(name => name.Alias)
            .FirstOrDefault();
}
