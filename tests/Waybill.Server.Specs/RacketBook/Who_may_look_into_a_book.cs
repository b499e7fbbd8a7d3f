using System.Net;
using System.Text.RegularExpressions;

namespace Waybill.Server.Specs.RacketBook;

[Collection(nameof(Shop))]
public sealed partial class Who_may_look_into_a_book(Shop shop)
{
    [Fact]
    public async Task Is_nobody_who_is_not_signed_in()
    {
        using var stranger = OperatorClient.Stranger(shop.Server);
        using var answer = await stranger.Http.GetAsync(new Uri(shop.Order, UriKind.Relative));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith("/admin/sign-in", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_a_stringer_once_they_said_who_they_are()
    {
        var (client, welcome) = await shop.InviteAsync();
        using (client)
        using (welcome)
        {
            Assert.Equal("/racketbook", welcome.Headers.Location?.OriginalString);
            using var first = await client.Http.GetAsync(new Uri("/racketbook", UriKind.Relative));
            Assert.Equal("/racketbook/settings", first.Headers.Location?.OriginalString);

            await client.GetAsync("/racketbook/settings");
            using var nameless =
                await client.PostAsync(
                    "/racketbook/settings",
                    new() { ["display_name"] = " ", ["phone"] = "044 111", ["labour"] = "25", ["locale"] = "en", ["version"] = "1" });

            Assert.Equal(HttpStatusCode.UnprocessableEntity, nameless.StatusCode);
            Assert.Contains("044 111", await client.ReadAsync(nameless), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Is_led_home_to_it()
    {
        using var bea = await shop.JoinAsync();
        using var home = await bea.Http.GetAsync(new Uri("/admin", UriKind.Relative));

        Assert.Equal("/racketbook", home.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Is_no_admin_any_more_whose_book_was_closed()
    {
        using var bea = await shop.JoinAsync();
        var all = await Workshop.AdminAsync(shop.Server, HttpMethod.Get, "stringers", body: null);
        var id = all.Body.GetProperty("data").EnumerateArray().Last(one => one.GetProperty("display_name").GetString() == "Bea’s strings")
            .GetProperty("id").GetString();
        await Workshop.AdminAsync(shop.Server, HttpMethod.Patch, $"stringers/{id}", new { role = "admin" });
        var before = (await bea.GetAsync("/racketbook/stringers")).Status;
        await Workshop.AdminAsync(shop.Server, HttpMethod.Patch, $"stringers/{id}", new { status = "disabled" });

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (before, (await bea.GetAsync("/racketbook/stringers")).Status));
        Assert.Equal(HttpStatusCode.Forbidden, (await bea.GetAsync($"/racketbook?as_stringer={shop.Demo}")).Status);
    }

    [Fact]
    public async Task Finds_it_from_the_pages_of_the_instance()
    {
        Assert.Contains("<a href=\"/racketbook\"", (await shop.Owner.GetAsync("/admin/t/default/messages")).Text, StringComparison.Ordinal);

        using var bea = await shop.JoinAsync();
        Assert.DoesNotContain("<p class=\"group\">Back offices", (await bea.GetAsync("/admin/account")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_no_admin_unless_they_are_one()
    {
        using var bea = await shop.JoinAsync();
        foreach (var path in (string[])["/racketbook/moderation", "/racketbook/stringers", "/racketbook/stringers/new",
            $"/racketbook?as_stringer={shop.Demo}"])
            Assert.Equal(HttpStatusCode.Forbidden, (await bea.GetAsync(path)).Status);

        var desk = await bea.GetAsync("/racketbook");

        Assert.DoesNotContain("/racketbook/moderation", desk.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/racketbook/stringers", desk.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Carries_along_whose_book_it_is()
    {
        foreach (var path in (string[])["", "/orders", "/orders/new", "/clients", "/clients/new", "/catalogue", "/catalogue/rackets/new",
            "/settings"])
        {
            var page = (await shop.Owner.GetAsync($"/racketbook{path}?as_stringer={shop.Demo}")).Text;
            var lost = Ways().Matches(page).Select(way => way.Groups["path"].Value)
                .Where(
                    way => !way.Contains("as_stringer=" + shop.Demo, StringComparison.Ordinal) && !Offices().IsMatch(way)
                        && !page.Contains("name=\"as_stringer\"", StringComparison.Ordinal));

            Assert.Contains("Court Side Strings (Demo)", page, StringComparison.Ordinal);
            Assert.Empty(lost);
        }
    }

    [Fact]
    public async Task Is_told_of_no_book_by_a_page()
    {
        await shop.Owner.GetAsync("/admin/t/default/people");
        using var invited =
            await shop.Owner.PostAsync("/admin/t/default/people/invite", new() { ["email"] = "nobook@example.org", ["role"] = "viewer" });
        var link = Accounts.AccountsServer.LinkIn(await shop.Owner.ReadAsync(invited))!;
        using var viewer = OperatorClient.Stranger(shop.Server);
        await viewer.GetAsync(link);
        (await viewer.PostAsync(link, new() { ["name"] = "Vic", ["language"] = "de", ["password"] = Shop.Password })).Dispose();

        var (status, text) = await viewer.GetAsync("/racketbook");

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("Du hast kein Buch in RacketBook.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("/racketbook/open", text, StringComparison.Ordinal);
    }

    [GeneratedRegex("(href|action)=\"(?<path>/racketbook[^\"#]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ways();

    [GeneratedRegex("^/racketbook/(moderation|stringers)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Offices();
}
