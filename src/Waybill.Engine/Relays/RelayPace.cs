
namespace Waybill.Engine.Relays;

/// <summary>
/// Spaces messages so that a relay never sees more than its rate: each takes the next free moment. It counts in monotonic time, which no
/// change of the clock moves.
/// </summary>
internal sealed class RelayPace(double? perSecond, TimeProvider clock)
{
    static readonly TimeSpan Furthest = TimeSpan.FromMinutes(5);

    readonly Lock gate = new();
    readonly long start = clock.GetTimestamp();
    readonly TimeSpan interval = perSecond is { } rate ? TimeSpan.FromSeconds(1 / rate) : TimeSpan.Zero;
    readonly Comebacks comebacks = new(perSecond is { } rate ? TimeSpan.FromSeconds(1 / rate) : TimeSpan.Zero, Furthest);
    TimeSpan next;

    /// <summary>Null when the next free moment is no further away than that; else how long to stay away. Takes nothing.</summary>
    public TimeSpan? Objection(TimeSpan patience)
    {
        lock (gate) return Objection(clock.GetElapsedTime(start), patience);
    }

    /// <summary>Takes the next free moment, if it is no further away than that.</summary>
    /// <param name="patience">What can be waited for here.</param>
    /// <param name="wait">How far away the moment is that was taken; where none was, how long to stay away.</param>
    public bool TryTake(TimeSpan patience, out TimeSpan wait)
    {
        lock (gate)
        {
            var now = clock.GetElapsedTime(start);
            if (Objection(now, patience) is { } away)
            {
                wait = away;
                return false;
            }

            var mine = next > now ? next : now;
            next = mine + interval;
            wait = mine - now;
            return true;
        }
    }

    TimeSpan? Objection(TimeSpan now, TimeSpan patience) => next - now > patience ? comebacks.Next(now, next - now) : null;
}
