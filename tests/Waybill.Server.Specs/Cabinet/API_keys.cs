using System.Net;
using Waybill.Engine.Accounts;
using Waybill.Engine.Keys;
using Waybill.Server.Admin.Keys;

namespace Waybill.Server.Specs.Cabinet;

public sealed class API_keys(SharedServer shared)
{
    [Fact]
    public async Task Are_shown_once_with_a_curl_that_works()
    {
        using var cabinet = await CabinetVisit.OpenAsync(shared);

        var made = await cabinet.SendAsync("keys", new() { ["name"] = "shop", ["scopes"] = "emails:send" });
        var key = CabinetVisit.KeyIn(made.Text);
        var again = await cabinet.ReadAsync(made.To);

        Assert.True(made.IsTaken);
        Assert.Contains(
            $"curl {cabinet.Server.Address.GetLeftPart(UriPartial.Authority)}/emails -H \"Authorization: Bearer {key}\"", made.Text,
            StringComparison.Ordinal);
        Assert.Equal("", CabinetVisit.KeyIn(again));
        using var program = cabinet.Server.ClientWith(key);
        using var mail =
            await program.PostAsync(
                new Uri("/emails", UriKind.Relative),
                new StringContent("""{"from":"you@example.com","to":"ann@example.org","subject":"Hello","text":"It works."}"""));
        Assert.Equal(HttpStatusCode.OK, mail.StatusCode);
    }

    [Fact]
    public async Task Say_who_made_them_and_when_they_were_used()
    {
        using var cabinet = await CabinetVisit.OpenAsync(shared);
        using var program = await cabinet.ProgramAsync();

        Assert.Contains("never", await cabinet.ReadAsync("keys"), StringComparison.Ordinal);
        using var asked = await program.GetAsync(new Uri("/emails", UriKind.Relative));
        var page = await cabinet.ReadAsync("keys");

        Assert.Contains(Testing.ServerProcess.OwnerEmail, page, StringComparison.Ordinal);
        Assert.DoesNotContain("never", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(HostileNames.All), MemberType = typeof(HostileNames))]
    public async Task May_be_called_anything_that_is_a_line(string name)
    {
        using var cabinet = await CabinetVisit.OpenAsync(shared);

        var made = await cabinet.SendAsync("keys", new() { ["name"] = name, ["scopes"] = "emails:send" });
        var list = await cabinet.ReadAsync("keys");

        Assert.True(made.IsTaken);
        Assert.Contains(name, list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Come_back_with_what_was_typed_and_each_fault_beside_its_field()
    {
        using var cabinet = await CabinetVisit.OpenAsync(shared);

        var endless = await cabinet.SendAsync("keys", new() { ["name"] = HostileNames.Endless });
        var unnamed = await cabinet.SendAsync("keys", new() { ["name"] = " ", ["scopes"] = "emails:read" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, endless.Status);
        Assert.Contains(HostileNames.Endless, endless.Text, StringComparison.Ordinal);
        Assert.Equal("A text of the “Name” field may have at most 100 characters.", endless.FaultOf("name"));
        Assert.Equal("Choose at least one scope.", endless.FaultOf("scopes"));
        Assert.Equal("“Name” is missing.", unnamed.FaultOf("name"));
        Assert.Matches("value=\"emails:read\" checked", unnamed.Text);
    }

    [Fact]
    public async Task Are_refused_from_the_revocation_on()
    {
        using var cabinet = await CabinetVisit.OpenAsync(shared);
        using var kept = await cabinet.ProgramAsync();
        var other = await cabinet.SendAsync("keys", new() { ["name"] = "other", ["scopes"] = "emails:read" });
        using var program = cabinet.Server.ClientWith(CabinetVisit.KeyIn(other.Text));

        var revoked = await cabinet.SendAsync($"{other.To}/revoke", []);

        Assert.Contains("The key “other” is revoked.", revoked.Text, StringComparison.Ordinal);
        using var refused = await program.GetAsync(new Uri("/emails", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await cabinet.SendAsync($"{other.To}/revoke", [])).Status);
    }

    [Fact]
    public async Task With_every_scope_are_asked_for_twice_before_the_last_goes()
    {
        using var cabinet = await CabinetVisit.OpenAsync(shared);
        var last = await cabinet.SendAsync("keys", new() { ["name"] = "last", ["scopes"] = "full" });

        var asked = await cabinet.SendAsync($"{last.To}/revoke", []);
        var done = await cabinet.SendAsync($"{last.To}/revoke", new() { ["sure"] = "true" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.Status);
        Assert.Contains("nothing can manage this tenant by the API any more", asked.Text, StringComparison.Ordinal);
        Assert.Equal("Tick this, if you are sure.", asked.FaultOf("sure"));
        Assert.True(done.IsTaken);
    }

    [Fact]
    public async Task Are_renamed_and_written_down()
    {
        using var cabinet = await CabinetVisit.OpenAsync(shared);
        var made = await cabinet.SendAsync("keys", new() { ["name"] = "shop", ["scopes"] = "emails:send" });

        Assert.Contains(
            "The key is called “till” now.", (await cabinet.SendAsync($"{made.To}/rename", new() { ["name"] = "till" })).Text,
            StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await cabinet.SendAsync($"{made.To}/rename", new() { ["name"] = "" })).Status);
        Assert.Equal(["keys.rename", "keys.create"], await cabinet.ActsAsync());
    }

    [Fact]
    public async Task Of_another_tenant_are_not_there()
    {
        using var mine = await CabinetVisit.OpenAsync(shared);
        using var theirs = await CabinetVisit.OpenAsync(shared);
        var made = await theirs.SendAsync("keys", new() { ["name"] = "theirs", ["scopes"] = "emails:send" });
        var id = made.To.Split('/')[^1];

        Assert.Equal(HttpStatusCode.NotFound, await mine.StatusOfAsync($"keys/{id}"));
        Assert.Equal(HttpStatusCode.NotFound, (await mine.SendAsync($"keys/{id}/revoke", [])).Status);
    }

    [Theory]
    [InlineData(Role.Viewer, "emails:read")]
    [InlineData(Role.Developer, "emails:read emails:send events:send keys:write templates:write brands:write books:write")]
    [InlineData(Role.Operator,
        "books:admin books:write brands:write emails:read emails:send events:send full keys:write metrics:read relays:write streams:write "
            + "suppressions:write templates:write")]
    [InlineData(Role.Owner,
        "books:admin books:write brands:write emails:read emails:send events:send full keys:write metrics:read relays:write streams:write "
            + "suppressions:write templates:write")]
    public void Can_do_no_more_than_who_makes_them(Role role, string scopes) => Assert.Equal(
        scopes.Split(' ').Order(StringComparer.Ordinal), Scope.All.Where(scope => role.CanGive(scope)).Order(StringComparer.Ordinal));
}
