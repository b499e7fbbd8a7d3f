using Waybill.Server.Bodies;
using Waybill.Testing;

namespace Waybill.Server.Specs.Bodies;

public class Memory_for_bodies
{
    static readonly Guid Ann = Guid.Parse("00000000-0000-0000-0000-00000000000a");
    static readonly Guid Ben = Guid.Parse("00000000-0000-0000-0000-00000000000b");

    const long MiB = 1 << 20;

    readonly ManualClock clock = new(new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));
    readonly BodyBudget budget;

    public Memory_for_bodies() => budget = new BodyBudget(100, clock);

    [Fact]
    public async Task Is_taken_and_given_back()
    {
        using (var body = budget.Open(Ann))
        {
            Assert.True(await Take(body, 30));
            Assert.True(await Take(body, 10));
            Assert.Equal(40, budget.Taken);
        }

        Assert.Equal(0, budget.Taken);
    }

    [Fact]
    public async Task Is_another_share_for_each_net_that_strangers_come_from()
    {
        Assert.Equal(BodyOwner.OfNet("2001:db8::1"), BodyOwner.OfNet("2001:db8::2:1"));
        for (var n = 0; n < 10; n++) await Take(budget.Open(BodyOwner.OfNet("192.0.2.1")), 6);

        Assert.False(await TakeInTimeAsync(BodyOwner.OfNet("192.0.2.1")));
        Assert.True(await TakeInTimeAsync(BodyOwner.OfNet("192.0.2.2")));
    }

    [Fact]
    public async Task Is_given_back_once()
    {
        var (one, other) = (budget.Open(Ann), budget.Open(Ann));
        await Take(one, 20);
        await Take(other, 20);

        one.Dispose();
        one.Dispose();

        Assert.Equal(20, budget.Taken);
    }

    [Fact]
    public async Task Is_refused_to_who_waited_long_enough()
    {
        await Take(budget.Open(Ann), 60);
        await Take(budget.Open(Ben), 30);
        var waiting = Take(budget.Open(Ben), 20);
        Assert.False(waiting.IsCompleted);

        clock.Advance(BodyBudget.Patience);

        Assert.False(await waiting);
        Assert.Equal(90, budget.Taken);
    }

    [Fact]
    public async Task Goes_to_who_waits_as_soon_as_there_is_some()
    {
        var first = budget.Open(Ann);
        await Take(first, 90);
        var waiting = Take(budget.Open(Ben), 20);

        first.Dispose();

        Assert.True(await waiting);
        Assert.Equal(20, budget.Taken);
    }

    [Fact]
    public async Task Is_not_waited_for_when_it_can_never_be() => Assert.False(await Take(budget.Open(Ann), 101));

    /// <summary>So that the bodies of one tenant keep nobody else's out.</summary>
    [Fact]
    public async Task Is_not_more_than_half_for_the_bodies_of_one()
    {
        var large = new BodyBudget(256 * MiB, clock);
        await Take(large.Open(Ann), 80 * MiB);
        var tooMuch = Take(large.Open(Ann), 60 * MiB);

        Assert.True(await Take(large.Open(Ben), 120 * MiB));
        Assert.False(tooMuch.IsCompleted);
    }

    /// <summary>Whoever fills it with large bodies.</summary>
    [Fact]
    public async Task Is_always_there_for_small_ones()
    {
        var large = new BodyBudget(256 * MiB, clock);
        await Take(large.Open(Ann), 128 * MiB);
        await Take(large.Open(Ben), 96 * MiB);
        var tooMuch = Take(large.Open(Ben), 20 * MiB);

        Assert.True(await Take(large.Open(Guid.CreateVersion7()), 4 * MiB));
        Assert.True(await Take(large.Open(Ann), MiB));
        Assert.False(tooMuch.IsCompleted);
    }

    [Fact]
    public async Task May_be_more_than_half_for_one_body()
    {
        var body = budget.Open(Ann);

        Assert.True(await Take(body, 40));
        Assert.True(await Take(body, 40));
    }

    [Fact]
    public async Task Is_not_kept_for_who_went_away_while_waiting()
    {
        using var gone = new CancellationTokenSource();
        var first = budget.Open(Ann);
        await Take(first, 90);
        var waiting = budget.Open(Ben).TakeAsync(20, gone.Token).AsTask();

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        first.Dispose();
        Assert.Equal(0, budget.Taken);
    }

    async Task<bool> TakeInTimeAsync(Guid owner)
    {
        var waiting = Take(budget.Open(owner), 6);
        clock.Advance(BodyBudget.Patience);
        return await waiting;
    }

    static Task<bool> Take(BodyLease body, long octets) => body.TakeAsync(octets, CancellationToken.None).AsTask();
}
