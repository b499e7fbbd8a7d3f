using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Waybill.Bench.Load;

/// <summary>One kept-alive connection with at most one request in flight; the request is bytes made before.</summary>
internal sealed class PostingClient : IDisposable
{
    readonly byte[] request;
    readonly byte[] answer = new byte[8192];
    readonly Stopwatch clock;
    long sentAt;
    int filled;

    public PostingClient(IPEndPoint server, byte[] request, Stopwatch clock)
    {
        this.request = request;
        this.clock = clock;
        Socket.Connect(server);
    }

    public Socket Socket { get; } = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public void Send()
    {
        sentAt = clock.ElapsedTicks;
        filled = 0;
        var sent = Socket.Send(request);
        if (sent != request.Length) throw new IOException("The socket took less than one request.");
    }

    /// <summary>Reads what is there; how long the answer took once it is whole, else null.</summary>
    public TimeSpan? Receive()
    {
        var read = Socket.Receive(answer, filled, answer.Length - filled, SocketFlags.None);
        if (read == 0) throw new IOException("The server hung up.");
        filled += read;
        var so = answer.AsSpan(0, filled);
        if (!HttpAnswer.IsWhole(so)) return null;
        if (!HttpAnswer.IsOk(so)) throw new IOException("The server refused: " + System.Text.Encoding.UTF8.GetString(so));
        return TimeSpan.FromTicks((clock.ElapsedTicks - sentAt) * TimeSpan.TicksPerSecond / Stopwatch.Frequency);
    }

    public void Dispose() => Socket.Dispose();
}
