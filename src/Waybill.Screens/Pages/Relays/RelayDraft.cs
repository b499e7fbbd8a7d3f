namespace Waybill.Screens.Pages.Relays;

/// <summary>A relay as somebody fills it in: every field as it was typed.</summary>
/// <param name="Kind"><c>smtp</c> or <c>resend</c>.</param>
/// <param name="Values">By the field's name; the password is not in it.</param>
public sealed record RelayDraft(string Kind, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>The fields that pages show again.</summary>
    public static IReadOnlyList<string> Fields { get; } =
    [
        "name", "host", "port", "security", "user", "helo", "ca_certificates", "base_url", "from", "sender_domains", "per_second",
            "daily_cap", "monthly_cap",
        "sessions", "shared",
    ];

    /// <summary>What a field holds; empty where nothing was typed.</summary>
    public string this[string field] => Values.GetValueOrDefault(field) ?? "";

    /// <summary>The password or API key as it was typed just now, sealed, so that a form that comes back has lost nothing.</summary>
    public string? SecretBox { get; init; }

    /// <summary>The version of the relay that the form was made from; 0 for a new one.</summary>
    public long Version { get; init; }
}
