namespace Waybill.Engine.Leasing;

/// <summary>Tells those who deliver that there is something to do. A signal that nobody waits for is kept, many become one.</summary>
public sealed class Wakeup : IDisposable
{
    readonly SemaphoreSlim signal = new(0, 1);

    /// <summary>Raised for work that this node took in, so that other nodes can be told.</summary>
    public event Action? Signalled;

    /// <summary>This node has taken in work.</summary>
    public void Signal()
    {
        Heard();
        Signalled?.Invoke();
    }

    /// <summary>There is work, whoever took it in.</summary>
    public void Heard()
    {
        try
        {
            if (signal.CurrentCount == 0) signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // somebody else signalled in between, which is as good
        }
    }

    /// <summary>Waits for a signal or for the time to pass, whichever comes first.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = clock.CreateTimer(
            static source => ((CancellationTokenSource)source!).Cancel(), enough, atMost, Timeout.InfiniteTimeSpan);
        try
        {
            await signal.WaitAsync(enough.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // the time is up
        }
    }

    /// <inheritdoc/>
    public void Dispose() => signal.Dispose();
}
