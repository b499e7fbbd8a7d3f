namespace Waybill.Engine.Transports;

/// <summary>Spaces messages so that a relay never sees more than its rate: each takes the next free moment.</summary>
internal sealed class RelayPace(double? perSecond, TimeProvider clock)
{
    readonly Lock gate = new();
    DateTimeOffset next = DateTimeOffset.MinValue;

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        if (perSecond is not { } rate) return Task.CompletedTask;
        var wait = Take(TimeSpan.FromSeconds(1 / rate));
        return wait <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(wait, clock, cancellationToken);
    }

    TimeSpan Take(TimeSpan interval)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            // A clock that went back must not make everybody wait for it to come round again.
            var mine = next > now && next - now < TimeSpan.FromMinutes(1) ? next : now;
            next = mine + interval;
            return mine - now;
        }
    }
}
