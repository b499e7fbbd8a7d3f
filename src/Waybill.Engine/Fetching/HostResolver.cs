using System.Net;
using System.Net.Sockets;

namespace Waybill.Engine.Fetching;

/// <summary>Finds all addresses of a host name; none, or a <see cref="SocketException"/>, if there are none to be found.</summary>
internal delegate Task<IPAddress[]> HostResolver(string host, CancellationToken cancellationToken);
