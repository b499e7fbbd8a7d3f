using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Waybill.Server.Connections;

/// <summary>
/// The web server's sockets behind the doors: what is accepted is counted before anything else sees it, so that no flood is faster than the
/// count. The control socket has a door of its own.
/// </summary>
internal sealed class CountedTransport(
    IConnectionListenerFactory sockets, ConnectionDoor world, ConnectionDoor control) : IConnectionListenerFactory
{
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new Listener(await sockets.BindAsync(endpoint, cancellationToken), endpoint is UnixDomainSocketEndPoint ? control : world);

    sealed class Listener(IConnectionListener inner, ConnectionDoor door) : IConnectionListener
    {
        public EndPoint EndPoint => inner.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            while (await inner.AcceptAsync(cancellationToken) is { } connection)
                if (await door.AdmitAsync(connection, cancellationToken) is { } admitted) return admitted;
            return null;
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => inner.UnbindAsync(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
