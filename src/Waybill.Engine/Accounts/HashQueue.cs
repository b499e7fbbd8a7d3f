using Waybill.Engine.Audit;

namespace Waybill.Engine.Accounts;

/// <summary>
/// Who may hash a password now: a hash takes a core for a tenth of a second. So many run at a time, known people and devices come first,
/// and of strangers only so many wait; the others are sent away at once.
/// </summary>
internal sealed class HashQueue(int places)
{
    /// <summary>Strangers that wait.</summary>
    public const int MostStrangers = 40;

    readonly Lock gate = new();
    readonly LinkedList<Waiting> known = [];
    readonly LinkedList<Waiting> strangers = [];
    int running;

    /// <summary>Who is next; null: nobody waits.</summary>
    public HashTurn? Next
    {
        get
        {
            lock (gate) return (known.First ?? strangers.First)?.Value.Turn;
        }
    }

    /// <summary>How many wait.</summary>
    public int Length
    {
        get
        {
            lock (gate) return known.Count + strangers.Count;
        }
    }

    /// <summary>Whether it would be sent away now.</summary>
    public bool IsFullFor(HashTurn turn)
    {
        lock (gate) return running == places && LineOf(turn) is null;
    }

    /// <summary>Waits for a place; whoever got one leaves it. False: too many wait.</summary>
    public Task<bool> TryEnterAsync(HashTurn turn, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (running < places)
            {
                running++;
                return Task.FromResult(true);
            }

            if (LineOf(turn) is not { } line) return Task.FromResult(false);
            return WaitAsync(line.AddLast(new Waiting(turn)), cancellationToken);
        }
    }

    /// <summary>Leaves a place to whoever is next.</summary>
    public void Leave()
    {
        lock (gate)
        {
            if ((known.First ?? strangers.First) is not { } next)
            {
                running--;
                return;
            }

            next.List!.Remove(next);
            next.Value.Place.SetResult(true);
        }
    }

    async Task<bool> WaitAsync(LinkedListNode<Waiting> waiting, CancellationToken cancellationToken)
    {
        await using var gone = cancellationToken.Register(() =>
        {
            lock (gate)
            {
                if (waiting.List is not { } line) return; // the place is theirs already
                line.Remove(waiting);
            }

            waiting.Value.Place.SetCanceled(cancellationToken);
        });
        return await waiting.Value.Place.Task;
    }

    /// <summary>
    /// Where it waits: of one person or net only so many do, and a person's others wait with the strangers. Null: nowhere.
    /// </summary>
    LinkedList<Waiting>? LineOf(HashTurn turn)
    {
        if (turn.IsKnown && CountOf(known, turn) < turn.Most) return known;
        return strangers.Count < MostStrangers && CountOf(strangers, turn) < turn.Most ? strangers : null;
    }

    static int CountOf(LinkedList<Waiting> line, HashTurn turn) => turn.Key is null ? 0 : line.Count(one => one.Turn.Key == turn.Key);

    sealed record Waiting(HashTurn Turn)
    {
        public TaskCompletionSource<bool> Place { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>For whom a hash is made.</summary>
/// <param name="IsKnown">Whether they come first.</param>
/// <param name="Key">Who they are, or from which net; null: they are not counted.</param>
/// <param name="Most">So many of one key wait.</param>
internal readonly record struct HashTurn(bool IsKnown, string? Key, int Most)
{
    /// <summary>Somebody who proved already who they are: by a session, or by a link.</summary>
    public static HashTurn Proven { get; } = new(IsKnown: true, Key: null, int.MaxValue);

    /// <summary>A device that its person signed in on before.</summary>
    public static HashTurn Known(PersonId person) => new(IsKnown: true, person.ToString(), 4);

    /// <summary>Anybody. Who comes from this machine is not counted: behind a proxy that the settings do not name everybody does.</summary>
    public static HashTurn Stranger(Machine machine) => new(IsKnown: false, machine.IsThisOne ? null : machine.Net, 12);
}
