using Waybill.Engine.Storage;

namespace Waybill.Engine.Sharing;

/// <summary>
/// Places for what is under way at once, of which nobody gets more than a <see cref="Share"/>. Who waits for one holds nothing but its
/// turn; owners take turns. Safe for any number of callers.
/// </summary>
/// <param name="total">How many there are.</param>
/// <param name="most">How many one owner may hold when no other holds any; all of them: owners only take turns.</param>
internal sealed class Places<TOwner>(int total, int most)
    where TOwner : notnull
{
    const int Scarce = 8;

    readonly Lock gate = new();
    readonly Dictionary<TOwner, int> held = [];
    readonly FairQueue<TOwner, (TOwner Owner, TaskCompletionSource<bool> Turn)> turns = new();
    readonly bool isShared = most < total;
    int free = total;

    /// <summary>Whether so few places are free that somebody may have found none.</summary>
    public bool IsScarce { get { lock (gate) return free < Scarce; } }

    /// <summary>How many places an owner holds, and how many more it may take.</summary>
    public (int Held, int More) Of(TOwner owner)
    {
        lock (gate) return (held.GetValueOrDefault(owner), More(owner));
    }

    /// <summary>Takes up to so many places, as many as the owner may, and says how many those are.</summary>
    public int Take(TOwner owner, int wanted)
    {
        lock (gate)
        {
            var taken = Math.Min(wanted, More(owner));
            if (taken > 0) Add(owner, taken);
            return taken;
        }
    }

    /// <summary>Takes a place, in turn where there is none yet.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; no place is taken.</exception>
    public async ValueTask EnterAsync(TOwner owner, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource<bool> turn;
        lock (gate)
        {
            if (More(owner) > 0)
            {
                Add(owner, 1);
                return;
            }

            turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            turns.Enqueue(owner, (owner, turn));
        }

        await using var givingUp = cancellationToken.UnsafeRegister(
            static turn => ((TaskCompletionSource<bool>)turn!).TrySetResult(false), turn);
        if (!await turn.Task) throw new OperationCanceledException(cancellationToken);
    }

    /// <summary>Gives places back, to whoever's turn it is.</summary>
    public void Leave(TOwner owner, int count = 1)
    {
        lock (gate)
        {
            Add(owner, -count);
            while (free > 0 && turns.TryDequeue(MayTake, out var next)) Admit(next);
        }
    }

    void Admit((TOwner Owner, TaskCompletionSource<bool> Turn) next)
    {
        Add(next.Owner, 1);
        if (!next.Turn.TrySetResult(true)) Add(next.Owner, -1); // it gave up meanwhile
    }

    bool MayTake(TOwner owner) => More(owner) > 0;

    int More(TOwner owner) => isShared ? Share.More(held.GetValueOrDefault(owner), free, most) : free;

    void Add(TOwner owner, int count)
    {
        free -= count;
        var now = held.GetValueOrDefault(owner) + count;
        if (now > 0) held[owner] = now;
        else held.Remove(owner);
    }
}
