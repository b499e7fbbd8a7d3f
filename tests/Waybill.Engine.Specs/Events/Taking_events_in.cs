using System.Text.Json;
using Waybill.Engine.Bus;
using Waybill.Engine.Events;
using Waybill.Engine.Specs.Databases;
using Xunit;

namespace Waybill.Engine.Specs.Events;

public sealed class Taking_events_in_on_Sqlite() : Taking_events_in(Provider.Sqlite);

public sealed class Taking_events_in_on_Postgres() : Taking_events_in(Provider.Postgres);

public abstract class Taking_events_in(Provider provider) : DatabaseContract(provider)
{
    Station station = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        station = new(Office, [Subscription.To<JsonElement>("books", (_, _, _) => Task.CompletedTask, "order.strung")]);
    }

    public override async ValueTask DisposeAsync()
    {
        if (station is not null) await station.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Keeps_all_that_came()
    {
        var id = (await station.AcceptAsync(Happening.Of("1", subject: "order/1") with
        {
            Time = Noon.Instant.AddHours(-1),
            DataContentType = "application/json",
            DataSchema = "https://example.com/order.json",
            Extensions =
                new Dictionary<string, JsonElement> { ["traceparent"] = Happening.Json("00-ab"), ["priority"] = Happening.Json(3) },
        }))[0];

        var kept = await station.FindAsync(id);

        Assert.Equal(("/shop", "1", "order.strung", "order/1"), (kept.Source, kept.SenderId, kept.Type, kept.Subject));
        Assert.Equal(
            (Noon.Instant.AddHours(-1), Noon.Instant, "https://example.com/order.json"), (kept.Time, kept.AcceptedAt, kept.DataSchema));
        Assert.Equal("""{"order":"1","buyer_email":"ada@example.org"}""", kept.Data.GetRawText());
        Assert.Equal("00-ab/3", $"{kept.Extensions["traceparent"]}/{kept.Extensions["priority"]}");
    }

    [Fact]
    public async Task Answers_a_repetition_like_the_first_and_causes_nothing_twice()
    {
        var first = await station.AcceptAsync(Happening.Of("1"));
        Office.Clock.Advance(TimeSpan.FromDays(100));
        var again = await station.AcceptAsync(Happening.Of("1"));

        Assert.Equal(first, again);
        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM event_deliveries"));
    }

    [Theory]
    [InlineData("type")]
    [InlineData("subject")]
    [InlineData("data")]
    [InlineData("time")]
    [InlineData("extension")]
    public async Task Refuses_another_event_under_the_same_source_and_id(string difference)
    {
        await station.AcceptAsync(Happening.Of("1"));
        var other = difference switch
        {
            "type" => Happening.Of("1", type: "order.paid"),
            "subject" => Happening.Of("1", subject: "x"),
            "data" => Happening.Of("1", data: new { order = "2" }),
            "time" => Happening.Of("1") with { Time = Noon.Instant },
            _ => Happening.Of("1") with { Extensions = new Dictionary<string, JsonElement> { ["a"] = Happening.Json(1) } },
        };

        Assert.Equal(new EventAcceptance.Conflicting(0), await station.Acceptor.AcceptAsync(Office.Tenant, [other], None));
    }

    [Fact]
    public async Task Takes_the_same_id_of_another_source_or_tenant_for_another_event()
    {
        var ours = await station.AcceptAsync(Happening.Of("1"), Happening.Of("1") with { Source = "/other" });
        var other = await Office.TenantAsync("other");
        var theirs = (EventAcceptance.Accepted)await station.Acceptor.AcceptAsync(other, [Happening.Of("1")], None);

        Assert.Equal(3, ours.Concat(theirs.Ids).Distinct().Count());
        Assert.Null(await station.Journal.FindAsync(other, ours[0], None));
    }

    [Fact]
    public async Task Takes_all_of_a_batch_or_none()
    {
        await station.AcceptAsync(Happening.Of("3"));

        var acceptance = await station.Acceptor.AcceptAsync(
            Office.Tenant, [Happening.Of("1"), Happening.Of("2"), Happening.Of("3", subject: "other"), Happening.Of("4")], None);

        Assert.Equal(new EventAcceptance.Conflicting(2), acceptance);
        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM events"));
        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM event_deliveries"));
    }

    [Fact]
    public async Task Gives_one_that_stands_in_a_batch_twice_one_id()
    {
        var ids = await station.AcceptAsync(Happening.Of("1"), Happening.Of("2"), Happening.Of("1"));

        Assert.Equal(ids[0], ids[2]);
        Assert.Equal(2, await Office.NumberAsync("SELECT count(*) FROM event_deliveries"));
    }

    [Fact]
    public async Task Takes_each_in_once_when_many_send_it_at_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () => (
            Sent: i % 20, Id: (await station.AcceptAsync(Happening.Of($"{i % 20}")))[0]))));

        Assert.All(answers.GroupBy(answer => answer.Sent), same => Assert.Single(same.Select(answer => answer.Id).Distinct()));
        Assert.Equal(20, await Office.NumberAsync("SELECT count(*) FROM events"));
        Assert.Equal(20, await Office.NumberAsync("SELECT count(*) FROM event_deliveries"));
    }

    [Fact]
    public async Task Decides_for_each_when_good_and_conflicting_batches_come_at_once()
    {
        await station.AcceptAsync(Happening.Of("taken"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => station.Acceptor.AcceptAsync(
            Office.Tenant,
            i % 3 == 0 ? [Happening.Of($"shared {i % 4}"), Happening.Of("taken", subject: "else")] : [Happening.Of($"shared {i % 4}")],
            None))));

        Assert.Equal(20, answers.Count(answer => answer is EventAcceptance.Conflicting(1)));
        Assert.Equal(5, await Office.NumberAsync("SELECT count(*) FROM events"));
        Assert.All(answers.OfType<EventAcceptance.Accepted>(), answer => Assert.NotNull(station.FindAsync(answer.Ids[0])));
        Assert.Equal(4, answers.OfType<EventAcceptance.Accepted>().Select(answer => answer.Ids[0]).Distinct().Count());
    }

    [Fact]
    public async Task Lists_a_tenants_events_newest_first_page_by_page()
    {
        var ids = new List<EventKey>();
        for (var i = 0; i < 5; i++)
        {
            Office.Clock.Advance(TimeSpan.FromSeconds(1));
            ids.AddRange(await station.AcceptAsync(Happening.Of($"{i}")));
        }

        var (first, more) = await station.Journal.ListAsync(Office.Tenant, 2, null, null, None);
        var (rest, hasMore) = await station.Journal.ListAsync(Office.Tenant, 5, after: first[1].Id.Value, null, None);
        var (back, _) = await station.Journal.ListAsync(Office.Tenant, 2, null, before: rest[0].Id.Value, None);

        Assert.Equal((true, false), (more, hasMore));
        Assert.Equal(ids.AsEnumerable().Reverse(), first.Concat(rest).Select(e => e.Id));
        Assert.Equal(first.Select(e => e.Id), back.Select(e => e.Id));
    }
}
