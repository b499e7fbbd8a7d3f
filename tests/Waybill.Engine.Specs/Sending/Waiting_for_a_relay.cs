using Waybill.Engine.Messages;
using Waybill.Engine.Relays;
using Waybill.Engine.Specs.Databases;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Sending;

public sealed class Waiting_for_a_relay_on_Sqlite() : Waiting_for_a_relay(Provider.Sqlite)
{
    [Fact]
    public async Task Is_ended_by_the_worker_while_the_relay_rests()
    {
        Courier.Transport.ThenUnreached(100);
        await Office.AcceptManyAsync(80);
        await Courier.DeliverDueAsync();
        Office.Clock.Advance(TimeSpan.FromDays(3) + TimeSpan.FromHours(1));
        await Office.AcceptAsync();

        using var worker = Courier.Worker();
        await worker.StartAsync(None);
        await Eventually.IsTrueAsync("the old ones to be settled", async () =>
        {
            Office.Clock.Advance(TimeSpan.FromSeconds(1));
            return await CountAsync("failed") == 80; // those that try the relay among them
        });
        await worker.StopAsync(None);

        Assert.Equal(1, await CountAsync("queued"));
        Assert.InRange(Courier.Transport.Handed.Count, 4, 40);
    }
}

public sealed class Waiting_for_a_relay_on_Postgres() : Waiting_for_a_relay(Provider.Postgres);

public abstract class Waiting_for_a_relay(Provider provider) : DatabaseContract(provider)
{
    private protected Courier Courier => field ??= new(Office);

    DeliveryShare Share => new(Office.Tenant, WellKnownRelays.Default, WaitsForRelay: true);

    [Fact]
    public async Task Ends_after_three_days_with_the_words_of_the_relay()
    {
        Courier.Transport.ThenUnreached(3);
        var old = await Office.AcceptManyAsync(5);
        await Courier.DeliverDueAsync();
        var later = await Office.AcceptAsync(Letter.To("ada@example.org") with { ScheduledAt = Office.Clock.GetUtcNow().AddDays(1) });
        Office.Clock.Advance(TimeSpan.FromDays(2));
        var young = await Office.AcceptAsync();
        Office.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMinutes(2));
        await Courier.Overdue.SettleAsync([Share], None);
        Assert.Equal(0, await CountAsync("failed"));

        Office.Clock.Advance(TimeSpan.FromMinutes(3));
        await Courier.Overdue.SettleAsync([Share], None);

        foreach (var message in old)
        {
            var record = await Office.FindAsync(message);
            Assert.Equal(
                (MessageStatus.Failed, "It waited 3 days for its relay, which was not reached: connection refused"),
                (record.Status, record.Reason));
            Assert.Equal("pending", record.Recipients[0].Status);
        }

        Assert.Equal(3, await Office.NumberAsync("SELECT count(*) FROM attempts"));
        Assert.Equal(MessageStatus.Queued, (await Office.FindAsync(young)).Status);
        Assert.Equal(MessageStatus.Scheduled, (await Office.FindAsync(later)).Status);
        Assert.Equal(2, await Office.NumberAsync("SELECT count(*) FROM outbox WHERE state = 'queued'"));
    }

    [Fact]
    public async Task Ends_no_message_of_a_relay_that_is_reached_nor_what_a_person_retried()
    {
        await Office.AcceptManyAsync(2);
        Office.Clock.Advance(TimeSpan.FromDays(4));

        await Courier.Overdue.SettleAsync([Share, DeliveryShare.AtOnce(Office.Tenant, relay: null)], None);

        Assert.Equal(2, await Courier.DeliverDueAsync());
        Assert.Equal(2, await CountAsync("sent"));
    }

    private protected Task<long> CountAsync(string status) =>
        Office.NumberAsync($"SELECT count(*) FROM messages WHERE status = '{status}'");
}
