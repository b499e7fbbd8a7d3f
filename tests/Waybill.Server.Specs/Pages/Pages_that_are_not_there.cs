using System.Net;

namespace Waybill.Server.Specs.Pages;

public sealed class Pages_that_are_not_there(SharedServer shared)
{
    [Theory]
    [InlineData("GET", "/admin/nonsense", HttpStatusCode.NotFound)]
    [InlineData("GET", "/admin/t/default/nonsense", HttpStatusCode.NotFound)]
    [InlineData("GET", "/admin/t/default/messages/nonsense/preview", HttpStatusCode.NotFound)]
    [InlineData("GET", "/admin/t/nowhere/messages", HttpStatusCode.NotFound)]
    [InlineData("GET", "/admin/t/default/keys/nonsense", HttpStatusCode.NotFound)]
    [InlineData("POST", "/admin/nonsense", HttpStatusCode.NotFound)]
    [InlineData("POST", "/admin/t/default/nonsense", HttpStatusCode.NotFound)]
    [InlineData("GET", "/admin/sign-out", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/admin/design", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/admin/t/default/messages", HttpStatusCode.MethodNotAllowed)]
    public async Task Are_told_of_on_a_page_in_the_visitors_language(string method, string path, HttpStatusCode expected)
    {
        using var owner = await OperatorClient.EnterAsync(await shared.ServerAsync());
        owner.Plant("waybill-look", "de.system");
        using var request = new HttpRequestMessage(new(method), path);

        using var answer = await owner.Http.SendAsync(request);

        var page = await owner.ReadAsync(answer);
        Assert.Equal((expected, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("<html lang=\"de\"", page, StringComparison.Ordinal);
        Assert.Contains("<nav", page, StringComparison.Ordinal);
        Headers.ShouldBeHardened(answer);
    }

    [Theory]
    [InlineData("GET", "/admin/nonsense", HttpStatusCode.Redirect)]
    [InlineData("GET", "/admin/sign-out", HttpStatusCode.Redirect)]
    [InlineData("POST", "/admin/nonsense", HttpStatusCode.Unauthorized)]
    public async Task Tell_a_stranger_nothing_but_where_to_sign_in(string method, string path, HttpStatusCode expected)
    {
        using var stranger = OperatorClient.Stranger(await shared.ServerAsync());
        using var request = new HttpRequestMessage(new(method), path);

        using var answer = await stranger.Http.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
        if (expected == HttpStatusCode.Redirect)
            Assert.StartsWith("/admin/sign-in?return=", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_the_API_are_told_of_as_before()
    {
        using var answer = await (await shared.ServerAsync()).Client.GetAsync(new Uri("/nonsense", UriKind.Relative));

        Assert.Equal((HttpStatusCode.NotFound, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }
}
