namespace Waybill.Engine.Storage;

/// <summary>
/// The database's time between two looks at it: what it last said plus the monotonic time since. All nodes schedule by it, so that their
/// own clocks may be wrong.
/// </summary>
public sealed class DatabaseClock(TimeProvider system) : TimeProvider
{
    static readonly TimeSpan Jump = TimeSpan.FromSeconds(5);

    readonly Lock gate = new();
    DateTimeOffset anchor = system.GetUtcNow();
    long since = system.GetTimestamp();

    /// <inheritdoc/>
    public override long TimestampFrequency => system.TimestampFrequency;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return anchor + system.GetElapsedTime(since);
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => system.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        system.CreateTimer(callback, state, dueTime, period);

    /// <summary>Takes over what the database says; true when its clock jumped by more than 5 s either way.</summary>
    public bool Observe(DateTimeOffset databaseTime)
    {
        lock (gate)
        {
            var jump = databaseTime - (anchor + system.GetElapsedTime(since));
            anchor = databaseTime;
            since = system.GetTimestamp();
            return jump.Duration() > Jump;
        }
    }
}
