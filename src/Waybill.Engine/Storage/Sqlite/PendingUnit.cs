namespace Waybill.Engine.Storage.Sqlite;

/// <summary>A unit of work waiting at the door, and whoever waits for its result.</summary>
internal abstract class PendingUnit(string name)
{
    public string Name => name;

    /// <summary>Whether the waiting one was told the end already.</summary>
    public abstract bool IsOver { get; }

    /// <summary>Runs the unit inside the open transaction and keeps its result until <see cref="Release"/>.</summary>
    public abstract ValueTask RunAsync(Session session);

    /// <summary>Hands out the result; only after COMMIT.</summary>
    public abstract void Release();

    /// <summary>Tells the waiting one why nothing was kept.</summary>
    public abstract void Fail(Exception reason);
}

/// <inheritdoc/>
internal sealed class PendingUnit<T>(string name, Func<Session, ValueTask<T>> unit, CancellationToken cancellationToken) : PendingUnit(name)
{
    readonly TaskCompletionSource<T> waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    T? result;

    public Task<T> Task => waiting.Task;

    public override bool IsOver => waiting.Task.IsCompleted;

    public override async ValueTask RunAsync(Session session)
    {
        cancellationToken.ThrowIfCancellationRequested();
        result = await UnderWay.RunAsync(Name, unit, session);
    }

    public override void Release() => waiting.TrySetResult(result!);

    public override void Fail(Exception reason) => waiting.TrySetException(reason);
}
