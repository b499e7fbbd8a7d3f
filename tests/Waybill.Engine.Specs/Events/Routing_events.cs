using System.Text.Json;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Composing;
using Waybill.Engine.Events;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Storage;
using Xunit;

namespace Waybill.Engine.Specs.Events;

public sealed class Routing_events_on_Sqlite() : Routing_events(Provider.Sqlite);

public sealed class Routing_events_on_Postgres() : Routing_events(Provider.Postgres);

public abstract class Routing_events(Provider provider) : DatabaseContract(provider)
{
    static readonly RouteRule Rule = new()
    {
        EventType = "order.strung",
        Stream = "api",
        Template = "receipt",
        Recipient = "{{data.buyer_email}}",
    };

    Station station = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        station = new(Office);
        await PublishTemplateAsync("receipt");
    }

    public override async ValueTask DisposeAsync()
    {
        if (station is not null) await station.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Makes_a_message_of_each_event_of_the_type_in_the_same_unit()
    {
        await SaveAsync(Rule);

        var ids = await station.AcceptAsync(Happening.Of("1"), Happening.Of("2", type: "order.paid"));

        var message = Assert.Single((await station.EffectsAsync(ids[0])).Messages);
        Assert.Empty((await station.EffectsAsync(ids[1])).Messages);
        Assert.Equal(
            ("receipt", "ada@example.org"),
            ((await Office.FindAsync(message.Id)).Subject, (await Office.FindAsync(message.Id)).Recipients[0].Address));
    }

    [Fact]
    public async Task Makes_none_again_of_an_event_that_came_before()
    {
        await SaveAsync(Rule);
        var written = 0;
        var write = station.Write;
        station.Write = mail =>
        {
            written++;
            return write(mail);
        };

        var first = await station.AcceptAsync(Happening.Of("1"));
        Assert.Equal(first, await station.AcceptAsync(Happening.Of("1")));

        Assert.Equal(1, written);
        Assert.Single((await station.EffectsAsync(first[0])).Messages);
    }

    [Fact]
    public async Task Follows_every_route_that_matches()
    {
        await PublishTemplateAsync("second");
        await SaveAsync(Rule);
        await SaveAsync(Rule with { Template = "second" });

        var id = (await station.AcceptAsync(Happening.Of("1")))[0];

        Assert.Equal(2, (await station.EffectsAsync(id)).Messages.Count);
    }

    [Theory]
    [InlineData("data.kind", "\"new\"", true)]
    [InlineData("data.kind", "\"old\"", false)]
    [InlineData("data.count", "2.0", true)]
    [InlineData("data.count", "\"2\"", false)]
    [InlineData("data.paid", "true", true)]
    [InlineData("data.paid", "false", false)]
    [InlineData("data.inner.name", "\"deep\"", true)]
    [InlineData("data.missing", "null", true)]
    [InlineData("data.kind", "null", false)]
    [InlineData("subject", "\"order/1\"", true)]
    [InlineData("source", "\"/elsewhere\"", false)]
    [InlineData("region", "\"eu\"", true)]
    public async Task Matches_when_every_condition_holds(string path, string equals, bool holds)
    {
        await SaveAsync(Rule with
        {
            Conditions = [new("data.buyer_email", Happening.Json("ada@example.org")), new(path, JsonDocument.Parse(equals).RootElement)],
        });

        var id = (await station.AcceptAsync(Happening.Of(
            "1", subject: "order/1",
            data: new { buyer_email = "ada@example.org", kind = "new", count = 2, paid = true, inner = new { name = "deep" } }) with
        {
            Extensions = new Dictionary<string, JsonElement> { ["region"] = Happening.Json("eu") },
        }))[0];

        Assert.Equal(holds ? 1 : 0, (await station.EffectsAsync(id)).Messages.Count);
    }

    [Fact]
    public async Task Takes_brand_and_locale_from_words_or_from_the_event()
    {
        var mails = new List<TemplatedMail>();
        var write = station.Write;
        station.Write = mail =>
        {
            mails.Add(mail);
            return write(mail);
        };
        await SaveAsync(Rule with { Brand = "corner-shop", Locale = "{{data.locale}}" });

        await station.AcceptAsync(Happening.Of("1", data: new { buyer_email = "a@example.org", locale = "de-CH" }), Happening.Of("2"));

        Assert.Equal(["corner-shop/de-CH", "corner-shop/"], mails.Select(mail => $"{mail.Brand}/{mail.Locale}"));
    }

    [Theory]
    [InlineData("""{"buyer_email": "not an address"}""", "no address")]
    [InlineData("""{"buyer_email": 7}""", "no address")]
    [InlineData("""{"buyer_email": "  "}""", "has no address at {{data.buyer_email}}")]
    [InlineData("""{"other": 1}""", "has no address at {{data.buyer_email}}")]
    [InlineData("7", "has no address at {{data.buyer_email}}")]
    public async Task Keeps_the_event_and_says_aloud_when_nobody_can_get_the_mail(string data, string reason)
    {
        await SaveAsync(Rule);

        var id = (await station.AcceptAsync(Happening.Of("1") with { Data = JsonDocument.Parse(data).RootElement }))[0];

        await ShouldHaveFaultAsync(id, reason);
    }

    [Fact]
    public async Task Sends_one_copy_to_each_address()
    {
        await SaveAsync(Rule);

        var id = (await AcceptToAsync("ada@example.org", "Ada <ada@example.org>", "bo@example.org"))[0];

        var message = Assert.Single((await station.EffectsAsync(id)).Messages);
        Assert.Equal(
            ["ada@example.org", "bo@example.org"], (await Office.FindAsync(message.Id)).Recipients.Select(recipient => recipient.Address));
    }

    [Fact]
    public async Task Sends_to_fifty_addresses_and_says_aloud_when_there_are_more()
    {
        await SaveAsync(Rule);
        string[] fifty = [.. Enumerable.Range(0, 50).Select(i => $"player{i}@example.org")];

        var ids = await AcceptToAsync([.. fifty, fifty[0]]);
        Assert.Single((await station.EffectsAsync(ids[0])).Messages);

        await ShouldHaveFaultAsync((await AcceptToAsync([.. fifty, "one-more@example.org"]))[0], "more addresses than the 50");
    }

    [Fact]
    public async Task Keeps_the_event_and_says_aloud_when_its_mail_is_refused()
    {
        await SaveAsync(Rule);
        station.Write = _ => new Writing.Refused("template", "There is no template 'receipt' any more.");

        await ShouldHaveFaultAsync((await station.AcceptAsync(Happening.Of("1")))[0], "template: There is no template 'receipt' any more.");
    }

    [Fact]
    public async Task Keeps_the_event_and_says_aloud_when_its_mail_may_not_come_from_there()
    {
        await SaveAsync(Rule);
        station.AskForSender = (_, message) => $"The {message.From.Address.Domain} domain is not granted.";

        await ShouldHaveFaultAsync((await station.AcceptAsync(Happening.Of("1")))[0], "from: The example.com domain is not granted.");
        Assert.Equal(0, await Office.NumberAsync("SELECT count(*) FROM messages"));
    }

    [Fact]
    public async Task Keeps_the_event_and_says_aloud_when_writing_the_mail_breaks()
    {
        await SaveAsync(Rule);
        station.Write = _ => throw new InvalidOperationException("defect");

        await ShouldHaveFaultAsync((await station.AcceptAsync(Happening.Of("1")))[0], "a defect");
    }

    [Fact]
    public async Task Takes_nothing_in_when_the_database_is_away_while_the_mail_is_written()
    {
        await SaveAsync(Rule);
        station.Fetching = () => throw new StorageUnavailableException(inner: null);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => station.AcceptAsync(Happening.Of("1")));

        Assert.Equal(0, await Office.NumberAsync("SELECT count(*) FROM events"));
    }

    [Fact]
    public async Task Makes_messages_of_what_a_book_publishes_in_its_unit()
    {
        await SaveAsync(Rule);

        await station.Units.RunAsync(
            "string",
            unit =>
            {
                unit.Publish(Office.Tenant, Happening.Of("1"));
                return ValueTask.CompletedTask;
            },
            None);

        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM messages WHERE event_id IS NOT NULL"));
    }

    [Fact]
    public async Task Follows_a_change_at_once_here_and_within_a_second_elsewhere()
    {
        await using var elsewhere = new Station(Office, node: "elsewhere");
        await elsewhere.AcceptAsync(Happening.Of("before"));
        var route = await SaveAsync(Rule);

        Assert.Equal(1, await MessagesAsync(station, "here"));
        Assert.Equal(0, await MessagesAsync(elsewhere, "there at once"));
        Office.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await MessagesAsync(elsewhere, "there a second later"));

        await station.Routes.ReplaceAsync(Office.Tenant, route.Id, Rule with { IsEnabled = false }, None);
        Assert.Equal(0, await MessagesAsync(station, "disabled"));
        Assert.True(await station.Routes.RemoveAsync(Office.Tenant, route.Id, None));
        Assert.Empty(await station.Routes.ListAsync(Office.Tenant, None));
    }

    [Fact]
    public async Task Follows_no_route_of_another_tenant()
    {
        await SaveAsync(Rule);
        var other = await Office.TenantAsync("other");

        await station.Acceptor.AcceptAsync(other, [Happening.Of("1")], None);

        Assert.Equal(0, await Office.NumberAsync("SELECT count(*) FROM messages"));
        Assert.IsType<RouteSaving.NotFound>(
            await station.Routes.ReplaceAsync(other, (await station.Routes.ListAsync(Office.Tenant, None))[0].Id, Rule, None));
    }

    public static TheoryData<string, string, string> Impossible => new()
    {
        { "stream", "nowhere", "There is no stream 'nowhere'" },
        { "template", "nothing", "no published template 'nothing'" },
        { "template", "draft-only", "no published template 'draft-only'" },
        { "recipient", "ada@example.org", "in double braces" },
        { "recipient", "{{data}}", "in double braces" },
        { "recipient", "{{data.a b}}", "in double braces" },
        { "recipient", "{{#each data.x}}", "in double braces" },
        { "brand", "{{nope nope}}", "path like" },
        { "locale", "{{", "path like" },
        { "conditions", "{{data.kind}}", "no path" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public async Task Saves_no_route_that_cannot_work(string field, string value, string sentence)
    {
        await PublishTemplateAsync("draft-only", state: "draft");
        var rule = field switch
        {
            "stream" => Rule with { Stream = value },
            "template" => Rule with { Template = value },
            "recipient" => Rule with { Recipient = value },
            "brand" => Rule with { Brand = value },
            "locale" => Rule with { Locale = value },
            _ => Rule with { Conditions = [new(value, Happening.Json("x"))] },
        };

        var refused = Assert.IsType<RouteSaving.Refused>(await station.Routes.CreateAsync(Office.Tenant, rule, None));

        Assert.Equal(field, refused.Field);
        Assert.Contains(sentence, refused.Sentence, StringComparison.Ordinal);
        Assert.Empty(await station.Routes.ListAsync(Office.Tenant, None));
    }

    async Task<EventRoute> SaveAsync(RouteRule rule) =>
        Assert.IsType<RouteSaving.Saved>(await station.Routes.CreateAsync(Office.Tenant, rule, None)).Route;

    Task<IReadOnlyList<EventKey>> AcceptToAsync(params string[] addresses) =>
        station.AcceptAsync(Happening.Of("to " + addresses[^1], data: new { buyer_email = addresses }));

    async Task<int> MessagesAsync(Station at, string id) =>
        (await at.EffectsAsync((await at.AcceptAsync(Happening.Of(id)))[0])).Messages.Count;

    async Task ShouldHaveFaultAsync(EventKey id, string reason)
    {
        var effects = await station.EffectsAsync(id);
        Assert.Empty(effects.Messages);
        Assert.Contains(reason, Assert.Single(effects.Faults).Reason, StringComparison.Ordinal);
        var line = Assert.Single(station.Log.Lines);
        Assert.Equal(LogLevel.Error, line.Level);
        Assert.Contains(id.ToString(), line.Line, StringComparison.Ordinal);
    }

    async Task PublishTemplateAsync(string alias, string state = "published")
    {
        await Office.Templates.CreateAsync(Office.Tenant, alias, alias, Specs.Catalogue.Editing_templates.Content("Hello"), None);
        if (state == "published") await Office.Templates.PublishAsync(Office.Tenant, alias, None);
    }
}
