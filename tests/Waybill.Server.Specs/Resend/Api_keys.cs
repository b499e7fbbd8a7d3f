using System.Text.Json;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Resend;

public class Api_keys(SharedServer shared)
{
    [Fact]
    public async Task Are_shown_once_and_work()
    {
        var key = await CreateAsync("full_access");

        Assert.StartsWith("wb_", key.Text("token"), StringComparison.Ordinal);
        Assert.NotEmpty((await shared.CallWithAsync(key.Text("token")!, "emails.send", new Mail())).Id);
        Assert.DoesNotContain(key.Text("token")!, (await ListAsync()).Value.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_listed_by_name_and_time_without_the_token()
    {
        var key = await CreateAsync("full_access", "listed");
        var before = await ListedAsync(key.Id);
        await shared.CallWithAsync(key.Text("token")!, "emails.send", new Mail());

        Assert.Equal("listed", before.GetProperty("name").GetString());
        Assert.True(before.GetProperty("created_at").GetDateTimeOffset() <= TimeProvider.System.GetUtcNow().AddSeconds(1));
        Assert.Equal(JsonValueKind.Null, before.GetProperty("last_used_at").ValueKind);
        Assert.False(before.TryGetProperty("token", out _));
    }

    [Fact]
    public async Task For_sending_only_send_and_read_nothing()
    {
        var token = (await CreateAsync("sending_access")).Text("token")!;
        var sent = await shared.CallWithAsync(token, "emails.send", new Mail());

        (await shared.CallWithAsync(token, "emails.get", sent.Id)).ShouldBeRefused(401, "restricted_api_key");
        (await shared.CallWithAsync(token, "emails.list")).ShouldBeRefused(401, "restricted_api_key");
        (await shared.CallWithAsync(token, "apiKeys.create", new { name = "escalated" })).ShouldBeRefused(401, "restricted_api_key");
        Assert.Single((await shared.CallWithAsync(token, "batch.send", [Mail.Many(1)])).Items);
    }

    [Fact]
    public async Task Can_be_renamed()
    {
        var key = await CreateAsync("full_access", "old name");
        var renamed = await shared.CallAsync("apiKeys.update", key.Id, new { name = "new name" });

        Assert.Equal(("api_key", key.Id), (renamed.Text("object"), renamed.Id));
        Assert.Equal("new name", (await ListedAsync(key.Id)).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Stop_working_when_removed()
    {
        var key = await CreateAsync("full_access");
        var removed = await shared.CallAsync("apiKeys.remove", key.Id);

        Assert.Equal(("api_key", key.Id, true), (removed.Text("object"), removed.Id, removed.Value.GetProperty("deleted").GetBoolean()));
        (await shared.CallWithAsync(key.Text("token")!, "emails.send", new Mail())).ShouldBeRefused(403, "invalid_api_key");
        (await shared.CallAsync("apiKeys.remove", key.Id)).ShouldBeRefused(404, "not_found");
    }

    [Fact]
    public async Task Need_a_name_and_a_known_permission()
    {
        (await shared.CallAsync("apiKeys.create", new { permission = "full_access" })).ShouldBeRefused(422, "missing_required_field");
        (await shared.CallAsync("apiKeys.create", new { name = "odd", permission = "root" })).ShouldBeRefused(422, "validation_error");
    }

    [Fact]
    public async Task Of_another_tenant_are_neither_seen_nor_touched()
    {
        var stranger = await shared.KeyOfAnotherTenantAsync();
        var key = await CreateAsync("full_access");

        (await shared.CallWithAsync(stranger, "apiKeys.remove", key.Id)).ShouldBeRefused(404, "not_found");
        var theirs = await shared.CallWithAsync(stranger, "apiKeys.list", new { limit = 100 });
        Assert.DoesNotContain(theirs.Items, item => Id(item) == key.Id);
    }

    Task<ResendAnswer> CreateAsync(string permission, string name = "spec") => shared.CallAsync("apiKeys.create", new { name, permission });

    Task<ResendAnswer> ListAsync() => shared.CallAsync("apiKeys.list", new { limit = 100 });

    async Task<JsonElement> ListedAsync(string id) => (await ListAsync()).Items.Single(item => Id(item) == id);

    static string? Id(JsonElement item) => item.GetProperty("id").GetString();
}
