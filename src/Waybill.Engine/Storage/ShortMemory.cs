using System.Collections.Concurrent;

namespace Waybill.Engine.Storage;

/// <summary>
/// Remembers what was read from the database for a moment, so that a hot path does not ask for it with every message. A change made on
/// this node is seen at once, for it makes us forget; one made on another node is seen when the moment is over.
/// </summary>
internal sealed class ShortMemory<TKey, TValue>(TimeSpan moment, TimeProvider clock)
    where TKey : notnull
    where TValue : class
{
    const int Largest = 2_000;

    readonly ConcurrentDictionary<TKey, (TValue? Value, long At)> known = new();
    long changes;

    /// <summary>What is remembered, or what <paramref name="read"/> finds now; that there is nothing is remembered too.</summary>
    public async ValueTask<TValue?> GetAsync(TKey key, Func<Task<TValue?>> read)
    {
        if (known.TryGetValue(key, out var found) && clock.GetElapsedTime(found.At) < moment) return found.Value;
        var (changesSeen, askedAt) = (Interlocked.Read(ref changes), clock.GetTimestamp());
        var value = await read();
        if (known.Count >= Largest) ForgetOld();
        known[key] = (value, askedAt);
        // what was read before a change is not remembered after it
        if (Interlocked.Read(ref changes) != changesSeen) known.TryRemove(key, out _);
        return value;
    }

    void ForgetOld()
    {
        foreach (var (key, entry) in known)
            if (clock.GetElapsedTime(entry.At) >= moment) known.TryRemove(key, out _);
        if (known.Count >= Largest) known.Clear();
    }

    /// <summary>To be called after every change.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref changes);
        known.Clear();
    }
}
