using System.Diagnostics.CodeAnalysis;

namespace Waybill.Engine.Storage;

/// <summary>
/// A queue whose owners take turns: each is served once before any is served twice, however much it has waiting. One owner's items keep
/// their order. Not safe for several threads at once.
/// </summary>
internal sealed class FairQueue<TOwner, TItem>
    where TOwner : notnull
{
    readonly Dictionary<TOwner, Queue<TItem>> waiting = [];
    readonly Queue<TOwner> turns = [];

    /// <summary>How many items wait.</summary>
    public int Count { get; private set; }

    public void Enqueue(TOwner owner, TItem item)
    {
        if (!waiting.TryGetValue(owner, out var items))
        {
            waiting.Add(owner, items = []);
            turns.Enqueue(owner);
        }

        items.Enqueue(item);
        Count++;
    }

    /// <summary>The next item.</summary>
    public bool TryDequeue([MaybeNullWhen(false)] out TItem item) => TryDequeue(_ => true, out item);

    /// <summary>The next item of an owner that may be served; the others keep their turns.</summary>
    public bool TryDequeue(Func<TOwner, bool> mayBeServed, [MaybeNullWhen(false)] out TItem item)
    {
        for (var turn = turns.Count; turn > 0; turn--)
        {
            var owner = turns.Dequeue();
            if (mayBeServed(owner))
            {
                var items = waiting[owner];
                item = items.Dequeue();
                if (items.Count > 0) turns.Enqueue(owner);
                else waiting.Remove(owner);
                Count--;
                return true;
            }

            turns.Enqueue(owner);
        }

        item = default;
        return false;
    }
}
