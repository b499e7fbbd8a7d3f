using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Transports;
using Xunit;

namespace Waybill.Engine.Specs.Sending;

public class The_pace_of_a_relay
{
    readonly Testing.ManualClock clock = Noon.Clock();

    [Fact]
    public void Is_no_wait_when_no_rate_is_set()
    {
        var pace = new RelayPace(perSecond: null, clock);

        Assert.All(Enumerable.Range(0, 1000), _ => Assert.True(pace.WaitAsync(CancellationToken.None).IsCompleted));
    }

    [Fact]
    public async Task Lets_each_take_the_next_free_moment()
    {
        var pace = new RelayPace(perSecond: 4, clock);
        var waits = Enumerable.Range(0, 9).Select(_ => pace.WaitAsync(CancellationToken.None)).ToArray();

        Assert.Equal(1, waits.Count(wait => wait.IsCompleted));
        for (var quarter = 1; quarter <= 8; quarter++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(250));
            await waits[quarter];
            Assert.Equal(quarter + 1, waits.Count(wait => wait.IsCompleted));
        }
    }

    [Fact]
    public void Saves_up_nothing_for_a_burst()
    {
        var pace = new RelayPace(perSecond: 1, clock);
        _ = pace.WaitAsync(CancellationToken.None);
        clock.Advance(TimeSpan.FromHours(1));

        Assert.True(pace.WaitAsync(CancellationToken.None).IsCompleted);
        Assert.False(pace.WaitAsync(CancellationToken.None).IsCompleted);
    }

    [Fact]
    public void Does_not_stand_still_when_the_clock_goes_back()
    {
        var pace = new RelayPace(perSecond: 1, clock);
        _ = pace.WaitAsync(CancellationToken.None);

        clock.Advance(TimeSpan.FromHours(-2));

        Assert.True(pace.WaitAsync(CancellationToken.None).IsCompleted);
    }
}
