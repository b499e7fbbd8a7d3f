using System.Globalization;
using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.EndToEnd;

/// <summary>A server whose only relay is a real Postfix with STARTTLS, a private CA and a password, and the official client.</summary>
public sealed class ServerBehindPostfix : IAsyncLifetime
{
    public PostfixServer Postfix { get; private set; } = null!;
    public ServerProcess Server { get; private set; } = null!;
    public ResendClient Resend { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Postfix = await PostfixServer.StartAsync();
        Server = await ServerProcess.StartAsync(SettingsFor(Postfix));
        Resend = await ResendClient.StartAsync(Server.Address, Server.ApiKey);
    }

    // After a start that failed half way, some of them are still null.
    public async ValueTask DisposeAsync()
    {
        if (Resend is not null) await Resend.DisposeAsync();
        if (Server is not null) await Server.DisposeAsync();
        if (Postfix is not null) await Postfix.DisposeAsync();
    }

    static Dictionary<string, string> SettingsFor(PostfixServer postfix) => new(StringComparer.Ordinal)
    {
        ["SMTP_HOST"] = postfix.Host,
        ["SMTP_PORT"] = postfix.Port.ToString(CultureInfo.InvariantCulture),
        ["SMTP_USER"] = postfix.User,
        ["SMTP_PASS"] = postfix.Password,
        ["SMTP_FROM"] = "shop@example.com",
        ["SMTP_SECURITY"] = "starttls",
        ["SMTP_CA_FILE"] = postfix.CaFile,
    };
}
