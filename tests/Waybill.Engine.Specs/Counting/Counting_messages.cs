using Waybill.Engine.Counting;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Specs.Outbox;
using Waybill.Engine.Tenancy;
using Xunit;

namespace Waybill.Engine.Specs.Counting;

public sealed class Counting_messages_of_Sqlite() : Counting_messages(Provider.Sqlite);

public sealed class Counting_messages_of_Postgres() : Counting_messages(Provider.Postgres);

public abstract class Counting_messages(Provider provider) : DatabaseContract(provider)
{
    static readonly MessageStatus[] Settled =
    [
        MessageStatus.Sent, MessageStatus.Delivered, MessageStatus.Held, MessageStatus.Bounced, MessageStatus.Complained,
        MessageStatus.Failed, MessageStatus.Suppressed, MessageStatus.SkippedNoEmail, MessageStatus.DroppedNoSmtp, MessageStatus.Canceled,
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Gives_in_each_figure_what_a_search_for_the_same_finds(int seed)
    {
        var (random, other) = (new Random(seed), await Office.TenantAsync("other"));
        for (var n = 0; n < 60; n++)
        {
            Office.Clock.Advance(TimeSpan.FromMinutes(random.Next(0, 60)));
            await SettleAsync(Settled[random.Next(Settled.Length)], random.Next(4) == 0 ? other : Office.Tenant);
        }

        await Office.AcceptAsync(Letter.To("ada@example.org") with { ScheduledAt = Office.Clock.GetUtcNow().AddDays(1) });
        await Office.BeginOneAfterAsync(Office.AcceptAsync());
        await Office.AcceptAsync();

        var deliveries = await DeliveriesAsync(Office.Tenant);
        for (var step = 0; step < deliveries.Count; step++)
        {
            Assert.Equal(await FindAsync(step, MessageStatus.Sent, MessageStatus.Delivered), deliveries[step].StatusCounts.Sent);
            Assert.Equal(await FindAsync(step, MessageStatus.Held), deliveries[step].StatusCounts.Held);
            Assert.Equal(
                await FindAsync(step, MessageStatus.Scheduled, MessageStatus.Queued, MessageStatus.Sending),
                deliveries[step].StatusCounts.Waiting);
            Assert.Equal(
                await FindAsync(step, MessageStatus.Suppressed, MessageStatus.SkippedNoEmail, MessageStatus.Canceled),
                deliveries[step].StatusCounts.Stopped);
            Assert.Equal(await FindAsync(step), deliveries[step].StatusCounts.Accepted);
            Assert.Equal(deliveries[step].StatusCounts.Sent, deliveries[step].DeliveryTime.Count);
        }

        Assert.Equal(3, deliveries[^1].StatusCounts.Waiting);
        Assert.True(deliveries.Sum(counts => counts.StatusCounts.Accepted) > 12);
    }

    [Fact]
    public async Task Tells_how_soon_they_were_sent_and_of_scheduled_ones_from_their_time()
    {
        await SettleAsync(MessageStatus.Sent, Office.Tenant, TimeSpan.FromMilliseconds(300));
        await Office.AcceptAsync(Letter.To("ada@example.org") with { ScheduledAt = Office.Clock.GetUtcNow().AddMinutes(30) });
        Office.Clock.Advance(TimeSpan.FromMinutes(30));
        var claim = await Office.BeginOneAsync();
        Office.Clock.Advance(TimeSpan.FromSeconds(3));
        await Office.Outbox.SettleAsync(Settling.AsSent(Office, claim));

        var prompt = (await DeliveriesAsync(Office.Tenant))[^1].DeliveryTime;

        Assert.Equal((0, 1, 1, 2), (
            prompt.Within(TimeSpan.FromMilliseconds(200)), prompt.Within(TimeSpan.FromMilliseconds(500)),
            prompt.Within(TimeSpan.FromSeconds(2)), prompt.Within(TimeSpan.FromSeconds(5))));
    }

    [Fact]
    public async Task Sees_nothing_of_another_tenant()
    {
        await SettleAsync(MessageStatus.Sent, Office.Tenant);
        await SettleAsync(MessageStatus.Held, Office.Tenant);
        await Office.AcceptAsync();
        var other = await Office.TenantAsync("other");

        Assert.All(await DeliveriesAsync(other), counts => Assert.Equal((0, 0), (counts.StatusCounts.Accepted, counts.DeliveryTime.Count)));
        Assert.Equal(0, (await BacklogAsync(other)).Count);
        Assert.All(await RelayTrafficAsync(other), carried => Assert.Equal((0, 0), (carried.Accepted, carried.Unknown)));
    }

    [Fact]
    public async Task Tells_what_waits_and_for_what()
    {
        await SettleAsync(MessageStatus.Held, Office.Tenant);
        await Office.Outbox.SettleAsync(
            Settling.ForRetry(Office, await Office.BeginOneAfterAsync(Office.AcceptAsync()), TimeSpan.FromHours(1)));
        await Office.BeginOneAfterAsync(Office.AcceptAsync());
        await Office.AcceptAsync(Letter.To("ada@example.org") with { ScheduledAt = Office.Clock.GetUtcNow().AddHours(1) });
        await Office.AcceptManyAsync(2);
        Office.Clock.Advance(TimeSpan.FromMinutes(5));
        await Office.AcceptAsync();

        Assert.Equal(new Backlog(Due: 3, Sending: 1, Later: 1, Scheduled: 1, Held: 1, Noon.Instant), await BacklogAsync(Office.Tenant));
        Assert.Equal(
            new Workload(Due: 3, Noon.Instant, Held: 1, Parked: 0, SweptAt: null),
            await Workload.ReadAsync(Database, Office.Clock.GetUtcNow(), None));
    }

    [Fact]
    public async Task Counts_attempts_by_a_relay_where_they_began_and_as_they_ended()
    {
        await Office.Outbox.SettleAsync(
            Settling.ForRetry(Office, await Office.BeginOneAfterAsync(Office.AcceptAsync()), TimeSpan.FromMinutes(60)));
        Office.Clock.Advance(TimeSpan.FromMinutes(60));
        await Office.Outbox.SettleAsync(Settling.AsSent(Office, await Office.BeginOneAsync()));
        await Office.Outbox.SettleAsync(Settling.AsFailed(Office, await Office.BeginOneAfterAsync(Office.AcceptAsync())));
        await Office.BeginOneAfterAsync(Office.AcceptAsync());

        Assert.Equal(
            [(0L, 1L, 0L, 0L), (1L, 0L, 1L, 0L)],
            (await RelayTrafficAsync(Office.Tenant))[^2..].Select(one => (one.Accepted, one.Deferred, one.Refused, one.Unknown)));
        Assert.All(
            await RelayTraffic.ReadAsync(Database, Office.Tenant, "another", Now, None),
            one => Assert.Equal(0, one.Accepted + one.Deferred + one.Refused));
    }

    TimeRange Now => TimeRange.OfHours(Office.Clock.GetUtcNow());

    Task<IReadOnlyList<DeliveryCounts>> DeliveriesAsync(TenantId tenant) => DeliveryCounts.ReadAsync(Database, tenant, Now, None);

    Task<Backlog> BacklogAsync(TenantId tenant) => Backlog.ReadAsync(Database, tenant, Office.Clock.GetUtcNow(), None);

    async Task<List<RelayTraffic>> RelayTrafficAsync(TenantId tenant) =>
        [.. await RelayTraffic.ReadAsync(Database, tenant, "relay", Now, None)];

    async Task SettleAsync(MessageStatus status, TenantId tenant, TimeSpan took = default)
    {
        var claim = await Office.BeginOneAfterAsync(Office.AcceptAsync(tenant: tenant));
        Office.Clock.Advance(took);
        await Office.Outbox.SettleAsync(Settling.As(Office, claim, status));
    }

    Task<int> FindAsync(int step, params MessageStatus[] statuses) => new MessageSearch(Database).CountAsync(
        Office.Tenant,
        new() { Since = Now.Times[step], Until = Now.Times[step] + Now.Step, Statuses = statuses },
        most: 1000,
        None);
}
