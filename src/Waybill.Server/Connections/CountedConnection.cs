using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Waybill.Server.Connections;

/// <summary>A connection that a <see cref="ConnectionDoor"/> let in. What changes in it is guarded by the door.</summary>
internal sealed class CountedConnection : ConnectionContext
{
    static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    readonly ConnectionContext inner;
    readonly ConnectionDoor door;
    readonly LinkedListNode<CountedConnection> amongAll;
    readonly LinkedListNode<CountedConnection> amongTheirs;

    public CountedConnection(ConnectionContext inner, ConnectionDoor door, AddressShare share)
    {
        (this.inner, this.door, Share) = (inner, door, share);
        (amongAll, amongTheirs) = (new(this), new(this));
        inner.Features.Set(this);
    }

    public ConnectionDoor Door => door;

    public AddressShare Share { get; }

    /// <summary>Requests that are under way.</summary>
    public int Requests { get; set; }

    /// <summary>Whether a request was answered.</summary>
    public bool HasServed { get; set; }

    /// <summary>Whether it is one too many: its request is answered with the advice to come back.</summary>
    public bool IsSurplus { get; set; }

    /// <summary>Whether it was sent away, or is gone.</summary>
    public bool IsLeaving { get; set; }

    public override string ConnectionId { get => inner.ConnectionId; set => inner.ConnectionId = value; }

    public override IFeatureCollection Features => inner.Features;

    public override IDictionary<object, object?> Items { get => inner.Items; set => inner.Items = value; }

    public override IDuplexPipe Transport { get => inner.Transport; set => inner.Transport = value; }

    public override CancellationToken ConnectionClosed { get => inner.ConnectionClosed; set => inner.ConnectionClosed = value; }

    public override EndPoint? LocalEndPoint { get => inner.LocalEndPoint; set => inner.LocalEndPoint = value; }

    public override EndPoint? RemoteEndPoint { get => inner.RemoteEndPoint; set => inner.RemoteEndPoint = value; }

    /// <summary>Puts it at the end of those that are idle.</summary>
    public void Idle(IdleConnections all)
    {
        (HasServed ? all.Proven : all.Unproven).AddLast(amongAll);
        (HasServed ? Share.Idle.Proven : Share.Idle.Unproven).AddLast(amongTheirs);
    }

    /// <summary>Takes it from those that are idle.</summary>
    public void StopIdling()
    {
        amongAll.List?.Remove(amongAll);
        amongTheirs.List?.Remove(amongTheirs);
    }

    /// <summary>Ends it: one that was of use before is closed between two requests, as HTTP has it, any other at once.</summary>
    public void Leave()
    {
        if (HasServed && Features.Get<IConnectionLifetimeNotificationFeature>() is { } polite) _ = LeavePolitelyAsync(polite);
        else Abort();
    }

    public override void Abort() => inner.Abort();

    public override void Abort(ConnectionAbortedException abortReason) => inner.Abort(abortReason);

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        door.Forget(this);
        await base.DisposeAsync();
    }

    async Task LeavePolitelyAsync(IConnectionLifetimeNotificationFeature polite)
    {
        polite.RequestClose();
        do await Task.Delay(Farewell, door.Clock); // its next request may have come at that moment: it is answered to the end
        while (door.IsAtWork(this));
        Abort(); // does nothing to one that is gone
    }
}
