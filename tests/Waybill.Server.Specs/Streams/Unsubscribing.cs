using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Waybill.Testing;

namespace Waybill.Server.Specs.Streams;

/// <summary>As a mailbox provider does it (RFC 8058): a POST to the link of the header, without a browser, cookies or a key.</summary>
public sealed partial class Unsubscribing(ServerThatOffersIt offering) : IClassFixture<ServerThatOffersIt>
{
    [Fact]
    public async Task By_one_POST_stops_the_next_message()
    {
        var link = await LinkToAsync("ada@example.org");

        using var answer = await offering.PostAsync(link);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        var next = await SendAsync("Ada@example.org");
        Assert.Equal("suppressed", await LastEventAsync(next));
        var listed = await offering.GetAsync("/suppressions/ada@example.org");
        Assert.Equal(("unsubscribe", "api"), (listed.GetProperty("origin").GetString(), listed.GetProperty("stream").GetString()));
    }

    [Fact]
    public async Task Twice_is_as_good_as_once()
    {
        var link = await LinkToAsync("bob@example.org");

        for (var i = 0; i < 3; i++)
        {
            using var answer = await offering.PostAsync(link);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("en", "lang=\"en\"", "Stop these emails?")]
    [InlineData("", "lang=\"en\"", "Stop these emails?")]
    [InlineData("fr", "lang=\"en\"", "Stop these emails?")]
    [InlineData("de-AT,de;q=0.9,en;q=0.8", "lang=\"de\"", "Diese E-Mails abbestellen?")]
    [InlineData("en;q=0.5, de", "lang=\"de\"", "Diese E-Mails abbestellen?")]
    [InlineData("fr, en;q=0.5, de;q=0.4", "lang=\"en\"", "Stop these emails?")]
    public async Task Is_asked_for_by_a_page_that_changes_nothing(string languages, string lang, string title)
    {
        var link = await LinkToAsync("eve@example.org");

        using var page = await offering.ShowAsync(link, languages);

        var html = await page.Content.ReadAsStringAsync();
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Contains(lang, html, StringComparison.Ordinal);
        Assert.Contains($"<h1>{title}</h1>", html, StringComparison.Ordinal);
        Assert.Single(Buttons().Matches(html));
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http", html, StringComparison.OrdinalIgnoreCase); // nothing from elsewhere
        Assert.Equal("no-store", page.Headers.CacheControl?.ToString());
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.NotEqual("suppressed", await LastEventAsync(await SendAsync("eve@example.org")));
    }

    [Theory]
    [InlineData("en", "This link does not work")]
    [InlineData("de", "Dieser Link funktioniert nicht")]
    public async Task By_a_link_that_is_none_of_ours_is_not_found_and_says_so(string languages, string title)
    {
        var link = await LinkToAsync("ann@example.org");
        var forged = link[..^2] + (link[^2] == 'A' ? 'B' : 'A') + link[^1];
        foreach (var broken in (string[])[forged, link[..^10], "/unsubscribe/x"])
        {
            using var shown = await offering.ShowAsync(broken, languages);
            using var posted = await offering.PostAsync(broken);

            Assert.Equal((404, 404), ((int)shown.StatusCode, (int)posted.StatusCode));
            Assert.Contains(title, await shown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.NotEqual("suppressed", await LastEventAsync(await SendAsync("ann@example.org")));
    }

    [Fact]
    public async Task Is_offered_in_the_bytes_that_were_sent()
    {
        var id = await SendAsync("pia@example.org");
        var run =
            await Eventually.GetAsync(
                "the bytes", async () => await offering.Server.RunAsync("render", id) is { ExitCode: 0 } rendered ? rendered : null);

        var folded = System.Text.Encoding.UTF8.GetString(run.Output).Replace("\r\n ", " ", StringComparison.Ordinal);
        Assert.Matches("\r\nList-Unsubscribe: <https://mail\\.example\\.org/unsubscribe/[A-Za-z0-9_-]+>\r\n", folded);
        Assert.Contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", folded, StringComparison.Ordinal);
        Assert.DoesNotContain("unsubscribe/", offering.Server.Output, StringComparison.Ordinal);
    }

    Task<string> SendAsync(string to) => offering.SendAsync(to);

    async Task<string> LastEventAsync(string id) => (await offering.GetAsync("/emails/" + id)).GetProperty("last_event").GetString()!;

    /// <summary>The path of the link in the header of a message to somebody.</summary>
    async Task<string> LinkToAsync(string address)
    {
        var id = await SendAsync(address);
        var run =
            await Eventually.GetAsync(
                "the bytes", async () => await offering.Server.RunAsync("render", id) is { ExitCode: 0 } rendered ? rendered : null);
        return Link().Match(System.Text.Encoding.UTF8.GetString(run.Output)).Groups["path"].Value;
    }

    [GeneratedRegex("List-Unsubscribe:\\s+<https://mail\\.example\\.org(?<path>/unsubscribe/[A-Za-z0-9_-]+)>", RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Link();

    [GeneratedRegex("<button", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Buttons();
}

/// <summary>A server whose stream <c>api</c> offers to unsubscribe.</summary>
public sealed class ServerThatOffersIt : IAsyncLifetime
{
    readonly HttpClient recipient = new();

    public ServerProcess Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server =
            await ServerProcess.StartAsync(
                new Dictionary<string, string>(StringComparer.Ordinal) { ["PublicUrl"] = "https://mail.example.org" });
        recipient.BaseAddress = Server.Address;
        using var offer = new StringContent("""{"unsubscribe": true}""");
        (await Server.Client.PatchAsync(new Uri("/v1/streams/api", UriKind.Relative), offer)).EnsureSuccessStatusCode().Dispose();
    }

    public async Task<string> SendAsync(string to)
    {
        using var body =
            new StringContent(JsonSerializer.Serialize(new { from = "shop@example.com", to, subject = "News", text = "Hello" }));
        using var answer = await Server.Client.PostAsync(new Uri("/emails", UriKind.Relative), body);
        using var json = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("id").GetString()!;
    }

    public async Task<JsonElement> GetAsync(string path) =>
        JsonSerializer.Deserialize<JsonElement>(await Server.Client.GetStringAsync(new Uri(path, UriKind.Relative)));

    /// <summary>What a mailbox provider sends.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path)
    {
        using var oneClick = new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);
        return await recipient.PostAsync(new Uri(path, UriKind.Relative), oneClick);
    }

    /// <summary>What a browser asks for.</summary>
    public async Task<HttpResponseMessage> ShowAsync(string path, string languages)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (languages.Length > 0) request.Headers.TryAddWithoutValidation("Accept-Language", languages);
        return await recipient.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        recipient.Dispose();
        if (Server is not null) await Server.DisposeAsync();
    }
}
