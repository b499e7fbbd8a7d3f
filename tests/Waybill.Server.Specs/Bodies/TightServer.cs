using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Waybill.Testing;

namespace Waybill.Server.Specs.Bodies;

/// <summary>The specs that share one server with narrow limits.</summary>
[CollectionDefinition(nameof(TightServer))]
public sealed class LimitsAreNarrow : ICollectionFixture<TightServer>;

/// <summary>A server on which a body has a second to come, and a key fifty requests a second.</summary>
public sealed class TightServer : IAsyncLifetime
{
    public const int PerSecond = 50;

    public ServerProcess Process { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Process = await ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Server__BodySeconds"] = "1",
            ["Limits__KeyPerSecond"] = PerSecond.ToString(CultureInfo.InvariantCulture),
        });

    public async ValueTask DisposeAsync()
    {
        if (Process is not null) await Process.DisposeAsync();
    }

    /// <summary>A connection on which the head of a request was sent.</summary>
    public async Task<RawRequest> BeginAsync(string head, string? key = null) =>
        await RawRequest.BeginAsync(Process, head, key ?? Process.ApiKey);

    /// <summary>A key of a tenant of its own.</summary>
    public Task<string> KeyOfAsync(string tenant) => Process.MakeKeyAsync(tenant);
}

/// <summary>A request octet by octet, as no honest client sends it.</summary>
public sealed class RawRequest : IDisposable
{
    readonly TcpClient connection = new();

    public static async Task<RawRequest> BeginAsync(ServerProcess server, string head, string key)
    {
        var request = new RawRequest();
        await request.connection.ConnectAsync(server.Address.Host, server.Address.Port);
        await request.SendAsync($"{head} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\n");
        return request;
    }

    public async Task<RawRequest> SendAsync(string text)
    {
        await connection.Client.SendAsync(Encoding.ASCII.GetBytes(text));
        return this;
    }

    /// <summary>Sends what nobody may want any more.</summary>
    public async Task<bool> TrySendAsync(string text)
    {
        try
        {
            await SendAsync(text);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Nothing more will come.</summary>
    public RawRequest End()
    {
        connection.Client.Shutdown(SocketShutdown.Send);
        return this;
    }

    /// <summary>All that the server says until it closes, or until it has said this.</summary>
    public async Task<string> AnswerAsync(string? until = null)
    {
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (until is null || !answer.ToString().Contains(until, StringComparison.Ordinal))
            {
                var read = await connection.Client.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromSeconds(60));
                if (read == 0) break;
                answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (SocketException)
        {
            // closed with something of ours unread
        }

        return answer.ToString();
    }

    public void Dispose() => connection.Dispose();
}
