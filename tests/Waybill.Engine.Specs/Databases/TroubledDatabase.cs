using Waybill.Engine.Storage;

namespace Waybill.Engine.Specs.Databases;

/// <summary>A database that can be away: for writes, for reads, or for both.</summary>
internal sealed class TroubledDatabase(IDatabase inner) : IDatabase
{
    public bool WritesFail { get; set; }

    public bool ReadsFail { get; set; }

    /// <summary>Runs after a read, before its answer is given.</summary>
    public Func<Task> AfterRead { get; set; } = () => Task.CompletedTask;

    /// <summary>Runs after a unit of this name was committed, before its answer is given.</summary>
    public Action<string> AfterWrite { get; set; } = _ => { };

    public string Provider => inner.Provider;

    public int Writers => inner.Writers;

    public async Task<T> WriteAsync<T>(string name, Func<Session, ValueTask<T>> unit, CancellationToken cancellationToken)
    {
        if (WritesFail) throw new StorageUnavailableException(inner: null);
        var answer = await inner.WriteAsync(name, unit, cancellationToken);
        AfterWrite(name);
        return answer;
    }

    public async Task<T> ReadAsync<T>(Func<Session, ValueTask<T>> read, CancellationToken cancellationToken)
    {
        if (ReadsFail) throw new StorageUnavailableException(inner: null);
        var answer = await inner.ReadAsync(read, cancellationToken);
        await AfterRead();
        return answer;
    }

    public Task<DateTimeOffset> GetTimeAsync(CancellationToken cancellationToken) => inner.GetTimeAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
