namespace Waybill.Server.Bodies;

/// <summary>
/// The memory that bodies of requests may take in this process, all of them together. Who finds it taken waits a little; of those who wait
/// the first goes first. No owner has more than half of it, so that one tenant's bodies keep nobody else's out; a single body may be larger
/// than that. An eighth, of the whole and beyond each half, is for small bodies: large ones keep no small one waiting.
/// </summary>
/// <param name="most">Octets.</param>
/// <param name="clock">Measures how long one waits.</param>
internal sealed class BodyBudget(long most, TimeProvider clock)
{
    /// <summary>How long a body waits for others to be done with.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A mebibyte of text, with what is made of it.</summary>
    const long Small = 4 << 20;

    readonly Lock gate = new();
    readonly Dictionary<Guid, Owner> owners = [];
    readonly LinkedList<Waiter> waiting = [];
    long taken;
    long highest;

    /// <summary>Octets that are taken.</summary>
    public long Taken { get { lock (gate) return taken; } }

    /// <summary>What one body of an owner takes, nothing yet.</summary>
    public BodyLease Open(Guid owner) => new(this, owner);

    /// <summary>Whether as much as this was taken at a time, and nearly nothing is any more; true once.</summary>
    public bool IsOver(long much)
    {
        lock (gate)
        {
            if (highest < much || taken >= much / 8) return false;
            highest = taken;
            return true;
        }
    }

    internal ValueTask<bool> TakeAsync(BodyLease lease, long octets, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (gate)
        {
            if (TryTake(lease, octets)) return ValueTask.FromResult(true);
            if (lease.Taken + octets > MostFor(lease.Taken + octets)) return ValueTask.FromResult(false); // it will never fit
            waiter = new(lease, octets);
            waiting.AddLast(waiter);
        }

        return WaitAsync(waiter, cancellationToken);
    }

    internal void Give(BodyLease lease)
    {
        lock (gate)
        {
            if (lease.Taken == 0) return;
            taken -= lease.Taken;
            if (owners[lease.Owner].Without(lease.Taken) is { Bodies: > 0 } left) owners[lease.Owner] = left;
            else owners.Remove(lease.Owner);
            lease.Taken = 0;
            AdmitWaiting();
        }
    }

    async ValueTask<bool> WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        await using var registered = either.Token.Register(() => Forget(waiter));
        var isTaken = await waiter.Admitted.Task;
        cancellationToken.ThrowIfCancellationRequested(); // what was taken is given back with the lease
        return isTaken;
    }

    void Forget(Waiter waiter)
    {
        lock (gate) waiting.Remove(waiter);
        waiter.Admitted.TrySetResult(false);
    }

    void AdmitWaiting()
    {
        for (var node = waiting.First; node is not null;)
        {
            var next = node.Next;
            if (TryTake(node.Value.Lease, node.Value.Octets))
            {
                waiting.Remove(node);
                node.Value.Admitted.TrySetResult(true);
            }

            node = next;
        }
    }

    long MostFor(long body) => body <= Small ? most : most - (most / 8);

    bool TryTake(BodyLease lease, long octets)
    {
        var owner = owners.GetValueOrDefault(lease.Owner);
        var whole = MostFor(lease.Taken + octets);
        var isAlone = owner.Octets == lease.Taken;
        if (taken + octets > whole || (!isAlone && owner.Octets + octets > whole - (most * 3 / 8))) return false;
        owners[lease.Owner] = new(owner.Octets + octets, owner.Bodies + (lease.Taken == 0 ? 1 : 0));
        taken += octets;
        highest = Math.Max(highest, taken);
        lease.Taken += octets;
        return true;
    }

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    readonly record struct Owner(long Octets, int Bodies)
    {
        public Owner Without(long octets) => new(Octets - octets, Bodies - 1);
    }

    sealed record Waiter(BodyLease Lease, long Octets)
    {
        public TaskCompletionSource<bool> Admitted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>What one body takes of the budget, until it is given back.</summary>
internal sealed class BodyLease(BodyBudget budget, Guid owner) : IDisposable
{
    /// <summary>Whose body it is.</summary>
    public Guid Owner => owner;

    /// <summary>Octets, changed by the budget alone.</summary>
    internal long Taken { get; set; }

    /// <summary>Takes more; false: there was no room, not after a while either.</summary>
    public ValueTask<bool> TakeAsync(long octets, CancellationToken cancellationToken) => budget.TakeAsync(this, octets, cancellationToken);

    /// <summary>Gives all of it back.</summary>
    public void Dispose() => budget.Give(this);
}
