using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Waybill.Testing.Smtp;

/// <summary>Scripts behind a real socket on loopback: the first connection gets the first one, and so on.</summary>
public sealed class ScriptedRelay : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource stopping = new();
    readonly Task playing;

    ScriptedRelay(X509Certificate2? certificate, string[] scripts)
    {
        Peers = [.. scripts.Select(script => new ScriptedPeer(script, certificate))];
        listener.Start();
        playing = PlayAllAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public IReadOnlyList<ScriptedPeer> Peers { get; }

    /// <summary>Done when all scripts have been played.</summary>
    public Task Played => playing;

    public static ScriptedRelay Start(params string[] scripts) => new(null, scripts);

    public static ScriptedRelay Start(X509Certificate2 certificate, params string[] scripts) => new(certificate, scripts);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        try
        {
            await playing;
        }
        catch (Exception left) when (left is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Scripts that nobody came for.
        }
    }

    async Task PlayAllAsync()
    {
        var plays = new List<Task>();
        foreach (var peer in Peers) plays.Add(PlayAsync(peer, await listener.AcceptTcpClientAsync(stopping.Token)));
        await Task.WhenAll(plays);
    }

    async Task PlayAsync(ScriptedPeer peer, TcpClient client)
    {
        client.NoDelay = true;
        await peer.PlayAsync(client.GetStream(), stopping.Token);
    }
}
