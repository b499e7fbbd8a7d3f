using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Nodes;
using Waybill.Engine.Retrying;
using Waybill.Engine.Routing;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Specs.Sending;
using Xunit;

namespace Waybill.Engine.Specs.Nodes;

public sealed class Keeping_messages_no_longer_on_Sqlite() : Keeping_messages_no_longer(Provider.Sqlite);

public sealed class Keeping_messages_no_longer_on_Postgres() : Keeping_messages_no_longer(Provider.Postgres)
{
    [Fact]
    public async Task Passes_over_what_somebody_on_another_node_is_bringing_back()
    {
        var message = await SentAsync("api");
        Office.Clock.Advance(TimeSpan.FromDays(91));

        var removed = await Database.WriteAsync(
            "bring back",
            async session =>
            {
                await session.ExecuteAsync("UPDATE messages SET status = 'queued' WHERE id = $1", p => p.Id(message.Value), None);
                return await Elsewhere.RunAsync(() => Retention.RunAsync(Database, None));
            },
            None);

        Assert.Equal((0, MessageStatus.Queued), (removed, (await Office.FindAsync(message)).Status));
    }
}

public abstract class Keeping_messages_no_longer(Provider provider) : DatabaseContract(provider)
{
    Courier Courier => field ??= new(Office);

    private protected Retention Retention => field ??= Office.NewRetention();

    [Theory]
    [InlineData("racketbook.receipts", 40_000)]
    [InlineData("racketbook.notices", 365)]
    [InlineData("keysat.buyer", 90)]
    [InlineData("keysat.operator", 90)]
    [InlineData("kyora.account", 90)]
    [InlineData("kyora.billing", 90)]
    [InlineData("waybill.accounts", 90)]
    [InlineData("api", 90)]
    public async Task Removes_each_stream_after_its_time_and_not_before(string stream, int days)
    {
        await SentAsync(stream);
        var isKeptForEver = Office.Streams.Find(stream).Kept is Kept.ForEver;

        Office.Clock.Advance(TimeSpan.FromDays(days) - TimeSpan.FromMinutes(1));
        Assert.Equal(0, await Retention.RunAsync(Database, None));
        Office.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(isKeptForEver ? 0 : 1, await Retention.RunAsync(Database, None));
    }

    [Fact]
    public async Task Leaves_nothing_of_a_message_but_the_record_that_it_went()
    {
        await SentAsync("api");
        var kept = await SentAsync("racketbook.receipts");
        Office.Clock.Advance(TimeSpan.FromDays(91));

        await Retention.RunAsync(Database, None);

        foreach (var table in (string[])["messages", "recipients", "snapshots", "timeline", "attempts"])
            Assert.Equal((table, 0L), (table, await Office.NumberAsync($"SELECT count(*) FROM {table}") - await OfAsync(table, kept)));
        Assert.Equal(
            1, await Office.NumberAsync("SELECT count(*) FROM sweeps WHERE stream = 'api' AND tenant_id IS NOT NULL AND removed = 1"));
        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM sweeps WHERE stream IS NULL AND removed = 1"));
    }

    [Fact]
    public async Task Leaves_a_record_also_when_there_was_nothing_to_do()
    {
        await Retention.RunAsync(Database, None);

        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM sweeps"));
    }

    [Fact]
    public async Task Never_removes_what_is_not_done()
    {
        Courier.Transport.Then(new AttemptOutcome.Unknown("no reply"));
        var held = await Office.AcceptAsync(Letter.To("ada@example.org") with { Stream = "waybill.tests" });
        await Courier.DeliverDueAsync();
        await Office.AcceptAsync();
        await Office.AcceptAsync(Letter.To("ada@example.org") with { ScheduledAt = Noon.Instant.AddYears(1) });
        Office.Clock.Advance(TimeSpan.FromDays(300));

        Assert.Equal(0, await Retention.RunAsync(Database, None));
        Assert.Equal(MessageStatus.Held, (await Office.FindAsync(held)).Status);
    }

    [Fact]
    public async Task Removes_more_than_one_chunk_and_each_tenants_own()
    {
        var another = await Office.TenantAsync("another");
        await Office.SuppressAsync("ada@example.org"); // so that they are settled as they are taken in
        foreach (var _ in Enumerable.Range(0, 12)) await Office.AcceptAsync([.. Enumerable.Repeat(Letter.To("ada@example.org"), 100)]);
        await Office.AcceptAsync([Letter.To("ada@example.org")], another); // waits: they have suppressed nobody
        Office.Clock.Advance(TimeSpan.FromDays(91));

        Assert.Equal(1200, await Retention.RunAsync(Database, None));
        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM messages"));
    }

    [Fact]
    public async Task Follows_a_setting_that_changed()
    {
        await SentAsync("api");
        await Office.Streams.ChangeAsync("api", settings => settings with { Kept = new Kept.For(1) }, None);
        Office.Clock.Advance(TimeSpan.FromHours(25));

        Assert.Equal(1, await Retention.RunAsync(Database, None));
    }

    private protected async Task<MessageId> SentAsync(string stream)
    {
        NewMessage letter = Letter.To("ada@example.org") with { Stream = stream };
        var message = await Office.AcceptAsync(letter);
        await Courier.DeliverDueAsync();
        return message;
    }

    Task<long> OfAsync(string table, MessageId message) => Database.ReadAsync(
        session => session.FirstAsync(
            $"SELECT count(*) FROM {table} WHERE {(table == "messages" ? "id" : "message_id")} = $1", p => p.Id(message.Value),
            row => row.Number(0), None),
        None);
}
