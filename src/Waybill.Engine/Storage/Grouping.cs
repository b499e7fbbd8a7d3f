using System.Threading.Channels;

namespace Waybill.Engine.Storage;

/// <summary>
/// Gathers what many callers want written into groups that share one unit of work: while one group commits, the next gathers. Owners take
/// turns, so that one who has much waiting does not hold the others up. Should a group fail, its items are tried alone, so that one bad
/// item never decides for the others; unless the database is what failed, for then each try would make all of them wait again, and a COMMIT
/// whose answer was lost may have happened.
/// </summary>
internal sealed class Grouping<TItem, TResult> : IAsyncDisposable
{
    const int Largest = 64;

    /// <summary>A group gathers no more once its items are this large together: others wait while it is written.</summary>
    const int Heaviest = 500;

    readonly Lock gate = new();
    readonly FairQueue<Guid, Waiting> queue = new();
    readonly Channel<bool> bell = Channel.CreateUnbounded<bool>();
    readonly Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> write;
    readonly Task[] writers;
    bool isClosed;

    public Grouping(int writers, Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> write)
    {
        this.write = write;
        this.writers = [.. Enumerable.Range(0, writers).Select(_ => Task.Run(WriteGroupsAsync))];
    }

    /// <summary>Whose an item is; default: all are one owner's.</summary>
    public Func<TItem, Guid> Owner { private get; init; } = _ => Guid.Empty;

    /// <summary>How large an item is; default 1.</summary>
    public Func<TItem, int> Weight { private get; init; } = _ => 1;

    public Task<TResult> AddAsync(TItem item)
    {
        var added = new Waiting(item);
        var owner = Owner(item);
        lock (gate)
        {
            if (isClosed) throw new StorageUnavailableException(inner: null);
            queue.Enqueue(owner, added);
            bell.Writer.TryWrite(true);
        }

        return added.Task;
    }

    async Task WriteGroupsAsync()
    {
        var group = new List<Waiting>(Largest);
        while (await bell.Reader.WaitToReadAsync())
        {
            Gather(group);
            if (group.Count > 0) await WriteAsync(group);
            group.Clear();
        }
    }

    /// <summary>The bell rings once for each item, so none is left behind when several writers gather.</summary>
    void Gather(List<Waiting> group)
    {
        var weight = 0;
        while (group.Count < Largest && weight < Heaviest && bell.Reader.TryRead(out _))
        {
            lock (gate)
            {
                if (!queue.TryDequeue(out var item)) return;
                group.Add(item);
                weight += Weight(item.Item);
            }
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
        lock (gate)
        {
            isClosed = true;
            bell.Writer.TryComplete();
        }

        await Task.WhenAll(writers);
    }

    sealed class Waiting(TItem item) : TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public TItem Item => item;
    }
}
