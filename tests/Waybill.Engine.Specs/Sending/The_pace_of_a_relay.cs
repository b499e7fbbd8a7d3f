using Waybill.Engine.Relays;
using Waybill.Engine.Specs.Databases;
using Xunit;

namespace Waybill.Engine.Specs.Sending;

public class The_pace_of_a_relay
{
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    readonly Testing.ManualClock clock = Noon.Clock();

    [Fact]
    public void Is_no_wait_when_no_rate_is_set()
    {
        var pace = new RelayPace(perSecond: null, clock);

        Assert.All(Enumerable.Range(0, 1000), _ => Assert.Equal(TimeSpan.Zero, Take(pace)));
    }

    [Fact]
    public void Lets_each_take_the_next_free_moment()
    {
        var pace = new RelayPace(perSecond: 4, clock);

        Assert.All(Enumerable.Range(0, 9), quarter => Assert.Equal(quarter * TimeSpan.FromMilliseconds(250), Take(pace)));
    }

    [Fact]
    public void Saves_up_nothing_for_a_burst()
    {
        var pace = new RelayPace(perSecond: 1, clock);
        Take(pace);
        clock.Advance(Hour);

        Assert.Equal(TimeSpan.Zero, Take(pace));
        Assert.Equal(TimeSpan.FromSeconds(1), Take(pace));
    }

    [Theory]
    [InlineData(0.01, 100)]
    [InlineData(1.0 / 60, 60)]
    [InlineData(0.3, 32)]
    public void Holds_however_far_ahead_the_next_moment_is(double perSecond, int messages)
    {
        var pace = new RelayPace(perSecond, clock);

        for (var i = 0; i < messages; i++) Assert.Equal(i / perSecond, Take(pace).TotalSeconds, precision: 3);
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(2)]
    public void Is_the_same_when_the_clock_is_set(int hours)
    {
        var settable = new Settable(clock);
        var pace = new RelayPace(perSecond: 1, settable);
        Take(pace);

        settable.SetBy = TimeSpan.FromHours(hours);

        Assert.Equal(TimeSpan.FromSeconds(1), Take(pace));
    }

    [Fact]
    public void Sends_away_who_cannot_wait_and_has_them_come_back_one_by_one()
    {
        var pace = new RelayPace(perSecond: 0.5, clock);
        Take(pace);

        var away = Enumerable.Range(0, 4).Select(_ => pace.TryTake(TimeSpan.FromSeconds(1), out var wait) ? TimeSpan.Zero : wait).ToArray();

        Assert.Equal([2, 4, 6, 8], away.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public void Takes_no_moment_for_who_is_sent_away()
    {
        var pace = new RelayPace(perSecond: 0.5, clock);
        Take(pace);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.NotNull(pace.Objection(TimeSpan.FromSeconds(1))));

        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(TimeSpan.Zero, Take(pace));
    }

    [Fact]
    public void Sends_nobody_away_for_longer_than_five_minutes_or_the_next_moment()
    {
        var pace = new RelayPace(perSecond: 1, clock);
        Take(pace);
        Take(pace);

        Assert.All(
            Enumerable.Range(0, 1000),
            _ => Assert.InRange(pace.Objection(TimeSpan.Zero)!.Value, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(5)));
    }

    static TimeSpan Take(RelayPace pace) =>
        pace.TryTake(TimeSpan.MaxValue, out var wait) ? wait : throw new InvalidOperationException("It cannot be waited for longer.");

    /// <summary>A clock that people set, while time goes on as it does.</summary>
    sealed class Settable(TimeProvider time) : TimeProvider
    {
        public TimeSpan SetBy { get; set; }

        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + SetBy;

        public override long GetTimestamp() => time.GetTimestamp();
    }
}
