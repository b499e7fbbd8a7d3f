using Waybill.Engine.Counting;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Routing;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Tenancy;
using Xunit;

namespace Waybill.Engine.Specs.Journal;

public sealed class Answering_by_an_index_of_Sqlite() : Answering_by_an_index(Provider.Sqlite);

public sealed class Answering_by_an_index_of_Postgres() : Answering_by_an_index(Provider.Postgres);

/// <summary>
/// No page reads all messages to show a few, or counts them one by one: asked of the database itself, on 30,000 messages of two months, of
/// which a tenth are this tenant's.
/// </summary>
public abstract class Answering_by_an_index(Provider provider) : DatabaseContract(provider)
{
    const int Messages = 30_000;
    const int Days = 60;

    static readonly MessageFilter Everything = MessageFilter.Everything;
    static readonly Guid Brand = Guid.CreateVersion7(Noon.Instant);

    TenantId other;

    [Fact]
    public async Task Holds_for_every_search_that_is_sorted_by_time()
    {
        await FillAsync();
        (MessageFilter Filter, string Index)[] searches =
        [
            (Everything, "messages_by_tenant"),
            (Everything with { Since = Noon.Instant.AddDays(-1) }, "messages_by_tenant|messages_pkey"),
            // nearly all are: PostgreSQL may know it
            (Everything with { Statuses = [MessageStatus.Sent] }, "messages_by_success|messages_by_tenant"),
            (Everything with { Statuses = [MessageStatus.Delivered] }, "messages_by_success"),
            (Everything with { Statuses = [MessageStatus.Failed] }, "messages_by_trouble"),
            (Everything with { Statuses = [MessageStatus.Held, MessageStatus.Sent] }, "messages_by_trouble"),
            (Everything with { Statuses = [MessageStatus.Held, MessageStatus.Failed, MessageStatus.Canceled] }, "messages_by_trouble"),
            (Everything with { Statuses = [MessageStatus.Queued, MessageStatus.Sending, MessageStatus.Scheduled] }, "outbox"),
            (Everything with { Statuses = [MessageStatus.Queued, MessageStatus.Failed] }, "messages_by_trouble"),
            (Everything with { Statuses = [MessageStatus.Failed], Since = Noon.Instant.AddDays(-2), Until = Noon.Instant.AddDays(-1) },
                "messages_by_trouble"),
            (Everything with { Brand = Brand }, "messages_by_brand"),
            (Everything with { Stream = Streams.Accounts.Name }, "messages_by_stream"),
            (Everything with { Id = Brand }, "messages_by_event"),
            (Everything with { TagName = "order", TagValue = "7" },
                "message_tags_pkey|sqlite_autoindex_message_tags_1|message_tags USING PRIMARY KEY"),
        ];

        foreach (var (filter, index) in searches)
        {
            var explained = new ExplainingDatabase(Database);
            await new MessageSearch(explained).FindAsync(Office.Tenant, filter, 50, after: null, before: null, None);
            Assert.True(
                index.Split('|').Any(one => explained.Plans[0].Contains(one, StringComparison.Ordinal)), $"{filter}\n{explained.Plans[0]}");
            Assert.All(explained.Plans, plan => Assert.True(IsBounded(plan), $"{filter}\n{plan}"));
        }
    }

    [Fact]
    public async Task Holds_for_the_figures_of_the_overview_of_a_relay_and_of_the_health_page()
    {
        await FillAsync();
        var explained = new ExplainingDatabase(Database);

        await DeliveryCounts.ReadAsync(explained, Office.Tenant, TimeRange.OfHours(Noon.Instant), None);
        await Backlog.ReadAsync(explained, Office.Tenant, Noon.Instant, None);
        await RelayTraffic.ReadAsync(explained, Office.Tenant, "relay", TimeRange.OfHours(Noon.Instant), None);
        await Workload.ReadAsync(explained, Noon.Instant, None);

        Assert.All(explained.Plans, plan => Assert.True(IsBounded(plan), plan));
        Assert.Contains(explained.Plans, plan => plan.Contains("attempts_by_relay", StringComparison.Ordinal));
        Assert.Contains(
            explained.Plans,
            plan => plan.Contains("messages_by_success", StringComparison.Ordinal)
                && plan.Contains("messages_by_trouble", StringComparison.Ordinal));
    }

