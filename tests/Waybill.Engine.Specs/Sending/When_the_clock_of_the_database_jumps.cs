using Microsoft.Extensions.Logging.Abstractions;
using Waybill.Engine.Outbox;
using Waybill.Engine.Sending;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Specs.Outbox;
using Waybill.Engine.Storage;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Sending;

/// <summary>Two nodes with clocks of their own, which go on evenly, and a database whose clock may jump.</summary>
public sealed class When_the_clock_of_the_database_jumps() : DatabaseContract(Provider.Sqlite)
{
    readonly ManualClock monotonic = Noon.Clock();

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task No_lease_that_is_alive_ends(double hours)
    {
        var (mine, theirs) = (NewNode("mine"), NewNode("theirs"));
        await Office.AcceptAsync();
        var claim = Assert.Single(await mine.Outbox.ClaimAsync(1, None));
        await mine.Outbox.BeginAsync(Office.Begun(claim));

        Office.Clock.Advance(TimeSpan.FromHours(hours));
        for (var quarter = 0; quarter < 12; quarter++)
        {
            await theirs.Keeper.RefreshAsync(None);
            if (theirs.Keeper.LeasesCanBeJudged) Assert.Empty(await theirs.Outbox.SweepAsync(everyOther: false, None));
            await mine.Keeper.RefreshAsync(None);
            await mine.Outbox.Queue.RenewAsync(None);
            Pass(MessageOutbox.Lease / 4);
        }

        Assert.True(theirs.Keeper.LeasesCanBeJudged);
        Assert.True(await mine.Outbox.SettleAsync(Settling.AsSent(Office, claim)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task A_lease_whose_node_died_ends_all_the_same(double hours)
    {
        var (mine, theirs) = (NewNode("mine"), NewNode("theirs"));
        await Office.AcceptAsync();
        await mine.Outbox.BeginAsync(Office.Begun(Assert.Single(await mine.Outbox.ClaimAsync(1, None))));

        Office.Clock.Advance(TimeSpan.FromHours(hours));
        await theirs.Keeper.RefreshAsync(None);
        Assert.False(theirs.Keeper.LeasesCanBeJudged);
        Pass(MessageOutbox.Lease + TimeSpan.FromSeconds(1));

        Assert.True(theirs.Keeper.LeasesCanBeJudged);
        Assert.Single(await theirs.Outbox.SweepAsync(everyOther: false, None));
    }

    [Fact]
    public async Task What_waits_for_its_next_attempt_does_not_wait_two_hours_longer()
    {
        var node = NewNode("mine");
        await Office.AcceptAsync();
        await Office.Outbox.SettleAsync(Settling.ForRetry(Office, await Office.BeginOneAsync(), TimeSpan.FromMinutes(1)));

        Office.Clock.Advance(TimeSpan.FromHours(-2));
        await node.Keeper.RefreshAsync(None);
        Assert.Empty(await node.Outbox.ClaimAsync(1, None));
        Pass(TimeSpan.FromMinutes(1));

        Assert.Single(await node.Outbox.ClaimAsync(1, None));
    }

    [Fact]
    public async Task A_small_step_is_followed_without_a_word()
    {
        var node = NewNode("mine");

        Office.Clock.Advance(TimeSpan.FromSeconds(4));
        await node.Keeper.RefreshAsync(None);

        Assert.True(node.Keeper.LeasesCanBeJudged);
        Assert.Equal(Noon.Instant.AddSeconds(4), node.Clock.GetUtcNow());
    }

    [Fact]
    public void Between_two_looks_the_clock_goes_on_evenly()
    {
        var clock = new DatabaseClock(monotonic);
        Assert.True(clock.Observe(Noon.Instant.AddHours(1)));

        monotonic.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal(Noon.Instant.AddHours(1).AddSeconds(7), clock.GetUtcNow());
        Assert.False(clock.Observe(Noon.Instant.AddHours(1).AddSeconds(9)));
    }

    void Pass(TimeSpan time)
    {
        monotonic.Advance(time);
        Office.Clock.Advance(time);
    }

    (MessageOutbox Outbox, ClockKeeper Keeper, DatabaseClock Clock) NewNode(string name)
    {
        var clock = new DatabaseClock(monotonic);
        var outbox = new MessageOutbox(Database, name, clock);
        return (outbox, new ClockKeeper(Database, outbox, clock, NullLogger<ClockKeeper>.Instance), clock);
    }
}
