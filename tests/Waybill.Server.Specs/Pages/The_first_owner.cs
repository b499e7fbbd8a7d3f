using System.Net;
using Waybill.Testing;

namespace Waybill.Server.Specs.Pages;

public sealed class The_first_owner : IAsyncLifetime
{
    ServerProcess server = null!;
    OperatorClient browser = null!;

    public async ValueTask InitializeAsync()
    {
        server = await ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["WAYBILL_ADMIN_PASSWORD"] = "" });
        browser = OperatorClient.Stranger(server);
    }

    public async ValueTask DisposeAsync()
    {
        browser?.Dispose();
        if (server is not null) await server.DisposeAsync();
    }

    [Fact]
    public async Task Is_whoever_opens_the_link_on_the_console_and_nobody_after_that()
    {
        var link = OperatorClient.LinkOf(server).ToString();
        Assert.Contains("Nobody owns this Waybill yet", (await browser.GetAsync("/admin/sign-in")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(link)).Status);
        using var second = OperatorClient.Stranger(server);
        await second.GetAsync(link);

        using var made = await MakeAsync(browser, link, "Zoë 🦉 مرحبا");
        using var again = await MakeAsync(second, link, "Eve");

        Assert.Equal((HttpStatusCode.SeeOther, "/admin"), (made.StatusCode, made.Headers.Location?.ToString()));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/admin/t/default/messages")).Status);
        Assert.Equal((HttpStatusCode.NotFound, false), (again.StatusCode, again.Headers.Contains("Set-Cookie")));
        Assert.Equal(HttpStatusCode.NotFound, (await second.GetAsync(link)).Status);
        await server.KillAsync();
        await server.StartAgainAsync();
        Assert.Equal(1, server.Output.Split("/admin/first/").Length - 1);
    }

    [Fact]
    public async Task May_also_use_the_link_of_an_earlier_start()
    {
        var link = OperatorClient.LinkOf(server).ToString();
        await server.KillAsync();
        await server.StartAgainAsync();
        Assert.NotEqual(link, OperatorClient.LinkOf(server).ToString());
        await browser.GetAsync(link);

        using var made = await MakeAsync(browser, link, "Ann");

        Assert.Equal(HttpStatusCode.SeeOther, made.StatusCode);
    }

    [Theory]
    [InlineData("email", "nobody", "This is not an email address.")]
    [InlineData("name", "   ", "The name is missing.")]
    [InlineData("name", "a\u0007b", "The name holds a character that cannot be shown.")]
    [InlineData("password", "short", "The password has fewer than 10 characters.")]
    [InlineData("password", "Password123", "This password is one of those that are tried first.")]
    [InlineData("password", "aaaaaaaaaaaa", "This password is one of those that are tried first.")]
    [InlineData("password", "ann@example.org", "Your name or address cannot be the password.")]
    public async Task Is_told_what_is_wrong_beside_what_they_typed(string field, string value, string sentence)
    {
        var link = OperatorClient.LinkOf(server).ToString();
        await browser.GetAsync(link);
        var typed = Fields("Ann <b>Lee</b>");
        typed[field] = value;

        using var answer = await browser.PostAsync(link, typed);
        var page = await browser.ReadAsync(answer);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(2, page.Split(sentence).Length - 1);
        Assert.Contains($"value=\"{typed["email"]}\"", page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{typed["name"]}\"", page, StringComparison.Ordinal);
        Assert.Contains("<option value=\"de\" selected", page, StringComparison.Ordinal);
        Assert.DoesNotContain(
            typed["password"] + "\"", page.Replace($"value=\"{typed["email"]}\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task May_be_called_by_ten_thousand_characters_and_not_by_more()
    {
        var link = OperatorClient.LinkOf(server).ToString();
        await browser.GetAsync(link);

        using var tooLong = await MakeAsync(browser, link, new string('x', 10_001));
        await browser.ReadAsync(tooLong);
        using var made = await MakeAsync(browser, link, new string('x', 10_000));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther), (tooLong.StatusCode, made.StatusCode));
    }

    [Fact]
    public async Task Leaves_the_link_in_no_log()
    {
        var link = OperatorClient.LinkOf(server).ToString();
        foreach (var path in (string[])[link, link + "x", link + "%20"]) await browser.GetAsync(path);

        Assert.Equal(1, server.Output.Split(link).Length - 1);
    }

    static Task<HttpResponseMessage> MakeAsync(OperatorClient browser, string link, string name) => browser.PostAsync(link, Fields(name));

    static Dictionary<string, string> Fields(string name) =>
        new() { ["email"] = "ann@example.org", ["name"] = name, ["language"] = "de", ["password"] = ServerProcess.OwnerPassword };
}
