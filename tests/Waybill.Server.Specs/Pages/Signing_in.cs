using System.Net;
using Waybill.Server.Specs.Relays;
using Waybill.Testing;

namespace Waybill.Server.Specs.Pages;

public class Signing_in(SharedServer shared)
{
    const string Messages = "/admin/t/default/messages";
    const string SomeMessage = Messages + "/01928374-6574-7392-8192-837465748392";

    [Fact]
    public async Task Gives_a_cookie_that_is_as_tight_as_can_be()
    {
        using var door = await OperatorClient.EnterAsync(await shared.ServerAsync());
        var cookies = door.Entrance.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split("; ")).ToList();

        Assert.Equal("/admin", door.Entrance.Headers.Location?.ToString());
        Assert.Equal(2, cookies.Count);
        Assert.Matches("^__Host-waybill=[A-Za-z0-9_-]{43}$", cookies[0][0]);
        Assert.Equal(["httponly", "max-age=2592000", "path=/", "samesite=lax", "secure"], cookies[0][1..].Order(StringComparer.Ordinal));
        Assert.Matches("^__Host-waybill-device=[A-Za-z0-9_-]{64}$", cookies[1][0]);
        Assert.Equal(["httponly", "max-age=31536000", "path=/", "samesite=lax", "secure"], cookies[1][1..].Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/admin", "/admin/sign-in")]
    [InlineData(Messages, "/admin/sign-in?return=%2Fadmin%2Ft%2Fdefault%2Fmessages")]
    [InlineData(Messages + "?after=1&x=%26", "/admin/sign-in?return=%2Fadmin%2Ft%2Fdefault%2Fmessages%3Fafter%3D1%26x%3D%2526")]
    [InlineData(SomeMessage + "/preview", "/admin/sign-in?return=")]
    [InlineData("/ADMIN/t/default/messages", "/admin/sign-in?return=")]
    [InlineData("/admin/t/no-such/messages", "/admin/sign-in?return=")]
    public async Task Is_asked_for_where_there_is_no_session(string path, string sentTo)
    {
        using var stranger = OperatorClient.Stranger(await shared.ServerAsync());
        using var answer = await stranger.Http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith(sentTo, answer.Headers.Location?.ToString(), StringComparison.Ordinal);
        Headers.ShouldBeHardened(answer);
    }

    [Fact]
    public async Task Is_not_done_by_an_API_key_or_a_made_up_session()
    {
        var server = await shared.ServerAsync();
        using var stranger = OperatorClient.Stranger(server);
        stranger.Http.DefaultRequestHeaders.Authorization = new("Bearer", server.ApiKey);
        foreach (var cookie in (string[])["", "A", new string('A', 43), new string('A', 5000), "%00", "' OR 1=1 --"])
        {
            stranger.Plant("__Host-waybill", cookie);
            Assert.Equal(HttpStatusCode.Redirect, (await stranger.GetAsync(Messages)).Status);
        }
    }

    [Theory]
    [InlineData("owner@example.org", "wrong password")]
    [InlineData("owner@example.org", "")]
    [InlineData("nobody@example.org", ServerProcess.OwnerPassword)]
    [InlineData("not an address", ServerProcess.OwnerPassword)]
    [InlineData("", "")]
    [InlineData("\ud83d\ude00<script>@example.org", "x")]
    public async Task Tells_no_more_than_that_it_was_wrong_and_keeps_the_address(string email, string password)
    {
        using var stranger = OperatorClient.Stranger(await shared.ServerAsync());
        await stranger.GetAsync("/admin/sign-in");

        using var answer = await stranger.PostAsync("/admin/sign-in", new() { ["email"] = email, ["password"] = password });
        var page = await stranger.ReadAsync(answer);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("That is not right.", page, StringComparison.Ordinal);
        Assert.Null(stranger.Cookie("__Host-waybill"));
        Assert.Contains(
            $"value=\"{email}\"", page.Replace(" value />", " value=\"\" />", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OWNER@Example.ORG")]
    [InlineData("  owner@example.org ")]
    public async Task Takes_the_address_in_any_spelling(string email)
    {
        using var door = await OperatorClient.EnterAsync(await shared.ServerAsync(), email);
        Assert.Equal(HttpStatusCode.OK, (await door.GetAsync(Messages)).Status);
    }

    [Theory]
    [InlineData("/admin/t/default/messages?after=1", "/admin/t/default/messages?after=1")]
    [InlineData("//evil.example/", "/admin")]
    [InlineData("/admin//evil.example", "/admin//evil.example")]
    [InlineData("/admin\\evil.example", "/admin")]
    [InlineData("https://evil.example/admin", "/admin")]
    [InlineData("/adminevil", "/admin")]
    [InlineData("/admin/sign-out", "/admin")]
    [InlineData("/admin/t/x\r\nSet-Cookie: a=b", "/admin")]
    public async Task Leads_where_somebody_wanted_to_go_and_never_away(string asked, string led)
    {
        using var stranger = OperatorClient.Stranger(await shared.ServerAsync());
        await stranger.GetAsync("/admin/sign-in");
        using var answer = await stranger.PostAsync(
            "/admin/sign-in",
            new() { ["email"] = ServerProcess.OwnerEmail, ["password"] = ServerProcess.OwnerPassword, ["return"] = asked });

        Assert.Equal(led, answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Outlives_the_server_and_ends_at_once_by_signing_out()
    {
        await using var server = await ServerProcess.StartAsync();
        using var door = await OperatorClient.EnterAsync(server);
        var held = door.Cookie("__Host-waybill");
        await server.KillAsync();
        await server.StartAgainAsync();
        Assert.Equal(HttpStatusCode.OK, (await door.GetAsync(Messages)).Status);

        using var answer = await door.PostAsync("/admin/sign-out", []);
        Assert.Equal((HttpStatusCode.SeeOther, "/admin/sign-in"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        Assert.Null(door.Cookie("__Host-waybill"));
        door.Plant("__Host-waybill", held);
        Assert.Equal(HttpStatusCode.Redirect, (await door.GetAsync(Messages)).Status);
    }

    [Fact]
    public async Task Leaves_each_cookie_of_a_sign_in_another_one()
    {
        var server = await shared.ServerAsync();
        using var one = await OperatorClient.EnterAsync(server);
        using var other = await OperatorClient.EnterAsync(server);

        Assert.NotEqual(one.Cookie("__Host-waybill"), other.Cookie("__Host-waybill"));
        Assert.DoesNotContain(one.Cookie("__Host-waybill")!, server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hardens_every_page_behind_it()
    {
        var server = await shared.ServerAsync();
        using var door = await OperatorClient.EnterAsync(server);
        var id = await server.PostEmailAsync();
        foreach (var path in (string[])["/admin", Messages, $"{Messages}/{id}", SomeMessage, Messages + "/nonsense",
            Messages + "?after=nonsense", "/admin/first/wrong", "/admin/t/none/messages"])
        {
            using var answer = await door.Http.GetAsync(new Uri(path, UriKind.Relative));
            Headers.ShouldBeHardened(answer);
        }
    }
}
