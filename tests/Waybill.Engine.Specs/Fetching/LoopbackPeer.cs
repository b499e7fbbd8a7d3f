using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Waybill.Engine.Specs.Fetching;

/// <summary>A real server on a loopback address that follows a script on each connection, well-behaved or not.</summary>
sealed class LoopbackPeer : IAsyncDisposable
{
    public delegate Task Script(Stream stream, CancellationToken cancellationToken);

    readonly TcpListener listener;
    readonly CancellationTokenSource closing = new();
    readonly ConcurrentQueue<string> requests = new();
    readonly TaskCompletionSource firstRequest = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Script script;
    readonly Task accepting;
    int connections;

    public LoopbackPeer(Script script, string address = "127.0.0.1", int port = 0)
    {
        this.script = script;
        listener = new TcpListener(IPAddress.Parse(address), port);
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>Answers every request with the same text and then closes.</summary>
    public static LoopbackPeer Answering(string response, string address = "127.0.0.1") => Talking(
        (stream, stopping) => stream.WriteAsync(Encoding.Latin1.GetBytes(response), stopping).AsTask(), address);

    /// <summary>Reads one request, then follows a script, then closes.</summary>
    public static LoopbackPeer Talking(Script answer, string address = "127.0.0.1")
    {
        LoopbackPeer? peer = null;
        return peer = new LoopbackPeer(async (stream, stopping) =>
        {
            peer!.requests.Enqueue(await ReadHeadAsync(stream, stopping));
            peer.firstRequest.TrySetResult();
            await answer(stream, stopping);
        }, address);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;
    public int Connections => connections;
    public IReadOnlyCollection<string> Requests => requests;
    public Task FirstRequest => firstRequest.Task;

    public Uri Url(string pathAndQuery = "/file.pdf", string host = "127.0.0.1") => new($"http://{host}:{Port}{pathAndQuery}");

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await accepting;
        listener.Stop();
    }

    public static async Task<string> ReadHeadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, cancellationToken) > 0)
            head.Append((char)one[0]);
        return head.ToString();
    }

    async Task AcceptAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true) talks.Add(TalkAsync(await listener.AcceptTcpClientAsync(closing.Token)));
        }
        catch (OperationCanceledException) { }
        await Task.WhenAll(talks);
    }

    async Task TalkAsync(TcpClient client)
    {
        Interlocked.Increment(ref connections);
        using (client)
        {
            try { await script(client.GetStream(), closing.Token); }
            catch (Exception gone) when (gone is IOException or OperationCanceledException or AuthenticationException) { }
        }
    }
}
