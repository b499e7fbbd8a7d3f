namespace Waybill.Smtp.Wires;

/// <summary>
/// The time one connection has for its current step. There is one token for its whole life: a step that is late, or given up, ends the
/// connection, so that nothing has to be made anew for each of the many steps that are in time.
/// </summary>
sealed class Deadline : IDisposable
{
    const long Never = long.MaxValue;

    readonly TimeProvider clock;
    readonly CancellationTokenSource source = new();
    readonly ITimer timer;
    long due = Never;

    public Deadline(TimeProvider clock)
    {
        this.clock = clock;
        timer = clock.CreateTimer(
            static deadline => ((Deadline)deadline!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public CancellationToken Token => source.Token;

    /// <summary>The step ran out of time.</summary>
    public bool HasPassed { get; private set; }

    /// <summary>The caller stopped waiting.</summary>
    public bool WasGivenUp { get; private set; }

    /// <summary>Starts the time of the next step, or of several that share it.</summary>
    public void Allow(TimeSpan span)
    {
        var left = span > TimeSpan.Zero ? span : TimeSpan.Zero;
        Volatile.Write(ref due, clock.GetTimestamp() + (long)(left.TotalSeconds * clock.TimestampFrequency));
        timer.Change(left, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Stops the clock between two hand-overs.</summary>
    public void Rest()
    {
        Volatile.Write(ref due, Never);
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void GiveUp()
    {
        WasGivenUp = true;
        source.Cancel();
    }

    public void Dispose()
    {
        // The source holds nothing that must be released, and the timer may be ringing right now.
        timer.Dispose();
    }

    // The timer may ring for a step that ended just now, or a little before the timestamps agree that it is time.
    void Ring()
    {
        var until = Volatile.Read(ref due);
        if (until == Never) return;
        var left = until - clock.GetTimestamp();
        if (left > 0)
        {
            var span = TimeSpan.FromSeconds((double)left / clock.TimestampFrequency);
            timer.Change(span + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
            return;
        }
        HasPassed = true;
        source.Cancel();
    }
}
