using System.Net;
using System.Net.Sockets;
using Waybill.Smtp;

namespace Waybill.Engine.Fetching;

/// <summary>
/// The only way out to a URL that somebody gave us. A host is resolved once for each connection, every address it has must pass the guard,
/// and those very addresses are connected to: a name that answers differently a moment later gains nothing.
/// </summary>
internal sealed class GuardedConnection(AddressGuard guard, HostResolver resolve)
{
    public static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);
    public const int HeaderKibibytes = 32;

    /// <summary>For addresses that the operator named, which may be anywhere.</summary>
    public static GuardedConnection Anywhere() => new(new AddressGuard(AllowedNets.All), Dns.GetHostAddressesAsync);

    /// <summary>A handler that adds nothing of its own to a request and believes nothing of a response: no proxy, no redirects, no cookies,
    /// no trace headers, no decompression. The caller disposes it.</summary>
    public SocketsHttpHandler Handler() => new()
    {
        ConnectCallback = ConnectAsync,
        ConnectTimeout = ConnectLimit,
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = HeaderKibibytes,
        MaxResponseDrainSize = 0,
        SslOptions = TlsClient.Options(),
    };

    async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await VetAsync(context.DnsEndPoint.Host, cancellationToken);
        return await ConnectToFirstAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
    }

    async Task<IPAddress[]> VetAsync(string host, CancellationToken cancellationToken)
    {
        var found = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellationToken);
        if (found.Length == 0) throw new SocketException((int)SocketError.HostNotFound);
        foreach (var address in found)
            if (guard.Judge(address) is GuardVerdict.Forbidden(var reason))
                throw new ForbiddenAddressException($"Waybill does not connect to {host}: {reason}.");
        return Array.ConvertAll(found, AddressGuard.Canonical);
    }

    static async Task<Stream> ConnectToFirstAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        for (var next = 0; ; next++)
        {
            try { return await ConnectToAsync(new IPEndPoint(addresses[next], port), cancellationToken); }
            catch (SocketException) when (next + 1 < addresses.Length) { }
        }
    }

    static async Task<Stream> ConnectToAsync(IPEndPoint peer, CancellationToken cancellationToken)
    {
        var socket = new Socket(peer.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(peer, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
