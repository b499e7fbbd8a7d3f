using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Relays;

/// <summary>The relay with a fault a port, for all specs of this folder.</summary>
public sealed class RelayTrouble : IAsyncLifetime
{
    public const string Password = "s3cret-Marker-Passw0rd";

    readonly Lazy<Task<ServerProcess>> shared;

    public RelayTrouble() => shared = new(() => StartAsync(SmtpFault.None, password: "secret"));

    public FaultySmtpServer Relay { get; private set; } = null!;

    /// <summary>One server whose relay has no fault, but for those that recipients script.</summary>
    public Task<ServerProcess> SharedAsync() => shared.Value;

    public async ValueTask InitializeAsync() => Relay = await FaultySmtpServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (shared.IsValueCreated) await (await shared.Value).DisposeAsync();
        if (Relay is not null) await Relay.DisposeAsync();
    }

    /// <summary>A server of its own whose relay has this fault.</summary>
    public Task<ServerProcess> StartAsync(SmtpFault fault, string security = "starttls", bool signsIn = true, string password = Password) =>
        ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SMTP_HOST"] = "localhost",
            ["SMTP_PORT"] = Relay.PortOf(fault).ToString(CultureInfo.InvariantCulture),
            ["SMTP_SECURITY"] = security,
            ["SMTP_USER"] = signsIn ? "sender" : "",
            ["SMTP_PASS"] = signsIn ? password : "",
            ["SMTP_CA_FILE"] = Relay.CaFile,
        });
}

/// <summary>What a spec of a relay asks its server.</summary>
internal static class RelayQuestions
{
    /// <summary>Posts one email and gives its id.</summary>
    public static async Task<string> PostEmailAsync(this ServerProcess server, string to = "ada@example.org")
    {
        using var answer = await server.Client.PostAsJsonAsync(
            new Uri("/emails", UriKind.Relative), new { from = "shop@example.com", to, subject = "Your order", text = "Thank you." });
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    /// <summary>Its <c>last_event</c>.</summary>
    public static async Task<string> LastEventAsync(this ServerProcess server, string id) =>
        (await server.Client.GetFromJsonAsync<JsonElement>(new Uri("/emails/" + id, UriKind.Relative))).GetProperty("last_event")
            .GetString()!;

    /// <summary>Waits until it is that.</summary>
    public static Task ShouldBecomeAsync(this ServerProcess server, string id, string lastEvent) => Eventually.IsTrueAsync(
        $"the email to be {lastEvent}", async () => await server.LastEventAsync(id) == lastEvent, TimeSpan.FromSeconds(20));

    /// <summary>The operator's page about it.</summary>
    public static async Task<string> PageAsync(this ServerProcess server, string id)
    {
        using var door = await OperatorClient.EnterAsync(server);
        using var answer = await door.Http.GetAsync(new Uri("/admin/t/default/messages/" + id, UriKind.Relative));
        Assert.True(answer.IsSuccessStatusCode, server.Output);
        return System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }
}
