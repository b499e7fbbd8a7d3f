using Waybill.Engine.Messages;
using Waybill.Engine.Relays;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Specs.Sending;
using Waybill.Testing.Smtp;
using Xunit;

namespace Waybill.Engine.Specs.Relays;

public sealed class Sending_by_the_relay_of_a_message_on_Sqlite() : Sending_by_the_relay_of_a_message(Provider.Sqlite);

public sealed class Sending_by_the_relay_of_a_message_on_Postgres() : Sending_by_the_relay_of_a_message(Provider.Postgres);

public abstract class Sending_by_the_relay_of_a_message(Provider provider) : DatabaseContract(provider)
{
    Courier Courier => field ??= new(Office);

    [Fact]
    public async Task Goes_by_that_one_and_all_others_by_the_default_one()
    {
        await using var both = Both();
        var (one, other) = both;
        var first = await AcceptAsync((await CreateAsync("one", one.Port)).Id);
        var second = await AcceptAsync((await CreateAsync("other", other.Port)).Id);
        await AcceptAsync(relay: null);
        await AcceptAsync(WellKnownRelays.Default);

        await Courier.DeliverDueAsync();

        Assert.Equal((1, 1, 2), (one.Count, other.Count, Courier.Transport.Handed.Count));
        Assert.Equal(["one"], await RelaysOfAsync(first));
        Assert.Equal(["other"], await RelaysOfAsync(second));
    }

    [Fact]
    public async Task Is_known_afterwards_by_its_name_and_its_host()
    {
        await using var relay = BookkeepingRelay.Start();
        var kept = await CreateAsync("own", relay.Port);
        var message = await AcceptAsync(kept.Id);
        Assert.Null(await Office.Journal.LastRelayAsync(Office.Tenant, message, None));

        await Courier.DeliverDueAsync();

        Assert.Equal(("own", kept.Id), await Office.Journal.LastRelayAsync(Office.Tenant, message, None));
        Assert.Equal("127.0.0.1", (await Courier.Directory.ForAsync(kept.Id, None)).Host);
    }

    [Fact]
    public async Task Fails_in_clear_words_when_the_relay_was_removed_and_goes_by_no_other()
    {
        await using var relay = BookkeepingRelay.Start();
        var kept = await CreateAsync("own", relay.Port);
        await AcceptAsync(kept.Id);
        await Courier.DeliverDueAsync();
        var message = await AcceptAsync(kept.Id);

        await Office.Relays.RemoveAsync(kept, None);
        await Courier.DeliverDueAsync();

        var record = await Office.FindAsync(message);
        Assert.Equal(MessageStatus.Failed, record.Status);
        Assert.Contains("was removed", record.Reason, StringComparison.Ordinal);
        Assert.Equal((1, 0), (relay.Count, Courier.Transport.Handed.Count));
    }

    [Fact]
    public async Task Follows_a_change_at_once_on_this_node()
    {
        await using var both = Both();
        var (before, after) = both;
        var kept = await CreateAsync("own", before.Port);
        await AcceptAsync(kept.Id);
        await Courier.DeliverDueAsync();

        await Office.Relays.ChangeAsync(kept with { Settings = Shop.Loopback(after.Port) }, new SecretChange.Keep(), None);
        await AcceptAsync(kept.Id);
        await Courier.DeliverDueAsync();

        Assert.Equal((1, 1), (before.Count, after.Count));
    }

    [Fact]
    public async Task Follows_a_change_made_elsewhere_within_a_second()
    {
        var kept = await CreateAsync("own", 2525);
        var here = await Courier.Directory.ForAsync(kept.Id, None);
        var elsewhere = new RelayTable(Database, Office.Master, Office.Clock);

        await elsewhere.ChangeAsync(kept with { Name = "renamed" }, new SecretChange.Keep(), None);

        Assert.Same(here, await Courier.Directory.ForAsync(kept.Id, None));
        Office.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("renamed", (await Courier.Directory.ForAsync(kept.Id, None)).Name);
    }

