using Waybill.Engine.Messages;
using Waybill.Engine.Outbox;
using Waybill.Engine.Specs.Databases;
using Xunit;

namespace Waybill.Engine.Specs.Outbox;

public sealed class Sweeping_after_a_node_that_died_on_Sqlite() : Sweeping_after_a_node_that_died(Provider.Sqlite);

public sealed class Sweeping_after_a_node_that_died_on_Postgres() : Sweeping_after_a_node_that_died(Provider.Postgres);

public abstract class Sweeping_after_a_node_that_died(Provider provider) : DatabaseContract(provider)
{
    static readonly TimeSpan JustOver = MessageOutbox.Lease + TimeSpan.FromMilliseconds(1);

    MessageOutbox Other => field ??= Office.Node("there");

    [Fact]
    public async Task Leaves_a_lease_alone_while_it_lasts()
    {
        await Office.AcceptManyAsync(2);
        var begun = Assert.Single(await Office.Outbox.ClaimAsync(1, None));
        await Office.Outbox.BeginAsync(Office.Begun(begun));
        await Office.Outbox.ClaimAsync(1, None);
        Office.Clock.Advance(MessageOutbox.Lease);

        Assert.Empty(await Other.SweepAsync(everyOther: false, None));
        Assert.Empty(await Other.ClaimAsync(10, None));
    }

    [Fact]
    public async Task Queues_again_what_had_not_begun()
    {
        var message = await Office.AcceptAsync();
        var lost = await Office.ClaimOneAsync();
        Office.Clock.Advance(JustOver);

        Assert.Empty(await Other.SweepAsync(everyOther: false, None));

        var claim = Assert.Single(await Other.ClaimAsync(10, None));
        Assert.Equal((message, 1), (claim.Message, claim.Attempt));
        Assert.True(claim.Token > lost.Token);
        Assert.False(await Office.Outbox.BeginAsync(Office.Begun(lost)));
    }

    [Fact]
    public async Task Takes_over_what_had_begun_under_a_new_token()
    {
        var message = await Office.AcceptAsync();
        var lost = await Office.BeginOneAsync();
        Office.Clock.Advance(JustOver);

        var taken = Assert.Single(await Other.SweepAsync(everyOther: false, None));

        Assert.Equal((message, 1), (taken.Message, taken.Attempt));
        Assert.True(taken.Token > lost.Token);
        Assert.Empty(await Other.SweepAsync(everyOther: false, None));
        Assert.False(await Office.Outbox.SettleAsync(Settling.AsSent(Office, lost)));
        Assert.True(await Other.SettleAsync(Settling.ForRetry(Office, taken, TimeSpan.Zero)));
        Assert.All(await Office.Journal.AttemptsAsync(Office.Tenant, message, None), attempt => Assert.NotNull(attempt.EndedAt));
    }

    [Fact]
    public async Task Lets_only_one_of_many_take_it_over()
    {
        await Office.AcceptAsync([.. Enumerable.Repeat(Letter.To("ada@example.org"), 40)]);
        foreach (var claim in await Office.Outbox.ClaimAsync(40, None)) await Office.Outbox.BeginAsync(Office.Begun(claim));
        Office.Clock.Advance(JustOver);
        var nodes = Enumerable.Range(0, 4).Select(i => Office.Node($"sweeper {i}")).ToArray();

        var taken = await Task.WhenAll(nodes.Select(node => Task.Run(() => node.SweepAsync(everyOther: false, None))));

        Assert.Equal(40, taken.Sum(claims => claims.Count));
        Assert.Equal(40, taken.SelectMany(claims => claims).DistinctBy(claim => claim.Message).Count());
    }

    [Fact]
    public async Task Never_takes_what_this_node_holds()
    {
        await Office.AcceptAsync();
        await Office.BeginOneAsync();
        Office.Clock.Advance(TimeSpan.FromHours(3));

        Assert.Empty(await Office.Outbox.SweepAsync(everyOther: true, None));
        Assert.Empty(await Office.Outbox.SweepAsync(everyOther: false, None));
        Assert.Empty(await Office.Outbox.ClaimAsync(10, None));
    }

    [Fact]
    public async Task Needs_no_lease_to_end_when_every_other_node_is_dead()
    {
        await Office.AcceptManyAsync(2);
        var begun = Assert.Single(await Office.Outbox.ClaimAsync(1, None));
        await Office.Outbox.BeginAsync(Office.Begun(begun));
        await Office.Outbox.ClaimAsync(1, None);

        Assert.Equal(begun.Message, Assert.Single(await Other.SweepAsync(everyOther: true, None)).Message);
        Assert.Single(await Other.ClaimAsync(10, None));
    }

    [Fact]
    public async Task Finds_nothing_while_leases_are_renewed()
    {
        await Office.AcceptManyAsync(2);
        var begun = Assert.Single(await Office.Outbox.ClaimAsync(1, None));
        await Office.Outbox.BeginAsync(Office.Begun(begun));
        await Office.Outbox.ClaimAsync(1, None);

        for (var quarter = 0; quarter < 20; quarter++)
        {
            Office.Clock.Advance(MessageOutbox.Lease / 4);
            await Office.Outbox.Queue.RenewAsync(None);
            Assert.Empty(await Other.SweepAsync(everyOther: false, None));
        }

        Assert.Empty(await Other.ClaimAsync(10, None));
        Assert.True(await Office.Outbox.SettleAsync(Settling.AsSent(Office, begun)));
    }

    [Fact]
    public async Task Comes_back_to_what_this_node_claimed_without_hearing_of_it()
    {
        var message = await Office.AcceptAsync();
        var unheard = await Office.BeginOneAsync();
        Office.Outbox.Queue.LetGo([unheard]);

        await Office.Outbox.Queue.RenewAsync(None);
        Assert.Empty(await Office.Outbox.SweepAsync(everyOther: true, None));
        Office.Clock.Advance(JustOver);
        await Office.Outbox.Queue.RenewAsync(None);
        var found = Assert.Single(await Office.Outbox.SweepAsync(everyOther: true, None));

        Assert.Equal(message, found.Message);
        Assert.True(found.Token > unheard.Token);
        Assert.Equal(MessageStatus.Sending, (await Office.FindAsync(message)).Status);
    }
}
