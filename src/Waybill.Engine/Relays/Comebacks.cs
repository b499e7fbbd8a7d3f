
namespace Waybill.Engine.Relays;

/// <summary>
/// Says when those who were sent away come back: one after the other, for all at once they would only be sent away again. Nothing is kept
/// for them, so one who never comes back costs nothing.
/// </summary>
/// <param name="spacing">How far apart they come back.</param>
/// <param name="furthest">Nobody waits longer than this, so that a relay that was mended or unbound is soon used again.</param>
internal sealed class Comebacks(TimeSpan spacing, TimeSpan furthest)
{
    readonly Lock gate = new();
    TimeSpan last = TimeSpan.MinValue;

    /// <summary>How long the next one stays away.</summary>
    /// <param name="now">The monotonic time.</param>
    /// <param name="least">How long it stays away at least.</param>
    public TimeSpan Next(TimeSpan now, TimeSpan least)
    {
        lock (gate)
        {
            var mine = last == TimeSpan.MinValue ? now : last + spacing;
            mine = Min(mine, now + furthest);
            last = Max(mine, now + least);
            return last - now;
        }
    }

    static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
