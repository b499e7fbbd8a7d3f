using System.Net;
using Waybill.Server.Specs.Relays;

namespace Waybill.Server.Specs.Pages;

public class Signing_in(SharedServer shared)
{
    const string SomeMessage = "/admin/messages/01928374-6574-7392-8192-837465748392";

    [Fact]
    public async Task Trades_the_link_for_a_cookie_that_is_as_tight_as_can_be()
    {
        using var door = await OperatorClient.EnterAsync(await shared.ServerAsync());
        var cookie = door.Entrance.Headers.GetValues("Set-Cookie").Single();
        string[] parts = cookie.Split("; ");

        Assert.Equal((HttpStatusCode.Redirect, "/admin"), (door.Entrance.StatusCode, door.Entrance.Headers.Location?.ToString()));
        Assert.Matches("^__Host-waybill=[A-Za-z0-9_-]{32}$", parts[0]);
        Assert.Equal(["httponly", "path=/", "samesite=lax", "secure"], parts[1..].Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/admin", 401)]
    [InlineData(SomeMessage, 401)]
    [InlineData(SomeMessage + "/preview", 401)]
    [InlineData("/ADMIN", 401)]
    [InlineData("/admin/enter/wrong", 403)]
    [InlineData("/admin/enter/%00", 400)]
    public async Task Is_asked_for_by_a_page_that_says_how(string path, int status)
    {
        using var client = (await shared.ServerAsync()).ClientWith(null);
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(status, (int)answer.StatusCode);
        if (status == 400) return; // the web server itself refuses such a path
        Assert.Contains("Open the link that Waybill printed", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Headers.ShouldBeHardened(answer);
    }

    [Fact]
    public async Task Is_not_done_by_an_API_key_or_a_made_up_session()
    {
        var server = await shared.ServerAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin");
        request.Headers.Add("Cookie", "__Host-waybill=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");

        using var answer = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Ends_when_the_server_does()
    {
        await using var server = await Waybill.Testing.ServerProcess.StartAsync();
        using var door = await OperatorClient.EnterAsync(server);
        var oldLink = OperatorClient.LinkOf(server);
        await server.KillAsync();
        await server.StartAgainAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await door.Http.GetAsync(new Uri("/admin", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await door.Http.GetAsync(oldLink)).StatusCode);
    }

    [Fact]
    public async Task Hardens_every_page_behind_it()
    {
        var server = await shared.ServerAsync();
        using var door = await OperatorClient.EnterAsync(server);
        var id = await server.PostEmailAsync();
        foreach (var path in (string[])["/admin", "/admin/messages/" + id, SomeMessage, "/admin/messages/nonsense", "/admin?after=nonsense", "/admin/enter/wrong"])
        {
            using var answer = await door.Http.GetAsync(new Uri(path, UriKind.Relative));
            Headers.ShouldBeHardened(answer);
        }
    }
}
