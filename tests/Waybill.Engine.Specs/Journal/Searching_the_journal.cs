using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Routing;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Specs.Outbox;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Journal;

public sealed class Searching_the_journal_of_Sqlite() : Searching_the_journal(Provider.Sqlite)
{
    [Fact]
    public async Task Looks_an_id_up_and_reads_no_others()
    {
        var plan = await Database.ReadAsync(
            session =>
            {
                var statement = new FilterStatement(session, Office.Tenant, MessageFilter.Everything with { Id = Guid.CreateVersion7() });
                return session.QueryAsync(
                    $"EXPLAIN QUERY PLAN SELECT m.id FROM messages m {statement.All} ORDER BY m.id DESC", statement.Bind,
                    row => row.Text(3), None);
            },
            None);

        Assert.EndsWith(
            " AND id=?)", Assert.Single(plan, step => step.StartsWith("SEARCH m ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }
}

public sealed class Searching_the_journal_of_Postgres() : Searching_the_journal(Provider.Postgres);

public abstract class Searching_the_journal(Provider provider) : DatabaseContract(provider)
{
    static readonly MessageFilter Everything = MessageFilter.Everything;

    MessageSearch Search => new(Database);

    [Theory]
    [InlineData("ann", true)]
    [InlineData("ANN", true)]
    [InlineData("ann.lee@example.org", true)]
    [InlineData("lee example", true)]
    [InlineData("exam", true)]
    [InlineData("nn", false)]
    [InlineData("receipt", false)]
    [InlineData("ann ' OR 1=1 --", false)]
    [InlineData("ann\" OR subject : \"a", false)]
    [InlineData("ann:* | bob", false)]
    [InlineData("@.-", false)]
    public async Task Finds_a_recipient_by_how_words_of_the_address_begin(string to, bool isFound)
    {
        var message = await PostAsync("ann.lee@example.org", "Your receipt");

        Assert.Equal(isFound ? [message] : [], await FindAsync(Everything with { To = to }));
    }

    [Theory]
    [InlineData("receipt", true)]
    [InlineData("Quittung rece", true)]
    [InlineData("über", true)]
    [InlineData("uber", true)]
    [InlineData("ÜBER 0042", true)]
    [InlineData("2026-0042", true)]
    [InlineData("чек", true)]
    [InlineData("領収書", true)]
    [InlineData("ann", false)]
    [InlineData("ceipt", false)]
    public async Task Finds_a_subject_by_how_its_words_begin_whatever_their_marks(string subject, bool isFound)
    {
        var message = await PostAsync("ann@example.org", "Receipt/Quittung über 2026-0042, Чек 領収書 👍");

        Assert.Equal(isFound ? [message] : [], await FindAsync(Everything with { Subject = subject }));
    }

    [Fact]
    public async Task Finds_words_in_either_place_and_asks_for_all_of_them()
    {
        var receipt = await PostAsync("ann@example.org", "Your receipt");
        var licence = await PostAsync("ann@example.org", "Your licence");

        Assert.Equal([licence, receipt], await FindAsync(Everything with { Words = "your ann" }));
        Assert.Equal([receipt], await FindAsync(Everything with { Words = "ann receipt" }));
        Assert.Equal([licence], await FindAsync(Everything with { To = "ann", Subject = "licence" }));
    }

    [Fact]
    public async Task Finds_a_message_by_its_id_and_by_that_of_its_event()
    {
        var cause = Guid.CreateVersion7();
        var message = await Office.AcceptAsync(Letter.To("ann@example.org") with { EventId = cause });
        await PostAsync("bob@example.org", "Another");

        Assert.Equal([message], await FindAsync(Everything with { Id = message.Value }));
        Assert.Equal([message], await FindAsync(Everything with { Id = cause }));
        Assert.Empty(await FindAsync(Everything with { Id = Guid.CreateVersion7() }));
    }

    [Fact]
    public async Task Finds_a_tag_by_its_name_and_by_its_value_exactly()
    {
        var message =
            await Office.AcceptAsync(
                Letter.To("ann@example.org") with { Tags = [new("order", "118"), new("kind", "receipt"), new("order", "118")] });
        await PostAsync("bob@example.org", "Another");

        Assert.Equal([message], await FindAsync(Everything with { TagName = "order" }));
        Assert.Equal([message], await FindAsync(Everything with { TagName = "order", TagValue = "118" }));
        Assert.Empty(await FindAsync(Everything with { TagName = "order", TagValue = "11" }));
        Assert.Empty(await FindAsync(Everything with { TagName = "ord" }));
    }

    [Fact]
    public async Task Finds_messages_by_where_they_stand()
    {
        var failed = await PostAsync("ann@example.org", "One");
        await Office.Outbox.SettleAsync(Settling.AsFailed(Office, await Office.BeginOneAsync()));
        var sent = await PostAsync("ann@example.org", "Two");
        await Office.Outbox.SettleAsync(Settling.AsSent(Office, await Office.BeginOneAsync()));
        var queued = await PostAsync("ann@example.org", "Three");

        Assert.Equal([failed], await FindAsync(Everything with { Statuses = [MessageStatus.Failed] }));
        Assert.Equal([queued], await FindAsync(Everything with { Statuses = [MessageStatus.Queued, MessageStatus.Sending] }));
        Assert.Equal([sent, failed], await FindAsync(Everything with { Statuses = [MessageStatus.Sent, MessageStatus.Failed] }));
        Assert.Equal(
            [failed], await FindAsync(Everything with { Statuses = [MessageStatus.Failed, MessageStatus.Queued], Subject = "one" }));
    }

    [Fact]
    public async Task Finds_messages_by_stream_brand_and_time()
    {
        var old = await PostAsync("ann@example.org", "Old");
        Office.Clock.Advance(TimeSpan.FromHours(1));
        var invitation = await Office.AcceptAsync(Letter.To("ann@example.org") with { Stream = Streams.Accounts.Name });

        Assert.Equal([invitation], await FindAsync(Everything with { Stream = Streams.Accounts.Name }));
        Assert.Equal([invitation], await FindAsync(Everything with { Since = Noon.Instant.AddMinutes(1) }));
        Assert.Equal([invitation], await FindAsync(Everything with { Since = Noon.Instant.AddHours(1) }));
        Assert.Equal([old], await FindAsync(Everything with { Until = Noon.Instant.AddHours(1) }));
        Assert.Equal([old], await FindAsync(Everything with { Until = Noon.Instant.AddHours(1), To = "ann" }));
        Assert.Equal(
            [invitation, old],
            await FindAsync(Everything with { Until = DateTimeOffset.MaxValue, Since = DateTimeOffset.MinValue, To = "ann" }));
    }

    [Fact]
    public async Task Finds_messages_by_their_brand()
    {
        var brands = new[] { Guid.CreateVersion7(), Guid.CreateVersion7() };
        var letters = brands.Select(brand => Letter.To("ann@example.org") with
        {
            Origin = new("welcome", Guid.CreateVersion7(), 1, brand, 1, "en", JsonSerializer.SerializeToElement("")),
        });
        var messages = await Office.AcceptAsync([.. letters, Letter.To("ann@example.org")]);

        Assert.Equal([messages[1]], await FindAsync(Everything with { Brand = brands[1] }));
        Assert.Empty(await FindAsync(Everything with { Brand = Guid.CreateVersion7() }));
    }

    [Fact]
    public void Asks_the_same_of_places_in_whatever_order_they_are_named_and_however_often()
    {
        var filter = Everything with { Statuses = [MessageStatus.Failed, MessageStatus.Held, MessageStatus.Failed] };

        Assert.Equal([MessageStatus.Held, MessageStatus.Failed], filter.Statuses);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("ann")]
    public async Task Goes_through_pages_both_ways_without_a_gap_or_a_repetition(string? to)
    {
        List<MessageId> newestFirst = [];
        for (var n = 0; n < 7; n++) newestFirst.Insert(0, await PostAsync("ann@example.org", "Same"));
        var filter = Everything with { To = to };

        var (first, hasMore) = await Search.FindAsync(Office.Tenant, filter, 3, after: null, before: null, None);
        var (second, _) = await Search.FindAsync(Office.Tenant, filter, 3, first[^1].Id, before: null, None);
        var (third, hasNoMore) = await Search.FindAsync(Office.Tenant, filter, 3, second[^1].Id, before: null, None);
        var (back, _) = await Search.FindAsync(Office.Tenant, filter, 3, after: null, third[0].Id, None);

        Assert.Equal(newestFirst, first.Concat(second).Concat(third).Select(message => message.Id));
        Assert.Equal(second.Select(message => message.Id), back.Select(message => message.Id));
        Assert.Equal((true, false), (hasMore, hasNoMore));
    }

    [Fact]
    public async Task Sees_nothing_of_another_tenant()
    {
        var other = await Office.TenantAsync("other");
        var message = await Office.AcceptAsync(Letter.To("ann@example.org") with { Tags = [new("order", "118")] });
        MessageFilter[] filters =
        [
            Everything, Everything with { To = "ann" }, Everything with { Id = message.Value }, Everything with { TagName = "order" },
            Everything with { Statuses = [MessageStatus.Queued] }, Everything with { Stream = Streams.Api.Name },
        ];

        foreach (var filter in filters)
        {
            Assert.Empty((await Search.FindAsync(other, filter, 10, after: null, before: null, None)).Page);
            Assert.Equal(
                (0, 1), (await Search.CountAsync(other, filter, 10, None), await Search.CountAsync(Office.Tenant, filter, 10, None)));
        }
    }

    [Fact]
    public async Task Counts_no_further_than_it_is_asked_to()
    {
        for (var n = 0; n < 4; n++) await PostAsync("ann@example.org", "Same");

        Assert.Equal(
            (3, 4),
            (await Search.CountAsync(Office.Tenant, Everything, 3, None),
                await Search.CountAsync(Office.Tenant, Everything with { To = "ann" }, 9, None)));
    }

    [Fact]
    public async Task Forgets_what_is_kept_no_longer()
    {
        await Office.AcceptAsync(Letter.To("ann@example.org") with { Tags = [new("order", "118")] });
        await Office.Outbox.ForgetAsync(await Office.ClaimOneAsync());

        Assert.Empty(await FindAsync(Everything with { To = "ann" }));
        Assert.Equal(0, await Office.NumberAsync("SELECT count(*) FROM message_tags"));
        Assert.Equal(0, await Office.NumberAsync("SELECT count(*) FROM message_words"));
    }

    [Fact]
    public async Task Gives_their_words_to_messages_from_before_there_was_a_search()
    {
        List<MessageId> newestFirst = [];
        for (var n = 0; n < 1203; n++) newestFirst.Insert(0, MessageId.New(Noon.Instant.AddMilliseconds(n)));
        await InsertWithoutWordsAsync(newestFirst);
        await MarkAsync(newestFirst[0]);

        await new SearchBackfill(Database, Office.Clock, NullLogger<SearchBackfill>.Instance).RunAsync(None);

        Assert.Equal(1203, await Search.CountAsync(Office.Tenant, Everything with { To = "ann", Subject = "old" }, 5000, None));
        Assert.Equal(
            newestFirst[..3],
            (await Search.FindAsync(Office.Tenant, Everything with { TagName = "order", To = "ann" }, 3, null, null, None)).Page.Select(
                one => one.Id));
        Assert.Equal(0, await Office.NumberAsync("SELECT count(*) FROM unsearched"));
    }

    [Fact]
    public async Task Gives_their_words_also_where_a_clock_that_is_behind_took_one_in_since()
    {
        List<MessageId> newestFirst = [MessageId.New(Noon.Instant.AddMilliseconds(2)), MessageId.New(Noon.Instant.AddMilliseconds(-2))];
        await InsertWithoutWordsAsync(newestFirst);
        await MarkAsync(newestFirst[0]);
        var late = await Office.AcceptAsync(Letter.To("ann@example.org") with { Tags = [new("order", "2")] });

        await new SearchBackfill(Database, Office.Clock, NullLogger<SearchBackfill>.Instance).RunAsync(None);

        Assert.Equal([newestFirst[0], late, newestFirst[1]], await FindAsync(Everything with { To = "ann", TagName = "order" }));
        Assert.Equal(3, await Office.NumberAsync("SELECT count(*) FROM message_tags"));
    }

    [Fact]
    public async Task Goes_on_giving_words_whatever_went_wrong_before()
    {
        await InsertWithoutWordsAsync([MessageId.New(Noon.Instant)]);
        await MarkAsync(MessageId.New(Noon.Instant.AddHours(1)));
        await using var hiccup = new FailingDatabase(Office.OpenAgain());
        hiccup.FailAt(2);
        var log = new KeptLog<SearchBackfill>();
        using var backfill = new SearchBackfill(hiccup, Office.Clock, log);

        await backfill.StartAsync(None);
        await Eventually.IsTrueAsync("the words", () =>
        {
            Office.Clock.Advance(TimeSpan.FromSeconds(5));
            return Task.FromResult(backfill.ExecuteTask!.IsCompleted);
        });

        await backfill.ExecuteTask!;
        Assert.Contains("hiccuped", Assert.Single(log.Lines).Line, StringComparison.Ordinal);
        Assert.Single(await FindAsync(Everything with { To = "ann" }));
    }

    Task<int> MarkAsync(MessageId newest) => Database.WriteAsync(
        "mark", session => session.ExecuteAsync("INSERT INTO unsearched VALUES ($1)", p => p.Id(newest.Value), None), None);

    Task<bool> InsertWithoutWordsAsync(IReadOnlyList<MessageId> messages) => Database.WriteAsync(
        "old messages",
        async session =>
        {
            await session.InsertManyAsync(
                """
                INSERT INTO messages (id, tenant_id, stream, status, header_id, sender, subject, tags, accepted_at, salt, row_hash)
                VALUES ($1, $2, 'api', 'sent', 'x', 'shop@example.com', 'An old one', '[{"name":"order","value":"1"}]', $3, $4, $5)
                """,
                messages,
                (p, id) => p.Id(id.Value).Id(Office.Tenant.Value).Instant(Noon.Instant).Bytes([1]).Bytes([1]),
                None);
            await session.InsertManyAsync(
                "INSERT INTO recipients (message_id, position, kind, mailbox, address, status) VALUES ($1, 0, 'to', 'ann@example.org', "
                    + "'ann@example.org', 'accepted')",
                messages,
                (p, id) => p.Id(id.Value),
                None);
            return true;
        },
        None);

    Task<MessageId> PostAsync(string to, string subject) => Office.AcceptAsync(Letter.To(to) with { Subject = subject });

    async Task<IEnumerable<MessageId>> FindAsync(MessageFilter filter) =>
        (await Search.FindAsync(Office.Tenant, filter, 10, after: null, before: null, None)).Page.Select(message => message.Id);
}
