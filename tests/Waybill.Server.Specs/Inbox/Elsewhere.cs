using System.Net;
using System.Net.Sockets;

namespace Waybill.Server.Specs.Inbox;

/// <summary>A machine that nobody should turn to: it counts who does, be it only to connect.</summary>
internal sealed class Elsewhere : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    int visits;

    public Elsewhere()
    {
        listener.Start();
        _ = CountAsync();
    }

    /// <summary>Its name and port.</summary>
    public string Name => listener.LocalEndpoint.ToString()!;

    public int Visits => Volatile.Read(ref visits);

    async Task CountAsync()
    {
        try
        {
            while (true)
            {
                using var visitor = await listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref visits);
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // the spec is over
        }
    }

    public void Dispose() => listener.Dispose();
}
