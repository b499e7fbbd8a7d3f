using System.Net.Sockets;

namespace Waybill.Smtp.Wires;

/// <summary>A way to a relay that has been made and nothing said on.</summary>
/// <param name="Stream">The octets.</param>
/// <param name="Socket">The socket below, to see whether an idle session has ended; null where there is none.</param>
/// <param name="IsLoopback">Whether the other end is this machine.</param>
sealed record Connection(Stream Stream, Socket? Socket, bool IsLoopback);
