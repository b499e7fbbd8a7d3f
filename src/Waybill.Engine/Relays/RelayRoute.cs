using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Serialization;
using Waybill.Smtp;

namespace Waybill.Engine.Relays;

/// <summary>How a relay is reached. Its password or API key is not in it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Smtp), "smtp")]
[JsonDerivedType(typeof(Resend), "resend")]
public abstract record RelayRoute
{
    private RelayRoute() { }

    /// <summary>A server that takes mail by SMTP.</summary>
    /// <param name="Host">Host name or address.</param>
    /// <param name="Port">TCP port.</param>
    /// <param name="Security">How the connection is protected.</param>
    /// <param name="User">Whom to sign in as; null: no sign-in.</param>
    /// <param name="HeloName">How we introduce ourselves; null: as to the default relay.</param>
    /// <param name="Authorities">Certificates in PEM, for a private relay: when set, these authorities are trusted and no others.</param>
    public sealed record Smtp(
        string Host, int Port, RelaySecurity Security, string? User, string? HeloName, string? Authorities) : RelayRoute
    {
        /// <summary>The same for the SMTP client.</summary>
        public RelayEndpoint Endpoint(string? password, string heloName) => new()
        {
            Host = Host,
            Port = Port,
            Security = Security,
            User = User,
            Password = User is null ? null : password,
            HeloName = HeloName ?? heloName,
            TrustedRoots = Roots(),
        };

        X509Certificate2Collection? Roots()
        {
            if (Authorities is null) return null;
            var roots = new X509Certificate2Collection();
            roots.ImportFromPem(Authorities);
            return roots;
        }
    }

    /// <summary>A server that speaks Resend's API.</summary>
    /// <param name="BaseUrl">What comes before <c>/emails</c>.</param>
    public sealed record Resend(Uri BaseUrl) : RelayRoute
    {
        /// <summary>Where Resend itself is.</summary>
        public static Uri Standard { get; } = new("https://api.resend.com");
    }

    /// <summary>The word for it in database, API and screens.</summary>
    [JsonIgnore]
    public string Kind => this switch
    {
        Smtp => "smtp",
        Resend => "resend",
        _ => throw new System.Diagnostics.UnreachableException($"No word for {GetType().Name}."),
    };

    /// <summary>Whether it cannot be used without a password or an API key.</summary>
    [JsonIgnore]
    public bool NeedsSecret => this is Resend or Smtp { User: not null };
}
