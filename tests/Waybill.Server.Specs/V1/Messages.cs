using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Waybill.Server.Specs.Resend;

namespace Waybill.Server.Specs.V1;

public class Messages(SharedServer shared)
{
    [Fact]
    public async Task Have_a_timeline_with_every_attempt()
    {
        var id = await SentAsync();
        var timeline = await (await ClientAsync()).GetFromJsonAsync<JsonElement>(new Uri($"/v1/messages/{id}/timeline", UriKind.Relative));

        Assert.Equal("sent", timeline.GetProperty("status").GetString());
        Assert.Equal("accepted", timeline.GetProperty("steps")[0].GetProperty("step").GetString());
        Assert.Equal("accepted", Assert.Single(timeline.GetProperty("attempts").EnumerateArray()).GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Are_rendered_as_the_bytes_that_were_sent()
    {
        var id = await SentAsync();
        using var rendered = await (await ClientAsync()).GetAsync(new Uri($"/v1/messages/{id}/render", UriKind.Relative));
        var bytes = await rendered.Content.ReadAsByteArrayAsync();

        Assert.Equal("message/rfc822", rendered.Content.Headers.ContentType?.MediaType);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), rendered.Headers.GetValues("Waybill-Sha256").Single());
        Assert.Equal(await shared.RenderAsync(id), bytes);
    }

    [Fact]
    public async Task Written_from_a_template_are_composed_anew_and_compared()
    {
        var template = await shared.CallAsync("templates.create", new { name = "t", subject = "One", html = "<p>Hello</p><p>one</p>" });
        await shared.CallAsync("templates.publish", template.Id);
        var id =
            (await shared.CallAsync(
                "emails.send", new { from = "shop@example.com", to = "ada@example.org", template = new { id = template.Id } })).Id;
        await shared.CallAsync("templates.update", template.Id, new { html = "<p>Hello</p><p>two</p>" });
        await shared.CallAsync("templates.publish", template.Id);

        var frozen =
            await (await ClientAsync()).GetFromJsonAsync<JsonElement>(new Uri($"/v1/messages/{id}/render?again=frozen", UriKind.Relative));
        var current =
            await (await ClientAsync()).GetFromJsonAsync<JsonElement>(new Uri($"/v1/messages/{id}/render?again=current", UriKind.Relative));
        Assert.True(frozen.GetProperty("same").GetBoolean(), frozen.GetRawText());
        Assert.Contains(
            "- <p>one</p>\n+ <p>two</p>", current.GetProperty("difference").GetProperty("html").GetString(), StringComparison.Ordinal);
        var verb = await (await shared.ServerAsync()).RunAsync("render", id, "--again", "--current");
        Assert.Contains("+ <p>two</p>", verb.Text, StringComparison.Ordinal);
        Assert.Contains(
            "Nothing differs", (await (await shared.ServerAsync()).RunAsync("render", id, "--again")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_secret_values_show_dots_in_every_place()
    {
        var template = await shared.CallAsync("templates.create", new
        {
            name = "reset",
            subject = "Your link",
            html = "<p>Hello {{name}}, <a href=\"{{link}}\">reset</a> or paste {{link}}</p>",
            variables = Array.Empty<object>(),
        });
        using var declared = await (await ClientAsync()).PatchAsJsonAsync(new Uri($"/templates/{template.Id}", UriKind.Relative), new
        {
            variables = new object[]
            {
                new { key = "name", type = "string", fallback_value = "you" },
                new { key = "link", type = "url", secret = true, expires_in = 3600, sample = "https://example.com/x" },
            },
        });
        declared.EnsureSuccessStatusCode();
        await shared.CallAsync("templates.publish", template.Id);
        var sent = await shared.CallAsync("emails.send", new
        {
            from = "shop@example.com",
            to = "ada@example.org",
            template = new { id = template.Id, variables = new { link = "https://example.com/reset/s3cr3t" } },
        });

        var email = await shared.EmailOnceAsync(sent.Id, "sent");
        Assert.DoesNotContain("s3cr3t", email.Value.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("••••", email.Text("html"), StringComparison.Ordinal);
        var rendered = System.Text.Encoding.ASCII.GetString(await shared.RenderAsync(sent.Id));
        Assert.DoesNotContain("s3cr3t", rendered, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", (await shared.ServerAsync()).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("again=maybe", HttpStatusCode.UnprocessableEntity)]
    [InlineData("again=frozen", HttpStatusCode.Conflict)]
    public async Task That_cannot_be_composed_anew_say_why(string query, HttpStatusCode status)
    {
        using var answer =
            await (await ClientAsync()).GetAsync(new Uri($"/v1/messages/{await SentAsync()}/render?{query}", UriKind.Relative));

        Assert.Equal(status, answer.StatusCode);
        Assert.NotEmpty((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!);
    }

    async Task<string> SentAsync()
    {
        var sent = await shared.CallAsync("emails.send", new Mail());
        await shared.EmailOnceAsync(sent.Id, "sent");
        return sent.Id;
    }

    async Task<HttpClient> ClientAsync() => (await shared.ServerAsync()).Client;
}
