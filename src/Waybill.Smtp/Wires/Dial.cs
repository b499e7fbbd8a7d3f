using System.Net;
using System.Net.Sockets;

namespace Waybill.Smtp.Wires;

/// <summary>Makes a connection to a relay. The product dials by TCP, specs hand in the end of a script.</summary>
delegate ValueTask<Dialled> Dial(RelayEndpoint endpoint, TimeProvider clock, CancellationToken cancellationToken);

/// <summary>Looks the name up and tries each address in turn, each with an equal share of the time.</summary>
static class TcpDial
{
    public static async ValueTask<Dialled> ConnectAsync(RelayEndpoint endpoint, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (RelayHost.Objection(endpoint.Host) is { } nobody) return new Dialled.Failed(Forbidden(endpoint, nobody));
        using var late = new CancellationTokenSource(endpoint.Timeouts.Connect, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(endpoint.Host, either.Token).ConfigureAwait(false);
            if (Objection(endpoint, addresses) is { } objection) return objection;
            return await TryEachAsync(endpoint, addresses, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException unknown)
        {
            return NotFound(endpoint, unknown.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return NotFound(endpoint, $"no answer within {Words.Span(endpoint.Timeouts.Connect)}");
        }
    }

    /// <summary>One address that may not be connected to is enough: whoever owns the name gives it the others too.</summary>
    static Dialled.Failed? Objection(RelayEndpoint endpoint, IPAddress[] addresses) =>
        addresses.Select(address => RelayHost.Objection(address) ?? endpoint.Objection?.Invoke(address))
            .FirstOrDefault(objection => objection is not null) is { } reason
            ? new(Forbidden(endpoint, reason))
            : null;

    static RouteFault Forbidden(RelayEndpoint endpoint, string reason) =>
        new(DialogueStage.Connect, $"Waybill does not connect to {endpoint.Host}: {reason}.");

    static async ValueTask<Dialled> TryEachAsync(
        RelayEndpoint endpoint, IPAddress[] addresses, TimeProvider clock, CancellationToken cancellationToken)
    {
        var failures = new List<string>();
        foreach (var address in addresses)
        {
            var at = new IPEndPoint(address, endpoint.Port);
            var share = endpoint.Timeouts.Connect / addresses.Length;
            if (await TryAsync(at, share, clock, failures, cancellationToken).ConfigureAwait(false) is { } connection)
                return new Dialled.Connected(connection);
        }
        var why = failures.Count == 0 ? "it has no address" : string.Join("; ", failures);
        return new Dialled.Failed(new RouteFault(DialogueStage.Connect, $"Could not connect to {endpoint.Host}:{endpoint.Port}: {why}."));
    }

    static async ValueTask<Connection?> TryAsync(
        IPEndPoint at, TimeSpan share, TimeProvider clock, List<string> failures, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(share, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var socket = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(at, either.Token).ConfigureAwait(false);
            return new Connection(new NetworkStream(socket, ownsSocket: true), socket, IPAddress.IsLoopback(at.Address));
        }
        catch (Exception failed) when (failed is SocketException or OperationCanceledException or IOException)
        {
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            failures.Add($"{at}: {(failed is OperationCanceledException ? $"no answer within {Words.Span(share)}" : failed.Message)}");
            return null;
        }
    }

    static Dialled.Failed NotFound(RelayEndpoint endpoint, string why) =>
        new(new RouteFault(DialogueStage.NameLookup, $"The name {endpoint.Host} could not be looked up: {why}."));
}

/// <summary>What came of trying to connect.</summary>
abstract record Dialled
{
    Dialled() { }

    public sealed record Connected(Connection Connection) : Dialled;

    public sealed record Failed(RouteFault Fault) : Dialled;
}

/// <summary>A new connection to a relay, before its greeting.</summary>
/// <param name="Stream">The octets.</param>
/// <param name="Socket">The socket below, to see whether an idle session has ended; null where there is none.</param>
/// <param name="IsLoopback">Whether the other end is this machine.</param>
sealed record Connection(Stream Stream, Socket? Socket, bool IsLoopback);
