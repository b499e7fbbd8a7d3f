using Waybill.Engine.Relays;
using Xunit;

namespace Waybill.Engine.Specs.Transports;

public class A_relay_that_is_not_reached
{
    static readonly TimeSpan Noon = TimeSpan.FromHours(12);

    [Fact]
    public void Rests_after_three_in_a_row() =>
        Assert.Equal(new Breaker.Resting(Seconds(5), Noon + Seconds(5)), Missed(Breaker.Trusting, times: 3));

    [Fact]
    public void Does_not_rest_for_one_that_breaks_off_now_and_then()
    {
        Assert.Equal(new Breaker.Closed(2), Missed(Breaker.Trusting, times: 2));
        Assert.Equal(new Breaker.Closed(2), Missed(Breaker.AfterReached(), times: 2));
    }

    [Fact]
    public void Is_tried_by_one_message_when_its_rest_is_over()
    {
        var resting = Missed(Breaker.Trusting, times: 3);

        Assert.Null(resting.Probe(Noon + Seconds(4.9)));
        var probing = Assert.IsType<Breaker.Probing>(resting.Probe(Noon + Seconds(5)));
        Assert.Null(probing.Probe(Noon + Seconds(500)));
    }

    [Fact]
    public void Rests_twice_as_long_each_time_and_never_longer_than_five_minutes()
    {
        var (breaker, now) = (Missed(Breaker.Trusting, times: 3), Noon);
        var rests = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            var resting = Assert.IsType<Breaker.Resting>(breaker);
            rests.Add(resting.Rest.TotalSeconds);
            now = resting.Until;
            var probe = breaker.Probe(now)!;
            breaker = probe.AfterMissed(probe, now);
        }

        Assert.Equal([5, 10, 20, 40, 80, 160, 300, 300], rests);
    }

    [Fact]
    public void Learns_nothing_from_hand_overs_that_began_before_it_rested()
    {
        var resting = Missed(Breaker.Trusting, times: 3);

        Assert.Equal(resting, resting.AfterMissed(probe: null, Noon + Seconds(3)));
        var probing = resting.Probe(Noon + Seconds(5))!;
        Assert.Equal(probing, probing.AfterMissed(probe: null, Noon + Seconds(6)));
    }

    [Fact]
    public void Is_tried_by_another_at_once_when_the_first_was_not_handed_over()
    {
        var probe = Missed(Breaker.Trusting, times: 3).Probe(Noon + Seconds(5))!;
        var given = probe.AfterProbeGivenUp(probe, Noon + Seconds(6));

        Assert.NotNull(given.Probe(Noon + Seconds(6)));
    }

    [Fact]
    public void Is_tried_by_one_message_though_an_earlier_one_that_tried_it_ends()
    {
        var first = Missed(Breaker.Trusting, times: 3).Probe(Noon + Seconds(5))!;
        // the first had reached it, and was under way for long
        var second = Missed(Breaker.AfterReached(), times: 3).Probe(Noon + Seconds(5))!;

        Assert.Same(second, second.AfterProbeGivenUp(first, Noon + Seconds(6)));
        Assert.Same(second, second.AfterMissed(first, Noon + Seconds(6)));
    }

    [Fact]
    public void Is_trusted_again_as_soon_as_it_is_reached_whatever_came_before()
    {
        var chance = new Random(3);
        for (var run = 0; run < 500; run++)
        {
            var (breaker, now) = (Breaker.Trusting, Noon);
            for (var step = 0; step < 30; step++)
            {
                now += Seconds(chance.Next(200));
                breaker = chance.Next(3) switch
                {
                    0 => breaker.Probe(now) ?? breaker,
                    1 => breaker is Breaker.Probing probe ? probe.AfterProbeGivenUp(probe, now) : breaker,
                    _ => breaker.AfterMissed(breaker as Breaker.Probing, now),
                };
                if (breaker is Breaker.Resting(var rest, var until))
                {
                    Assert.InRange(rest, Breaker.Shortest, Breaker.Longest);
                    Assert.InRange(until - now, TimeSpan.MinValue, Breaker.Longest);
                }
            }

            Assert.Equal(Breaker.Trusting, Breaker.AfterReached());
        }
    }

    static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    static Breaker Missed(Breaker breaker, int times)
    {
        for (var i = 0; i < times; i++) breaker = breaker.AfterMissed(probe: null, Noon);
        return breaker;
    }
}
