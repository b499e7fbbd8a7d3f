using System.Net;
using Waybill.Testing;

namespace Waybill.Server.Specs.Pages;

public class Forms(SharedServer shared)
{
    [Theory]
    [InlineData("none")]
    [InlineData("forged")]
    [InlineData("of another browser")]
    [InlineData("without its cookie")]
    public async Task Are_not_taken_with_a_token_that_is(string token)
    {
        var server = await shared.ServerAsync();
        using var door = await OperatorClient.EnterAsync(server);
        using var other = OperatorClient.Stranger(server);
        await other.GetAsync("/admin/sign-in");
        if (token == "without its cookie") door.Plant("__Host-waybill-form", null);
        using var form = new FormUrlEncodedContent(token switch
        {
            "none" => [],
            "forged" => [KeyValuePair.Create("__RequestVerificationToken", "CfDJ8" + new string('A', 120))],
            "of another browser" => [KeyValuePair.Create("__RequestVerificationToken", other.FormToken)],
            _ => [KeyValuePair.Create("__RequestVerificationToken", door.FormToken)],
        });

        using var answer = await door.Http.PostAsync(new Uri("/admin/sign-out", UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Please send the form again", await door.ReadAsync(answer), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await door.GetAsync("/admin/t/default/messages")).Status);
    }

    [Fact]
    public async Task Are_not_read_of_somebody_without_a_session()
    {
        using var stranger = OperatorClient.Stranger(await shared.ServerAsync());
        await stranger.GetAsync("/admin/sign-in");
        using var answer = await stranger.PostAsync("/admin/sign-out", []);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("email=%00")]
    [InlineData("email=a&email=%ff%00")]
    public async Task That_no_text_has_the_characters_of_are_refused(string body)
    {
        using var stranger = OperatorClient.Stranger(await shared.ServerAsync());
        using var form = new StringContent(body, System.Text.Encoding.ASCII, "application/x-www-form-urlencoded");
        using var answer = await stranger.Http.PostAsync(new Uri("/admin/sign-in", UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Headers.ShouldBeHardened(answer);
    }

    [Fact]
    public async Task That_are_too_large_are_refused()
    {
        using var stranger = OperatorClient.Stranger(await shared.ServerAsync());
        await stranger.GetAsync("/admin/sign-in");
        using var answer = await stranger.PostAsync("/admin/sign-in", new() { ["email"] = new string('a', 3 << 20) });

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task That_were_open_while_the_server_was_killed_are_still_good()
    {
        await using var server = await ServerProcess.StartAsync();
        using var browser = OperatorClient.Stranger(server);
        await browser.GetAsync("/admin/sign-in");
        await server.KillAsync();
        await server.StartAgainAsync();

        using var answer =
            await browser.PostAsync(
                "/admin/sign-in", new() { ["email"] = ServerProcess.OwnerEmail, ["password"] = ServerProcess.OwnerPassword });

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }
}
