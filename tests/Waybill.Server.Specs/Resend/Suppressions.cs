using System.Text.Json;

namespace Waybill.Server.Specs.Resend;

public class Suppressions(SharedServer shared)
{
    [Fact]
    public async Task Are_added_shown_by_id_or_address_and_removed()
    {
        var address = Fresh();
        var added = await shared.CallAsync("suppressions.add", new { email = address.ToUpperInvariant() });
        var byId = await shared.CallAsync("suppressions.get", added.Id);
        var byAddress = await shared.CallAsync("suppressions.get", address);
        var removed = await shared.CallAsync("suppressions.remove", added.Id);

        Assert.Equal("suppression", added.Text("object"));
        Assert.Equal(byId.Value.GetRawText(), byAddress.Value.GetRawText());
        Assert.Equal(("suppression", added.Id, "manual"), (byId.Text("object"), byId.Id, byId.Text("origin")));
        Assert.Equal(JsonValueKind.Null, byId.Value.GetProperty("source_id").ValueKind);
        Assert.True(byId.Value.GetProperty("created_at").GetDateTimeOffset() <= TimeProvider.System.GetUtcNow().AddSeconds(1));
        Assert.Equal(
            ("suppression", added.Id, true), (removed.Text("object"), removed.Id, removed.Value.GetProperty("deleted").GetBoolean()));
        (await shared.CallAsync("suppressions.get", address)).ShouldBeRefused(404, "not_found");
        (await shared.CallAsync("suppressions.remove", address)).ShouldBeRefused(404, "not_found");
    }

    [Fact]
    public async Task Stop_mail_until_they_are_removed()
    {
        var address = Fresh();
        await shared.CallAsync("suppressions.add", new { email = address });
        var stopped = await shared.CallAsync("emails.send", new Mail { To = $"Ada <{address}>" });

        Assert.Equal("suppressed", (await shared.CallAsync("emails.get", stopped.Id)).Text("last_event"));
        await shared.CallAsync("suppressions.remove", address);
        await shared.EmailOnceAsync((await shared.CallAsync("emails.send", new Mail { To = address })).Id, "sent");
    }

    [Fact]
    public async Task Are_added_and_removed_in_batches()
    {
        string[] addresses = [Fresh(), Fresh(), Fresh()];
        var added = await shared.CallAsync("suppressions.batch.add", new { emails = addresses });
        var ids = added.Items.Select(item => item.GetProperty("id").GetString()!).ToArray();
        var byId = await shared.CallAsync("suppressions.batch.remove", new { ids = new[] { ids[0], Guid.CreateVersion7().ToString() } });
        var byAddress = await shared.CallAsync("suppressions.batch.remove", new { emails = addresses });

        Assert.All(added.Items, item => Assert.Equal("suppression", item.GetProperty("object").GetString()));
        Assert.Equal([true, false], byId.Items.Select(item => item.GetProperty("deleted").GetBoolean()));
        Assert.Equal(ids[1..].Order(), byAddress.Items.Select(item => item.GetProperty("id").GetString()!).Order());
    }

    [Fact]
    public async Task Are_listed_page_by_page_and_by_origin()
    {
        var ids = new List<string>();
        for (var i = 0; i < 3; i++) ids.Insert(0, (await shared.CallAsync("suppressions.add", new { email = Fresh() })).Id);

        var page = await shared.CallAsync("suppressions.list", new { limit = 1, after = ids[0] });
        var bounced = await shared.CallAsync("suppressions.list", new { limit = 100, origin = "bounce" });
        var manual = await shared.CallAsync("suppressions.list", new { limit = 100, origin = "manual" });

        Assert.Equal(("list", true), (page.Text("object"), page.Value.GetProperty("has_more").GetBoolean()));
        Assert.Single(page.Items);
        Assert.False(page.Items[0].TryGetProperty("object", out _));
        Assert.Empty(bounced.Items);
        Assert.Superset(ids.ToHashSet(), manual.Items.Select(item => item.GetProperty("id").GetString()!).ToHashSet());
        (await shared.CallAsync("suppressions.list", new { origin = "spite" })).ShouldBeRefused(422, "validation_error");
    }

    [Fact]
    public async Task Of_another_tenant_are_neither_seen_nor_touched()
    {
        var stranger = await shared.KeyOfAnotherTenantAsync();
        var address = Fresh();
        var added = await shared.CallAsync("suppressions.add", new { email = address });

        (await shared.CallWithAsync(stranger, "suppressions.get", address)).ShouldBeRefused(404, "not_found");
        (await shared.CallWithAsync(stranger, "suppressions.remove", added.Id)).ShouldBeRefused(404, "not_found");
        var batch = await shared.CallWithAsync(stranger, "suppressions.batch.remove", new { ids = new[] { added.Id } });
        Assert.False(batch.Items[0].GetProperty("deleted").GetBoolean());
        Assert.Equal(added.Id, (await shared.CallAsync("suppressions.get", address)).Id);
    }

    [Theory]
    [InlineData("suppressions.add", "{}", "missing_required_field")]
    [InlineData("suppressions.add", """{"email": "ada"}""", "validation_error")]
    [InlineData("suppressions.add", """{"email": 7}""", "validation_error")]
    [InlineData("suppressions.batch.add", """{"emails": []}""", "missing_required_field")]
    [InlineData("suppressions.batch.add", """{"emails": ["ada@example.org", "bob"]}""", "validation_error")]
    [InlineData("suppressions.batch.remove", "{}", "missing_required_field")]
    [InlineData("suppressions.batch.remove", """{"ids": ["7"]}""", "validation_error")]
    [InlineData("suppressions.batch.remove", """{"emails": ["ada@example.org"], "ids": ["7"]}""", "validation_error")]
    public async Task That_cannot_be_are_refused(string operation, string argument, string name) =>
        (await shared.CallAsync(operation, JsonSerializer.Deserialize<JsonElement>(argument))).ShouldBeRefused(422, name);

    static string Fresh() => $"{Guid.CreateVersion7():N}@example.org";
}