    /// <summary>What waits is few and may be read; what is kept is many. Only what is grouped may be sorted once more.</summary>
    bool IsBounded(string plan) => plan.Split('\n').Select(line => line.Trim(' ', '-', '>')).All(line => Provider == Provider.Sqlite
        ? !line.StartsWith("SCAN m", StringComparison.Ordinal) && !line.StartsWith("SCAN attempts", StringComparison.Ordinal)
            && !line.StartsWith("SCAN recipients", StringComparison.Ordinal) && line != "USE TEMP B-TREE FOR ORDER BY"
        : !line.Contains("Seq Scan on messages", StringComparison.Ordinal)
            && !line.Contains("Seq Scan on attempts", StringComparison.Ordinal)
            && !line.Contains("Seq Scan on recipients", StringComparison.Ordinal));

    async Task FillAsync()
    {
        other = await Office.TenantAsync("other");
        var step = TimeSpan.FromDays(Days) / Messages;
        var all = Enumerable.Range(0, Messages).Select(n => (Id: MessageId.New(Noon.Instant - n * step), N: n, At: Noon.Instant - n * step))
            .Reverse().ToList();
        foreach (var some in all.Chunk(5_000)) await AppendAsync(some);
        if (Provider == Provider.Postgres)
            await Database.WriteAsync("analyze", session => session.ExecuteAsync("ANALYZE", _ => { }, None), None);
    }

    static string StatusOf(int n) =>
        (n % 100) switch { 0 => "failed", 1 => "held", 2 => "canceled", 3 when n < 1000 => "queued", _ => "sent" };

    Guid OwnerOf(int n) => (n / 100 % 10 == 0 ? Office.Tenant : other).Value;

    Task<bool> AppendAsync(IReadOnlyList<(MessageId Id, int N, DateTimeOffset At)> messages) => Database.WriteAsync(
        "many messages",
        async session =>
        {
            await session.InsertManyAsync(
                """
                INSERT INTO messages (id, tenant_id, stream, status, header_id, sender, subject, accepted_at, settled_at, brand_id, salt, row_hash)
                VALUES ($1, $2, $3, $4, 'x', 'shop@example.com', 'Your order', $5, $6, $7, $8, $9)
                """,
                messages,
                (
                    p, one) => p.Id(one.Id.Value).Id(OwnerOf(one.N)).Text(one.N % 50 == 0 ? Streams.Accounts.Name : Streams.Api.Name)
                        .Text(StatusOf(one.N))
                    .Instant(one.At).Instant(one.At.AddMilliseconds(one.N)).Id(one.N % 70 == 0 ? Brand : null).Bytes([1]).Bytes([1]),
                None);
            await session.InsertManyAsync(
                "INSERT INTO recipients (message_id, position, kind, mailbox, address, status) VALUES ($1, 0, 'to', 'ann@example.org', "
                    + "'ann@example.org', 'accepted')",
                messages,
                (p, one) => p.Id(one.Id.Value),
                None);
            await session.InsertManyAsync(
                "INSERT INTO attempts (message_id, number, relay, node, started_at, outcome, tenant_id) VALUES ($1, 1, 'relay', 'here', "
                    + "$2, 'accepted', $3)",
                messages,
                (p, one) => p.Id(one.Id.Value).Instant(one.At).Id(OwnerOf(one.N)),
                None);
            await session.InsertManyAsync(
                "INSERT INTO message_tags (tenant_id, name, value, message_id) VALUES ($1, 'order', $2, $3)",
                messages,
                (
                    p, one) => p.Id(OwnerOf(one.N)).Text((one.N % 3000).ToString(System.Globalization.CultureInfo.InvariantCulture))
                        .Id(one.Id.Value),
                None);
            await session.InsertManyAsync(
                """
                INSERT INTO outbox (message_id, tenant_id, stream, due_at, wait, scheduled, attempt, begun, state, token, share)
                VALUES ($1, $2, 'api', $3, 0, 0, 0, 0, 'queued', 0, $4)
                """,
                [.. messages.Where(one => StatusOf(one.N) == "queued")],
                (p, one) => p.Id(one.Id.Value).Id(OwnerOf(one.N)).Instant(one.At).Bytes(new byte[33]),
                None);
            return true;
        },
        None);
}
