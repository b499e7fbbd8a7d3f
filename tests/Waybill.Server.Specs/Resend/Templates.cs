using System.Text.Json;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Resend;

public class Templates(SharedServer shared)
{
    const string Html = "<h1>Welcome, {{{NAME}}}</h1><p>You have {{{SEATS}}} seats.</p>";

    static readonly object[] Variables =
        [new { key = "NAME", type = "string", fallbackValue = "friend" }, new { key = "SEATS", type = "number", fallbackValue = 1 }];

    [Fact]
    public async Task Are_made_as_drafts_and_read_back()
    {
        var made = await CreateAsync();
        var read = await shared.CallAsync("templates.get", made.Id);

        Assert.Equal(
            ("template", "draft", Html, "Welcome, {{{NAME}}}"),
            (read.Text("object"), read.Text("status"), read.Text("html"), read.Text("subject")));
        Assert.Equal("NAME", read.Value.GetProperty("variables")[0].GetProperty("key").GetString());
        Assert.Equal("friend", read.Value.GetProperty("variables")[0].GetProperty("fallback_value").GetString());
        Assert.Equal(JsonValueKind.Null, read.Value.GetProperty("published_at").ValueKind);
    }

    [Fact]
    public async Task Are_published_and_sent_with_variables()
    {
        var made = await PublishedAsync();
        var sent = await shared.CallAsync("emails.send", new
        {
            from = "shop@example.com",
            to = "ada@example.org",
            template = new { id = made.Id, variables = Values("Ada", 3) },
        });

        var email = await shared.CallAsync("emails.get", sent.Id);
        Assert.Equal("Welcome, Ada", email.Text("subject"));
        Assert.Contains("You have 3 seats.", email.Text("html"), StringComparison.Ordinal);
        Assert.Contains("You have 3 seats.", email.Text("text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_published_though_their_variables_have_neither_fallback_nor_sample()
    {
        var made = await shared.CallAsync("templates.create", new
        {
            name = "bare",
            subject = "For {{{NAME}}}",
            html = "<p>{{{NAME}}} has {{{SEATS}}} seats</p>",
            variables = new object[] { new { key = "NAME", type = "string" }, new { key = "SEATS", type = "number" } },
        });

        Assert.Equal(made.Id, (await shared.CallAsync("templates.publish", made.Id)).Id);
        var refused = await SendAsync(made.Id);
        refused.ShouldBeRefused(422, "validation_error");
        Assert.Contains("NAME", refused.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fall_back_where_a_variable_is_missing()
    {
        var made = await PublishedAsync();
        var sent =
            await shared.CallAsync(
                "emails.send", new { from = "shop@example.com", to = "ada@example.org", template = new { id = made.Id } });

        Assert.Equal("Welcome, friend", (await shared.CallAsync("emails.get", sent.Id)).Text("subject"));
    }

    [Fact]
    public async Task Are_sent_by_alias_and_in_a_batch()
    {
        var alias = "welcome-" + Guid.CreateVersion7().ToString("N");
        await PublishedAsync(alias);
        var mails = Enumerable.Range(1, 3).Select(n => new
        {
            from = "shop@example.com",
            to = "ada@example.org",
            template = new { id = alias, variables = Values($"Ada {n}", 1) },
        });

        var sent = await shared.CallAsync("batch.send", mails);
        var subjects = new List<string?>();
        foreach (var one in sent.Value.GetProperty("data").EnumerateArray())
            subjects.Add((await shared.CallAsync("emails.get", one.GetProperty("id").GetString())).Text("subject"));
        Assert.Equal(["Welcome, Ada 1", "Welcome, Ada 2", "Welcome, Ada 3"], subjects);
    }

    [Fact]
    public async Task Never_let_a_value_become_markup()
    {
        var made = await PublishedAsync();
        var sent = await shared.CallAsync("emails.send", new
        {
            from = "shop@example.com",
            to = "ada@example.org",
            template = new { id = made.Id, variables = Values("[x](http://evil.example) <img src=x onerror=alert(1)>", 1) },
        });

        var html = (await shared.CallAsync("emails.get", sent.Id)).Text("html");
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_changed_without_touching_what_is_sent_until_they_are_published()
    {
        var made = await PublishedAsync();
        await shared.CallAsync("templates.update", made.Id, new { subject = "Hello, {{{NAME}}}" });
        var between = await shared.CallAsync("templates.get", made.Id);
        var before = await SubjectAsync(made.Id);
        await shared.CallAsync("templates.publish", made.Id);

        Assert.True(between.Value.GetProperty("has_unpublished_versions").GetBoolean());
        Assert.Equal("published", between.Text("status"));
        Assert.Equal(("Welcome, friend", "Hello, friend"), (before, await SubjectAsync(made.Id)));
    }

    [Fact]
    public async Task Get_a_new_locale_beside_the_ones_they_have()
    {
        var made = await CreateAsync();
        using var patch = new HttpRequestMessage(HttpMethod.Patch, $"/templates/{made.Id}")
        {
            Content =
                new StringContent(
                    """{"locale":"de","subject":"Willkommen","html":"<p>Hallo</p>"}""", System.Text.Encoding.UTF8, "application/json"),
        };
        (await (await shared.ServerAsync()).Client.SendAsync(patch)).EnsureSuccessStatusCode().Dispose();
        var read = await shared.CallAsync("templates.get", made.Id);

        Assert.Equal(("en", Html), (read.Text("locale"), read.Text("html")));
        Assert.Equal("de", Assert.Single(read.Value.GetProperty("locales").EnumerateArray()).GetProperty("locale").GetString());
    }

    [Fact]
    public async Task Are_listed_copied_and_removed()
    {
        var made = await CreateAsync();
        var copy = await shared.CallAsync("templates.duplicate", made.Id);
        var listed = await shared.CallAsync("templates.list", new { limit = 100 });
        var removed = await shared.CallAsync("templates.remove", copy.Id);

        Assert.Superset(
            new HashSet<string> { made.Id, copy.Id }, listed.Items.Select(item => item.GetProperty("id").GetString()!).ToHashSet());
        Assert.Equal(("template", copy.Id, true), (removed.Text("object"), removed.Id, removed.Value.GetProperty("deleted").GetBoolean()));
        (await shared.CallAsync("templates.get", copy.Id)).ShouldBeRefused(404, "not_found");
    }

    [Fact]
    public async Task That_are_missing_or_drafts_are_not_sent()
    {
        var draft = await CreateAsync();

        (await SendAsync("nowhere")).ShouldBeRefused(404, "not_found");
        var refused = await SendAsync(draft.Id);
        refused.ShouldBeRefused(404, "not_found");
        Assert.Contains("never published", refused.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_do_not_compile_are_not_published_and_say_where()
    {
        var made = await shared.CallAsync("templates.create", new { name = "broken", html = "<p>Hello</p>\n{{#if NAME}}\n<p>you</p>" });
        var refused = await shared.CallAsync("templates.publish", made.Id);

        refused.ShouldBeRefused(422, "validation_error");
        Assert.Contains("line 2, column", refused.Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"html":"<p>x</p>"}""", "name")]
    [InlineData("""{"name":"x"}""", "html")]
    [InlineData("""{"name":"x","html":"<p>x</p>","markdown":"x"}""", "not both")]
    [InlineData("""{"name":"x","html":"<p>x</p>","alias":"a b"}""", "alias")]
    [InlineData("""{"name":"x","html":"<p>x</p>","locale":"english please"}""", "locale")]
    [InlineData("""{"name":"x","html":"<p>x</p>","from":"nobody"}""", "from")]
    [InlineData("""{"name":"x","html":"<p>x</p>","variables":[{"key":"a b","type":"string"}]}""", "key")]
    [InlineData("""{"name":"x","html":"<p>x</p>","variables":[{"key":"a","type":"colour"}]}""", "type")]
    [InlineData("""{"name":"x","html":"<p>x</p>","variables":[{"key":"a","type":"string"},{"key":"a","type":"string"}]}""", "twice")]
    [InlineData("""{"name":"x","html":"<p>x</p>","locales":[{"locale":"de","markdown":"x"}]}""", "alike")]
    public async Task That_cannot_be_are_refused_by_name(string json, string named)
    {
        var answer = await BadInput.UntouchedServer.SendAsync(
            new HttpRequestMessage(
                HttpMethod.Post, "/templates")
            { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") },
            (await shared.ServerAsync()).Client);

        Assert.Equal(422, answer.Status);
        Assert.Contains(named, answer.Message, StringComparison.Ordinal);
    }

    static Dictionary<string, object> Values(string name, int seats) => new() { ["NAME"] = name, ["SEATS"] = seats };

    async Task<string?> SubjectAsync(string template) =>
        (await shared.CallAsync("emails.get", (await SendAsync(template)).Id)).Text("subject");

    Task<ResendAnswer> SendAsync(string template) =>
        shared.CallAsync("emails.send", new { from = "shop@example.com", to = "ada@example.org", template = new { id = template } });

    Task<ResendAnswer> CreateAsync(string? alias = null) => shared.CallAsync(
        "templates.create", new { name = "Welcome", alias, subject = "Welcome, {{{NAME}}}", html = Html, variables = Variables });

    async Task<ResendAnswer> PublishedAsync(string? alias = null)
    {
        var made = await CreateAsync(alias);
        Assert.Equal(made.Id, (await shared.CallAsync("templates.publish", made.Id)).Id);
        return made;
    }
}
