using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Waybill.Server.Connections;

/// <summary>
/// Counts the connections of one kind. When there are as many as may be, the one that has been idle longest goes, those that never asked
/// for anything first; when all are busy, the new one is told to come back. No address has more than its share, lest one be everybody's
/// trouble.
/// </summary>
internal sealed class ConnectionDoor(ConnectionLimits limits, IReadOnlyList<IPAddress> proxies)
{
    /// <summary>A request that does not notice that its connection is gone must not keep everybody else out.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    readonly Lock gate = new();
    readonly Dictionary<IPAddress, AddressShare> shares = [];
    readonly IdleConnections idle = new();
    TaskCompletionSource room = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int open;
    int counted;
    int surplus;
    long dropped;
    long turnedAway;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What there is now, and what was since the start.</summary>
    public ConnectionFigures Figures
    {
        get { lock (gate) return new(open, limits.Served + limits.Surplus, dropped, turnedAway); }
    }

    /// <summary>
    /// Lets a connection in, and another one out where there is no room; null when it was turned away at once. It waits while those that
    /// were sent away still hold their descriptors, a second at most.
    /// </summary>
    public async ValueTask<CountedConnection?> AdmitAsync(ConnectionContext connection, CancellationToken cancellationToken)
    {
        var (admitted, victim) = Judge(connection);
        victim?.Leave();
        if (admitted is null)
        {
            connection.Abort();
            await connection.DisposeAsync();
            return null;
        }

        while (IsTooFull(out var departure) && await Task.WhenAny(departure, Task.Delay(Patience, cancellationToken)) == departure) { }
        return admitted;
    }

    /// <summary>A request begins; false: the connection is one too many, and the answer is to come back.</summary>
    public bool Begin(CountedConnection connection)
    {
        lock (gate)
        {
            if (connection.Requests++ == 0) connection.StopIdling();
            if (connection.IsSurplus && counted - surplus < limits.Served && connection.Share.Count <= connection.Share.Most)
                Serve(connection);
            return !connection.IsSurplus;
        }
    }

    /// <summary>A request is over.</summary>
    public void End(CountedConnection connection)
    {
        lock (gate)
        {
            connection.HasServed = true;
            if (--connection.Requests == 0 && !connection.IsLeaving) connection.Idle(idle);
        }
    }

    /// <summary>Whether a request is under way.</summary>
    public bool IsAtWork(CountedConnection connection)
    {
        lock (gate) return connection.Requests > 0;
    }

    /// <summary>A connection is closed and its descriptor free.</summary>
    public void Forget(CountedConnection connection)
    {
        lock (gate)
        {
            Uncount(connection);
            open--;
            room.TrySetResult();
            room = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    (CountedConnection? Admitted, CountedConnection? Victim) Judge(ConnectionContext connection)
    {
        lock (gate)
        {
            var share = ShareOf(connection.RemoteEndPoint);
            var victim = share.Count >= share.Most ? share.Idle.Oldest : counted - surplus >= limits.Served ? idle.Oldest : null;
            if (victim is not null) Drop(victim);
            var isSurplus = share.Count >= share.Most || counted - surplus >= limits.Served;
            if (isSurplus && surplus >= limits.Surplus)
            {
                turnedAway++;
                if (share.Count == 0) shares.Remove(share.Address);
                return (null, victim);
            }

            var admitted = new CountedConnection(connection, this, share) { IsSurplus = isSurplus };
            shares[share.Address] = share; // the one that went may have been its last
            share.Count++;
            counted++;
            open++;
            if (isSurplus) surplus++;
            admitted.Idle(idle);
            return (admitted, victim);
        }
    }

    void Drop(CountedConnection victim)
    {
        dropped++;
        victim.StopIdling();
        Uncount(victim);
    }

    void Uncount(CountedConnection connection)
    {
        if (connection.IsLeaving) return;
        connection.IsLeaving = true;
        connection.StopIdling();
        counted--;
        if (connection.IsSurplus) surplus--;
        if (--connection.Share.Count == 0) shares.Remove(connection.Share.Address);
    }

    void Serve(CountedConnection connection)
    {
        connection.IsSurplus = false;
        surplus--;
    }

    /// <summary>Those that were sent away count until they are gone: what is limited is descriptors.</summary>
    bool IsTooFull(out Task departure)
    {
        lock (gate)
        {
            departure = room.Task;
            return open > limits.Served + limits.Surplus;
        }
    }

    AddressShare ShareOf(EndPoint? remote)
    {
        var address = (remote as IPEndPoint)?.Address ?? IPAddress.None;
        var key = NetOf(address);
        if (!shares.TryGetValue(key, out var share))
            shares.Add(key, share = new(key, proxies.Contains(Plain(address)) ? limits.Served : limits.OfOneAddress));
        return share;
    }

    static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>Of IPv6 a customer has a /64 at least.</summary>
    static IPAddress NetOf(IPAddress address)
    {
        if (Plain(address) is not { AddressFamily: AddressFamily.InterNetworkV6 } six) return Plain(address);
        var bytes = six.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}

/// <summary>What a door counted.</summary>
/// <param name="Open">Connections that are open.</param>
/// <param name="Most">How many may be.</param>
/// <param name="Dropped">Idle ones that had to go for a new one.</param>
/// <param name="TurnedAway">New ones that were closed unheard.</param>
internal sealed record ConnectionFigures(int Open, int Most, long Dropped, long TurnedAway);

/// <summary>The connections of one address, of IPv6 of one net.</summary>
internal sealed class AddressShare(IPAddress address, int most)
{
    public IPAddress Address => address;

    public int Most => most;

    public int Count { get; set; }

    public IdleConnections Idle { get; } = new();
}

/// <summary>Idle connections, those first that have been so longest.</summary>
internal sealed class IdleConnections
{
    public LinkedList<CountedConnection> Unproven { get; } = [];

    public LinkedList<CountedConnection> Proven { get; } = [];

    /// <summary>Who goes first: one that never asked for anything costs nobody anything.</summary>
    public CountedConnection? Oldest => (Unproven.First ?? Proven.First)?.Value;
}
