using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Waybill.Engine.Specs.Transports;

/// <summary>A request as it arrived: its head, and as much of its body as came.</summary>
internal sealed record Heard(string Head, string Body)
{
    public string Header(string name) => Head.Split("\r\n")
        .Single(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))[(name.Length + 2)..];
}

/// <summary>
/// An HTTP server on loopback that follows a script: each connection reads one request, whole, and does what the script says for it. The
/// last line of the script is for all that follow.
/// </summary>
internal sealed class HttpPeer : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource closing = new();
    readonly List<Heard> heard = [];
    readonly Queue<Func<NetworkStream, CancellationToken, Task>> script;
    readonly Task accepting;

    public HttpPeer(params Func<NetworkStream, CancellationToken, Task>[] script)
    {
        this.script = new(script);
        listener.Start();
        accepting = AcceptAsync();
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    public IReadOnlyList<Heard> Heard { get { lock (heard) return [.. heard]; } }

    public static Func<NetworkStream, CancellationToken, Task> Answer(
        int status, string body, params string[] headers) => (stream, stopping) =>
    {
        var lines = string.Concat(headers.Select(header => header + "\r\n"));
        return stream.WriteAsync(Encoding.UTF8.GetBytes(
            $"HTTP/1.1 {status} Words\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n{lines}\r\n{body}"),
                stopping).AsTask();
    };

    public static Func<NetworkStream, CancellationToken, Task> Hang { get; } = (_, stopping) => Task.Delay(Timeout.Infinite, stopping);

    public static Func<NetworkStream, CancellationToken, Task> Cut { get; } = (_, _) => Task.CompletedTask;

    public static Func<NetworkStream, CancellationToken, Task> Garbage { get; } = (
        stream, stopping) => stream.WriteAsync("220 mx ESMTP\r\n"u8.ToArray(), stopping).AsTask();

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await accepting;
        listener.Dispose();
        closing.Dispose();
    }

    async Task AcceptAsync()
    {
        var talks = new List<Task>();
        try
        {
            for (; ; ) talks.Add(TalkAsync(await listener.AcceptTcpClientAsync(closing.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(talks);
        }
    }

    async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var request = await ReadAsync(stream, closing.Token);
                Func<NetworkStream, CancellationToken, Task> act;
                lock (heard)
                {
                    heard.Add(request);
                    act = script.Count > 1 ? script.Dequeue() : script.Peek();
                }

                await act(stream, closing.Token);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException)
            {
                // the client hung up
            }
        }
    }

    static async Task<Heard> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        using var reader = new MemoryStream();
        var head = await Fetching.LoopbackPeer.ReadHeadAsync(stream, cancellationToken);
        if (!head.EndsWith("\r\n\r\n", StringComparison.Ordinal)) throw new EndOfStreamException("The client hung up.");
        var request = new Heard(head, "");
        var octets = new byte[int.Parse(request.Header("Content-Length"), System.Globalization.CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(octets, cancellationToken);
        return request with { Body = Encoding.UTF8.GetString(octets) };
    }
}
