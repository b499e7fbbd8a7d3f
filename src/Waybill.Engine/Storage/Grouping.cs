using System.Threading.Channels;

namespace Waybill.Engine.Storage;

/// <summary>
/// Gathers what many callers want written into groups that share one unit of work: while one group commits, the next gathers. Should a
/// group fail, its items are tried alone, so that one bad item never decides for the others; unless the database is what failed, for then
/// each try would make all of them wait again, and a COMMIT whose answer was lost may have happened.
/// </summary>
internal sealed class Grouping<TItem, TResult> : IAsyncDisposable
{
    const int Largest = 64;

    readonly Channel<Waiting> channel = Channel.CreateUnbounded<Waiting>();
    readonly Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> write;
    readonly Task[] writers;

    public Grouping(int writers, Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> write)
    {
        this.write = write;
        this.writers = [.. Enumerable.Range(0, writers).Select(_ => Task.Run(WriteGroupsAsync))];
    }

    public Task<TResult> AddAsync(TItem item)
    {
        var waiting = new Waiting(item);
        return channel.Writer.TryWrite(waiting) ? waiting.Task : throw new StorageUnavailableException(inner: null);
    }

    async Task WriteGroupsAsync()
    {
        var group = new List<Waiting>(Largest);
        while (await channel.Reader.WaitToReadAsync())
        {
            while (group.Count < Largest && channel.Reader.TryRead(out var item)) group.Add(item);
            if (group.Count > 0) await WriteAsync(group);
            group.Clear();
        }
    }

    async Task WriteAsync(List<Waiting> group)
    {
        try
        {
            var results = await write([.. group.Select(waiting => waiting.Item)]);
            for (var i = 0; i < group.Count; i++) group[i].TrySetResult(results[i]);
        }
        catch (Exception reason) when (group.Count > 1 && reason is not (StorageUnavailableException or StorageFullException))
        {
            foreach (var waiting in group) await WriteAsync([waiting]);
        }
        catch (Exception failed)
        {
            foreach (var waiting in group) waiting.TrySetException(failed);
        }
    }

    public async ValueTask DisposeAsync()
    {
        channel.Writer.TryComplete();
        await Task.WhenAll(writers);
    }

    sealed class Waiting(TItem item) : TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public TItem Item => item;
    }
}
