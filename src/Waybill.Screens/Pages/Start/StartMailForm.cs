namespace Waybill.Screens.Pages.Start;

/// <summary>How mail is to leave, as it was typed; a secret is never typed back.</summary>
public sealed record StartMailForm
{
    /// <summary><c>keep</c>, <c>smtp</c> or <c>resend</c>.</summary>
    public string Kind { get; init; } = "keep";

    /// <summary>The relay's name.</summary>
    public string Host { get; init; } = "";

    /// <summary>Its port; empty: the usual one.</summary>
    public string Port { get; init; } = "";

    /// <summary><c>starttls</c>, <c>tls</c> or <c>none</c>.</summary>
    public string Security { get; init; } = "starttls";

    /// <summary>Whom to sign in as.</summary>
    public string User { get; init; } = "";

    /// <summary>The password or API key that was typed, sealed; null: none was.</summary>
    public string? SecretBox { get; init; }

    /// <summary>Who mails come from.</summary>
    public string From { get; init; } = "";
}