    [Fact]
    public async Task Keeps_a_relay_as_long_as_nothing_changed_but_others()
    {
        var kept = await CreateAsync("own", 2525);
        var here = await Courier.Directory.ForAsync(kept.Id, None);

        await CreateAsync("another", 2526);
        Office.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Same(here, await Courier.Directory.ForAsync(kept.Id, None));
    }

    [Fact]
    public async Task Lets_a_hand_over_end_that_is_under_way_while_the_relay_is_removed()
    {
        await using var relay = BookkeepingRelay.Start();
        relay.HoldAnswers();
        var kept = await CreateAsync("own", relay.Port);
        var message = await AcceptAsync(kept.Id);
        var delivering = Courier.DeliverDueAsync();
        await Testing.Eventually.IsTrueAsync("the message to be at the relay", () => Task.FromResult(relay.Count == 1));

        await Office.Relays.RemoveAsync(kept, None);
        await Courier.Directory.ForAsync(kept.Id, None);
        relay.Answer();
        await delivering;

        Assert.Equal(MessageStatus.Sent, (await Office.FindAsync(message)).Status);
    }

    [Fact]
    public async Task Waits_in_clear_words_while_the_master_key_does_not_open_the_credentials()
    {
        var kept = ((RelayWrite.Done)await Office.Relays.CreateAsync(Office.Tenant, "own", Shop.Settings(), "secret", None)).Relay;
        var other = Engine.Secrets.DataKeys.FromMaster(Engine.Secrets.MasterKey.Parse(Convert.ToBase64String(new byte[32])));
        var directory = new RelayDirectory(
            Courier.Relay, [], new RelayTable(Database, other, Office.Clock), Courier.Factory, Office.Tenants, Office.Clock);
        var delivery = Courier.DeliveryBy(directory, Office.Composer);
        var message = await AcceptAsync(kept.Id);

        foreach (var work in await Courier.LoadAsync([await Office.ClaimOneAsync()])) await delivery.DeliverAsync(work, None);

        var record = await Office.FindAsync(message);
        Assert.Equal(MessageStatus.Queued, record.Status);
        Assert.Contains("master key", record.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_each_relay_by_itself_and_under_its_id_so_that_a_new_name_is_no_new_budget()
    {
        await using var relay = BookkeepingRelay.Start();
        var capped = Shop.Loopback(relay.Port) with { Limits = new() { Daily = 2 } };
        var kept = ((RelayWrite.Done)await Office.Relays.CreateAsync(Office.Tenant, "own", capped, secret: null, None)).Relay;
        await AcceptAsync(kept.Id);
        await Courier.DeliverDueAsync();

        await Office.Relays.ChangeAsync(kept with { Name = "renamed" }, new SecretChange.Keep(), None);
        for (var i = 0; i < 3; i++) await AcceptAsync(kept.Id);
        await AcceptAsync(relay: null);
        await Courier.DeliverDueAsync();

        Assert.Equal((2, 1), (relay.Count, Courier.Transport.Handed.Count));
        Assert.Equal(2, await Office.NumberAsync("SELECT used FROM relay_usage"));
    }

    static BothRelays Both() => new(BookkeepingRelay.Start(), BookkeepingRelay.Start());

    async Task<RelayRecord> CreateAsync(string name, int port) => Assert.IsType<RelayWrite.Done>(
        await Office.Relays.CreateAsync(Office.Tenant, name, Shop.Loopback(port), secret: null, None)).Relay;

    async Task<MessageId> AcceptAsync(Guid? relay)
    {
        var message = await Office.AcceptAsync();
        await Database.WriteAsync(
            "choose relay",
            session => session.ExecuteAsync("UPDATE messages SET relay_id = $2 WHERE id = $1", p => p.Id(message.Value).Id(relay), None),
            None);
        return message;
    }

    async Task<string[]> RelaysOfAsync(MessageId message) =>
        [.. (await Office.Journal.AttemptsAsync(Office.Tenant, message, None)).Select(attempt => attempt.Relay)];

    sealed record BothRelays(BookkeepingRelay One, BookkeepingRelay Other) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await One.DisposeAsync();
            await Other.DisposeAsync();
        }
    }
}
