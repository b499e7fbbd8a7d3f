using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Waybill.Server.Specs.Cabinet;

public sealed partial class Streams_and_routes(SharedServer shared)
{
    static readonly Dictionary<string, string> Route = new()
    {
        ["event_type"] = "order.paid",
        ["template"] = "shop.code",
        ["stream"] = "api",
        ["recipient"] = "{{data.email}}",
        ["conditions"] = "data.plan = \"pro\"\ndata.seats = 3",
        ["enabled"] = "true",
    };

    [Fact]
    public async Task A_stream_is_changed_and_set_back()
    {
        using var cabinet = await CabinetVisit.OpenAsync(shared);

        var changed = await cabinet.SendAsync("streams/racketbook.notices", new() { ["kept_days"] = "30", ["waits"] = "10, 60.5" });
        var list = await cabinet.ReadAsync("streams");
        var reset = await cabinet.SendAsync("streams/racketbook.notices/reset", []);

        Assert.Contains("Saved; it holds from now on.", changed.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"10, 60.5\"", changed.Text, StringComparison.Ordinal);
        Assert.Contains("10 s, 60.5 s", list, StringComparison.Ordinal);
        Assert.Contains("at its defaults again", reset.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("attempts", "21")]
    [InlineData("attempts", "many")]
    [InlineData("waits", "10, soon")]
    [InlineData("kept_days", "a while")]
    [InlineData("jitter", "2")]
    [InlineData("unsubscribe", "perhaps")]
    public async Task A_stream_that_cannot_be_comes_back_as_it_was_typed(string field, string value)
    {
        using var cabinet = await CabinetVisit.OpenAsync(shared);

        var sent = await cabinet.SendAsync("streams/kyora.billing", new() { [field] = value });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.Status);
        if (field != "unsubscribe") Assert.Contains($"value=\"{value}\"", sent.Text, StringComparison.Ordinal);
        Assert.Contains("class=\"faults\"", sent.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_route_is_made_tried_changed_and_removed()
    {
        using var cabinet = await WithTemplateAsync();
        var matching = await EventAsync(cabinet, """{"email":"ann@example.org","plan":"pro","seats":3,"code":"123456","place":"Shop"}""");
        var other = await EventAsync(cabinet, """{"email":"ann@example.org","plan":"free","seats":3}""");

        var mail = await cabinet.SendAsync("routes/try", With(("event", matching)));
        var none = await cabinet.SendAsync("routes/try", With(("event", other)));
        var nobody = await cabinet.SendAsync("routes/try", With(("event", matching), ("recipient", "{{data.nobody}}")));
        var otherType = await cabinet.SendAsync("routes/try", With(("event", matching), ("event_type", "order.refunded")));
        var made = await cabinet.SendAsync("routes", Route);
        var id = Id().Match(made.Text).Value;
        var changed = await cabinet.SendAsync($"routes/{id}", With(("conditions", "")));
        var removed = await cabinet.SendAsync($"routes/{id}/remove", []);

        Assert.Contains("ann@example.org", After(mail, "It would cause this mail."), StringComparison.Ordinal);
        Assert.Contains("at data.plan the event has “free”", After(none, "It would cause no mail."), StringComparison.Ordinal);
        Assert.Contains("no address at {{data.nobody}}", After(nobody, "It would fail"), StringComparison.Ordinal);
        Assert.Contains("of the type “order.paid”", After(otherType, "It would cause no mail."), StringComparison.Ordinal);
        Assert.True(made.IsTaken && changed.IsTaken && removed.IsTaken);
        Assert.Contains("No message yet.", await cabinet.ReadAsync("messages"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("event_type", "", "“Event type” is missing.")]
    [InlineData("recipient", "ann@example.org", "A recipient is a path into the event in double braces, like {{data.buyer_email}}.")]
    [InlineData("template", "no-such", "There is no published template 'no-such'. Publish one under this id or alias first.")]
    [InlineData("stream", "no-such", null)]
    [InlineData("conditions", "data.plan", null)]
    [InlineData("conditions", "data.plan = {\"a\": 1}", null)]
    [InlineData("conditions", "plan! = 1", "'plan!' is no path into an event; write it like data.kind.")]
    [InlineData("brand", "{{", null)]
    public async Task A_route_that_cannot_work_comes_back_as_it_was_typed(string field, string value, string? fault)
    {
        using var cabinet = await CabinetVisit.OpenAsync(shared);

        var sent = await cabinet.SendAsync("routes", With((field, value)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.Status);
        Assert.NotNull(sent.FaultOf(field));
        if (fault is not null) Assert.Equal(fault, sent.FaultOf(field));
        Assert.Contains(value, System.Net.WebUtility.HtmlDecode(sent.Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_condition_that_holds_half_a_character_is_taken_for_a_text()
    {
        using var cabinet = await WithTemplateAsync();

        Assert.True((await cabinet.SendAsync("routes", With(("conditions", "data.plan = \"\\ud800\"")))).IsTaken);
        var published = await EventAsync(cabinet, """{"email":"ann@example.org","plan":"pro"}""");

        Assert.Contains("No route made a message of it", await cabinet.ReadAsync($"events/{published}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_shows_what_it_caused_and_no_secret()
    {
        using var cabinet = await WithTemplateAsync();
        await cabinet.SendAsync("routes", With(("conditions", "")));
        var good = await EventAsync(cabinet, """{"email":"ann@example.org","code":"815162","place":"Shop"}""");
        var bad = await EventAsync(cabinet, """{"code":"815162"}""");

        var (page, fault, list) = (await cabinet.ReadAsync($"events/{good}"), await cabinet.ReadAsync($"events/{bad}"),
            await cabinet.ReadAsync("events"));

        Assert.Matches("messages/[0-9a-f-]{36}", page);
        Assert.Contains("••••", page, StringComparison.Ordinal);
        Assert.DoesNotContain("815162", page + fault + list, StringComparison.Ordinal);
        Assert.Contains("the event has no address at {{data.email}}", fault, StringComparison.Ordinal);
        Assert.Contains("one message", list, StringComparison.Ordinal);
        Assert.Contains("one route failed", list, StringComparison.Ordinal);
        Assert.Contains(
            "not parked any more", (await cabinet.SendAsync($"events/{good}/release", new() { ["subscription"] = "nobody" })).Text,
            StringComparison.Ordinal);
        Assert.Contains("Nothing is parked.", await cabinet.ReadAsync("events/parked"), StringComparison.Ordinal);
    }

    /// <summary>A tenant that has the template of the route.</summary>
    async Task<CabinetVisit> WithTemplateAsync()
    {
        var cabinet = await CabinetVisit.OpenAsync(shared);
        using var program = await cabinet.ProgramAsync();
        using var template = new StringContent(
            """{"name":"Code","alias":"shop.code","subject":"Your code","markdown":"{{code}} for {{place}}","variables":[{"key":"code","type":"string","secret":true},{"key":"place","type":"string"}]}""",
            Encoding.UTF8, "application/json");
        using var made = await program.PostAsync(new Uri("/templates", UriKind.Relative), template);
        using var published = await program.PostAsync(new Uri("/templates/shop.code/publish", UriKind.Relative), content: null);
        Assert.True(published.IsSuccessStatusCode, await published.Content.ReadAsStringAsync());
        return cabinet;
    }

    static async Task<string> EventAsync(CabinetVisit cabinet, string data)
    {
        using var program = await cabinet.ProgramAsync();
        using var content = new StringContent(
            $$"""{"specversion":"1.0","id":"{{Guid.CreateVersion7()}}","source":"/specs","type":"order.paid","data":{{data}}}""",
            Encoding.UTF8, "application/cloudevents+json");
        using var answer = await program.PostAsync(new Uri("/v1/events", UriKind.Relative), content);
        return Id().Match(await answer.Content.ReadAsStringAsync()).Value;
    }

    static Dictionary<string, string> With(params (string Field, string Value)[] fields)
    {
        var changed = new Dictionary<string, string>(Route);
        foreach (var (field, value) in fields) changed[field] = value;
        return changed;
    }

    static string After(Sent sent, string mark)
    {
        Assert.Contains(mark, sent.Text, StringComparison.Ordinal);
        return sent.Text[sent.Text.IndexOf(mark, StringComparison.Ordinal)..];
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Id();
}
