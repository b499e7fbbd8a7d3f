using Waybill.Engine.Storage;

namespace Waybill.RacketBook.Specs.Importing;

/// <summary>A database in which somebody else does something just before the first write that goes through here.</summary>
sealed class InterruptedDatabase(IDatabase inner, Func<Task> what) : IDatabase
{
    bool isDone;

    public string Provider => inner.Provider;

    public int Writers => inner.Writers;

    public async Task<T> WriteAsync<T>(string name, Func<Session, ValueTask<T>> unit, CancellationToken cancellationToken)
    {
        if (!isDone) await what();
        isDone = true;
        return await inner.WriteAsync(name, unit, cancellationToken);
    }

    public Task<T> ReadAsync<T>(Func<Session, ValueTask<T>> read, CancellationToken cancellationToken) =>
        inner.ReadAsync(read, cancellationToken);

    public Task<DateTimeOffset> GetTimeAsync(CancellationToken cancellationToken) => inner.GetTimeAsync(cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
