namespace Waybill.Engine.Transports;

/// <summary>
/// Bounds how many hand-overs to one relay are under way, so that one that hangs leaves deliverers for the others. Who finds it full waits
/// a moment while places become free, and is sent away when none does.
/// </summary>
internal sealed class Bulkhead(int places, TimeProvider clock) : IDisposable
{
    /// <summary>Shorter than a deliverer is missed, longer than a hand-over to a healthy relay.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    static readonly TimeSpan LeastAway = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(5);
    static readonly TimeSpan Furthest = TimeSpan.FromSeconds(30);

    readonly SemaphoreSlim free = new(places);
    readonly Comebacks comebacks = new(Spacing, Furthest);
    readonly long start = clock.GetTimestamp();
    long leftAt = clock.GetTimestamp();

    /// <summary>Takes a place; where there is none, says how long to stay away.</summary>
    public async ValueTask<TimeSpan?> EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (free.Wait(0, CancellationToken.None)) return null;
        return IsMoving && await WaitAsync(cancellationToken) ? null : Away();
    }

    /// <summary>Gives the place back.</summary>
    public void Leave()
    {
        Volatile.Write(ref leftAt, clock.GetTimestamp());
        free.Release();
    }

    public void Dispose() => free.Dispose();

    bool IsMoving => clock.GetElapsedTime(Volatile.Read(ref leftAt)) < Patience;

    async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await free.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    // Several nodes that found it full at the same moment should not all ask again at the same moment.
    TimeSpan Away() => comebacks.Next(clock.GetElapsedTime(start), LeastAway) + Random.Shared.NextDouble() * Patience;
}
