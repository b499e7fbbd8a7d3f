using System.Text.Json;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Resend;

public class Events(SharedServer shared)
{
    [Fact]
    public async Task Are_described_read_changed_and_removed()
    {
        var made = await shared.CallAsync("events.create", new { name = "described", schema = new { plan = "string", seats = "number" } });
        var read = await shared.CallAsync("events.get", made.Id);
        var byName = await shared.CallAsync("events.get", "described");

        Assert.Equal(("event", "event", "described"), (made.Text("object"), read.Text("object"), read.Text("name")));
        Assert.Equal("""{"plan":"string","seats":"number"}""", read.Value.GetProperty("schema").GetRawText());
        Assert.Equal(JsonValueKind.Null, read.Value.GetProperty("updated_at").ValueKind);
        Assert.Equal(made.Id, byName.Id);

        var changed = await shared.CallAsync("events.update", made.Id, new { schema = new { plan = "boolean" } });
        Assert.Equal(("event", made.Id), (changed.Text("object"), changed.Id));
        Assert.Equal("""{"plan":"boolean"}""", (await shared.CallAsync("events.get", made.Id)).Value.GetProperty("schema").GetRawText());

        var removed = await shared.CallAsync("events.remove", made.Id);
        Assert.Equal(("event", made.Id, true), (removed.Text("object"), removed.Id, removed.Value.GetProperty("deleted").GetBoolean()));
        (await shared.CallAsync("events.get", made.Id)).ShouldBeRefused(404, "not_found");
    }

    [Fact]
    public async Task Are_listed_newest_first_page_by_page()
    {
        for (var i = 0; i < 3; i++) await shared.CallAsync("events.create", new { name = $"listed {i}" });

        var first = await shared.CallAsync("events.list", new { limit = 1 });
        var second = await shared.CallAsync("events.list", new { limit = 1, after = first.Items[0].GetProperty("id").GetString() });

        Assert.True(first.Value.GetProperty("has_more").GetBoolean());
        Assert.NotEqual(first.Items[0].GetProperty("id").GetString(), second.Items[0].GetProperty("id").GetString());
        Assert.True(string.CompareOrdinal(first.Items[0].GetProperty("id").GetString(), second.Items[0].GetProperty("id").GetString()) > 0);
    }

    [Fact]
    public async Task Are_sent_and_journalled_with_the_address_in_their_data()
    {
        var sent =
            await shared.CallAsync(
                "events.send", new { @event = "user.joined", email = "ada@example.org", payload = new { plan = "pro" } });

        Assert.Equal(("event", "user.joined"), (sent.Text("object"), sent.Text("event")));
        var kept = await FindAsync("user.joined");
        Assert.Equal("ada@example.org", kept.GetProperty("event").GetProperty("subject").GetString());
        Assert.Equal("""{"plan":"pro","email":"ada@example.org"}""", kept.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task That_break_their_own_schema_are_refused()
    {
        await shared.CallAsync("events.create", new { name = "strict", schema = new { seats = "number", since = "date" } });

        (await SendAsync(new { seats = "many" })).ShouldBeRefused(422, "validation_error");
        (await SendAsync(new { since = "tomorrow or so" })).ShouldBeRefused(422, "validation_error");
        Assert.Equal("strict", (await SendAsync(new { seats = 3, since = "2026-11-12", more = true })).Text("event"));

        Task<ResendAnswer> SendAsync(object payload) =>
            shared.CallAsync("events.send", new { @event = "strict", email = "ada@example.org", payload });
    }

    [Fact]
    public async Task That_cannot_be_are_refused()
    {
        (await shared.CallAsync("events.send", new { email = "ada@example.org" })).ShouldBeRefused(422, "missing_required_field");
        (await shared.CallAsync("events.send", new { @event = "x" })).ShouldBeRefused(422, "missing_required_field");
        (await shared.CallAsync("events.send", new { @event = "x", email = "nobody" })).ShouldBeRefused(422, "validation_error");
        (await shared.CallAsync("events.send", new { @event = "x", contactId = "1" })).ShouldBeRefused(422, "validation_error");
        (await shared.CallAsync("events.create", new { schema = new { a = "string" } })).ShouldBeRefused(422, "missing_required_field");
        (await shared.CallAsync("events.create", new { name = "odd", schema = new { a = "colour" } })).ShouldBeRefused(
            422, "validation_error");
        await shared.CallAsync("events.create", new { name = "twice" });
        (await shared.CallAsync("events.create", new { name = "twice" })).ShouldBeRefused(422, "validation_error");
    }

    async Task<JsonElement> FindAsync(string type)
    {
        var client = (await shared.ServerAsync()).Client;
        using var list = JsonDocument.Parse(await client.GetStringAsync(new Uri("/v1/events?limit=100", UriKind.Relative)));
        var id = list.RootElement.GetProperty("data").EnumerateArray().First(e => e.GetProperty("type").GetString() == type)
            .GetProperty("id").GetString();
        return JsonDocument.Parse(await client.GetStringAsync(new Uri("/v1/events/" + id, UriKind.Relative))).RootElement;
    }
}
