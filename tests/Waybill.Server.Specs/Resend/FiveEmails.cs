using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Resend;

/// <summary>A server of its own with five emails and no other, since a list shows everything.</summary>
public sealed class FiveEmails : IAsyncLifetime
{
    ServerProcess? server;

    public ResendClient Resend { get; private set; } = null!;

    /// <summary>Their ids.</summary>
    public string[] NewestFirst { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        server = await ServerProcess.StartAsync();
        Resend = await ResendClient.StartAsync(server.Address, server.ApiKey);
        foreach (var mail in Mail.Many(5)) NewestFirst = [(await Resend.CallAsync("emails.send", mail)).Id, .. NewestFirst];
    }

    public async ValueTask DisposeAsync()
    {
        if (Resend is not null) await Resend.DisposeAsync();
        if (server is not null) await server.DisposeAsync();
    }
}
