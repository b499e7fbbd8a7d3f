using Waybill.Testing;

namespace Waybill.Server.Specs.Relays;

public class Keeping_relays(SharedServer shared)
{
    const string Password = "corr3ct-Marker-h0rse";

    [Fact]
    public async Task Makes_shows_changes_and_removes_one_and_never_shows_its_password()
    {
        var server = await shared.ServerAsync();
        var made = await server.RelaysAsync(HttpMethod.Post, body: new
        {
            name = Name(),
            kind = "smtp",
            host = "smtp.example.com",
            user = "shop",
            password = Password,
            from = "Shop <shop@example.com>",
            daily_cap = 100,
            monthly_cap = 3000,
            per_second = 2.5,
            sessions = 3,
        });
        var shown = await server.RelaysAsync(HttpMethod.Get, "/" + made.Id);
        var changed =
            await server.RelaysAsync(HttpMethod.Patch, "/" + made.Id, new { security = "tls", port = 465, daily_cap = (int?)null });
        var listed = await server.RelaysAsync(HttpMethod.Get);
        var removed = await server.RelaysAsync(HttpMethod.Delete, "/" + made.Id);

        Assert.Equal(
            (201, "starttls", "587", "shop", "True"), (made.Status, made["security"], made["port"], made["user"], made["secret_is_set"]));
        Assert.Equal(
            ("100", "3000", "2.5", "3", "0", "[\"example.com\"]"),
            (shown["daily_cap"], shown["monthly_cap"], shown["per_second"], shown["sessions"], shown["used_today"],
                shown["sender_domains"]));
        Assert.Equal(
            (200, "tls", "465", null, "3000", "True", "2"),
            (changed.Status, changed["security"], changed["port"], changed["daily_cap"], changed["monthly_cap"], changed["secret_is_set"],
                changed["version"]));
        Assert.Contains(made.Id, listed.Text, StringComparison.Ordinal);
        Assert.Equal((200, "True"), (removed.Status, removed["deleted"]));
        (await server.RelaysAsync(HttpMethod.Get, "/" + made.Id)).ShouldBe(404, "not_found", "Relay not found");
        foreach (var answer in (RelayReply[])[made, shown, changed, listed, removed])
            Assert.DoesNotContain("Marker", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Marker", server.Output, StringComparison.Ordinal);
        Assert.Empty(FilesWith(server, "Marker"));
    }

    [Fact]
    public async Task Takes_a_default_for_what_is_left_out()
    {
        var made =
            await (await shared.ServerAsync()).RelaysAsync(
                HttpMethod.Post, body: new { name = Name(), kind = "resend", api_key = "re_123" });

        Assert.Equal(
            (201, "https://api.resend.com/", "8", null, null),
            (made.Status, made["base_url"], made["sessions"], made["daily_cap"], made["used_today"]));
    }

    [Fact]
    public async Task Shows_the_one_of_the_settings_and_says_where_it_is_changed()
    {
        var server = await shared.ServerAsync();
        const string standard = "/00000000-0000-7000-8000-000000000001";

        var shown = await server.RelaysAsync(HttpMethod.Get, standard);

        Assert.Equal(("capture", "True", "True"), (shown["kind"], shown["from_settings"], shown["shared"]));
        (await server.RelaysAsync(HttpMethod.Patch, standard, new { name = "x" })).ShouldBe(409, "made_by_settings", "settings");
        (await server.RelaysAsync(HttpMethod.Delete, standard)).ShouldBe(409, "made_by_settings", "settings");
    }

    [Fact]
    public async Task Lets_only_an_instance_key_test_what_all_tenants_share_and_see_how_much_of_it_is_used()
    {
        var server = await shared.ServerAsync();
        const string standard = "/00000000-0000-7000-8000-000000000001";
        using var instance = await server.ClientOfTheInstanceAsync();
        var shares =
            await instance.RelaysAsync(
                HttpMethod.Post,
                body: new { name = Name(), kind = "smtp", host = "127.0.0.1", port = 1, security = "none", shared = true, daily_cap = 9 });
        using var other = server.ClientWith(await shared.KeyOfAnotherTenantAsync());
        var theirs = await other.RelaysAsync(HttpMethod.Post, body: new { name = Name(), kind = "resend", api_key = "re_123" });

        (await server.RelaysAsync(HttpMethod.Post, standard + "/test")).ShouldBe(403, "invalid_access", "instance key");
        (await other.RelaysAsync(HttpMethod.Post, $"/{shares.Id}/test")).ShouldBe(403, "invalid_access", "instance key");
        (await server.RelaysAsync(HttpMethod.Post, $"/{theirs.Id}/test")).ShouldBe(404, "not_found", "Relay");
        Assert.Equal("none", (await instance.RelaysAsync(HttpMethod.Post, standard + "/test")).Test().Stages);
        Assert.Equal("0", (await instance.RelaysAsync(HttpMethod.Get, "/" + shares.Id))["used_today"]);
        Assert.Null((await other.RelaysAsync(HttpMethod.Get, "/" + shares.Id))["used_today"]);
        Assert.Equal(200, (await instance.RelaysAsync(HttpMethod.Delete, "/" + shares.Id)).Status);
    }

    [Fact]
    public async Task Has_a_name_once_and_tells_who_edits_an_old_version()
    {
        var server = await shared.ServerAsync();
        var name = Name();
        var made = await server.RelaysAsync(HttpMethod.Post, body: new { name, kind = "resend", api_key = "re_123" });

        (await server.RelaysAsync(HttpMethod.Post, body: new { name, kind = "resend", api_key = "re_123" })).ShouldBe(
            409, "name_taken", "name");
        await server.RelaysAsync(HttpMethod.Patch, "/" + made.Id, new { daily_cap = 5, version = 1 });
        (await server.RelaysAsync(HttpMethod.Patch, "/" + made.Id, new { daily_cap = 6, version = 1 })).ShouldBe(
            409, "changed_meanwhile", "read it again");
    }

    [Fact]
    public async Task Lets_only_an_instance_key_make_and_change_what_all_tenants_share()
    {
        var server = await shared.ServerAsync();
        var body = new { name = Name(), kind = "smtp", host = "smtp.example.com", user = "everybody", password = Password, shared = true };
        using var instance = await server.ClientOfTheInstanceAsync();

        (await server.RelaysAsync(HttpMethod.Post, body: body)).ShouldBe(403, "invalid_access", "instance key");
        var made = await instance.RelaysAsync(HttpMethod.Post, body: body);

        Assert.Equal((201, "everybody"), (made.Status, made["user"]));
        var seen = await server.RelaysAsync(HttpMethod.Get, "/" + made.Id);
        Assert.Equal(("True", null, null), (seen["shared"], seen["user"], seen["host"]));
        (await server.RelaysAsync(HttpMethod.Patch, "/" + made.Id, new { name = "mine" })).ShouldBe(403, "invalid_access", "instance key");
        (await server.RelaysAsync(HttpMethod.Delete, "/" + made.Id)).ShouldBe(403, "invalid_access", "instance key");
        Assert.Equal(200, (await instance.RelaysAsync(HttpMethod.Delete, "/" + made.Id)).Status);
    }

    [Fact]
    public async Task Does_not_take_a_kept_password_to_another_host()
    {
        var server = await shared.ServerAsync();
        var smtp =
            await server.RelaysAsync(
                HttpMethod.Post, body: new { name = Name(), kind = "smtp", host = "smtp.example.com", user = "u", password = Password });
        var resend = await server.RelaysAsync(HttpMethod.Post, body: new { name = Name(), kind = "resend", api_key = "re_123" });

        (await server.RelaysAsync(HttpMethod.Patch, "/" + smtp.Id, new { host = "evil.example.net" })).ShouldBe(
            422, "validation_error", "`password` is needed anew");
        (await server.RelaysAsync(HttpMethod.Patch, "/" + resend.Id, new { base_url = "https://evil.example.net" })).ShouldBe(
            422, "validation_error", "`api_key` is needed anew");
        Assert.Equal(
            200, (await server.RelaysAsync(HttpMethod.Patch, "/" + smtp.Id, new { host = "mx.example.net", password = Password })).Status);
        Assert.Equal(
            200, (await server.RelaysAsync(HttpMethod.Patch, "/" + smtp.Id, new { host = "mx.example.net", user = (string?)null })).Status);
        Assert.Null((await server.RelaysAsync(HttpMethod.Get, "/" + smtp.Id))["secret_set_at"]);
    }

    static string Name() => "relay " + Guid.CreateVersion7();

    static List<string> FilesWith(ServerProcess server, string word) =>
        [.. Directory.EnumerateFiles(server.DataFolder, "waybill.db*")
            .Where(file => File.ReadAllBytes(file).AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(word)) >= 0)];
}
