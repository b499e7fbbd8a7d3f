using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Waybill.Server.Specs.Screens;

namespace Waybill.Server.Specs.Inbox;

[Trait("Category", "Long"), Trait("Long", "screens")]
public sealed class Hostile_mail_in_a_browser(Browser browser) : IClassFixture<Browser>
{
    const string List = "/admin/t/default/messages";

    static readonly string[] Sides = ["preview&theme=dark&width=phone", "html", "text", "source", "headers", "attachments", "data",
        "again"];

    readonly List<string> misdeeds = [];

    [Fact]
    public async Task Runs_nothing_and_turns_to_nobody_wherever_it_is_shown()
    {
        using var elsewhere = new Elsewhere();
        var payloads = Payloads.All(elsewhere.Name);
        Assert.Equal(50, payloads.Distinct().Count());
        var page = Watched(await browser.EnterAsync(1440));

        foreach (var payload in payloads)
        {
            var before = elsewhere.Visits;
            await LookAsync(page, await PostAsync(payload, payload, [payload]));
            if (elsewhere.Visits > before) misdeeds.Add("a visit: " + payload);
        }

        await LookEverywhereAsync(page, await PostAsync("All of them", string.Join("\n", payloads), payloads));
        await page.GotoAsync(browser.At(List));
        foreach (var payload in payloads.Where((_, n) => n % 5 == 0))
            await page.GotoAsync(browser.At($"{List}?q={Uri.EscapeDataString(payload)}"));

        Assert.Empty(misdeeds);
        Assert.Equal(0, elsewhere.Visits);
    }

    [Fact]
    public async Task Runs_nothing_where_a_program_put_it_beside_the_mail()
    {
        using var elsewhere = new Elsewhere();
        var page = Watched(await browser.EnterAsync(1440));
        foreach (var payload in Payloads.All(elsewhere.Name))
        {
            foreach (var path in await HostileThings.PostAsync(browser.Server, payload)) await page.GotoAsync(browser.At(path));
        }

        Assert.Empty(misdeeds);
        Assert.Equal(0, elsewhere.Visits);
    }

    /// <summary>Where a script may run and a picture may be fetched, both are seen: else the spec above would show nothing.</summary>
    [Fact]
    public async Task Would_be_seen_if_it_did()
    {
        using var elsewhere = new Elsewhere();
        var page = Watched(await browser.OpenAsync(1440));

        await page.SetContentAsync($"<script>alert(1)</script><img src=http://{elsewhere.Name}/pixel.png>");
        await Testing.Eventually.IsTrueAsync("a visit", () => Task.FromResult(elsewhere.Visits > 0));

        Assert.Contains("alert", misdeeds);
    }

    IPage Watched(IPage page)
    {
        page.Dialog += async (_, dialog) =>
        {
            lock (misdeeds) misdeeds.Add(dialog.Type);
            await dialog.DismissAsync();
        };
        page.Context.RequestFinished += (_, request) => Note(request);
        page.Context.RequestFailed += (_, request) =>
        {
            // what a policy stopped never left the browser
            if (request.Failure is not ("csp" or "origin" or "net::ERR_BLOCKED_BY_CSP")) Note(request);
        };
        return page;
    }

    void Note(IRequest request)
    {
        if (request.Url.StartsWith(browser.At("/"), StringComparison.Ordinal) || request.Url.StartsWith("data:", StringComparison.Ordinal))
            return;
        lock (misdeeds) misdeeds.Add($"{request.Url} {request.Failure}");
    }

    /// <summary>With the frame loaded: what would happen at once has happened then.</summary>
    async Task LookAsync(IPage page, string id)
    {
        await page.GotoAsync(browser.At($"{List}/{id}"));
        Assert.Equal(browser.At($"{List}/{id}"), page.Url);
        Assert.Equal(2, page.Frames.Count(frame => !frame.IsDetached && frame.ParentFrame is null || frame.ParentFrame == page.MainFrame));
    }

    async Task LookEverywhereAsync(IPage page, string id)
    {
        foreach (var side in Sides) await page.GotoAsync(browser.At($"{List}/{id}?side={side}"));
        await page.GotoAsync(browser.At($"{List}/{id}/preview"));
        await page.GotoAsync(browser.At($"{List}/{id}/now"));
    }

    async Task<string> PostAsync(string text, string html, IReadOnlyList<string> names)
    {
        using var answer = await browser.Server.Client.PostAsJsonAsync(new Uri("/emails", UriKind.Relative), new
        {
            from = $"{HostileThings.Quoted(text)} <shop@example.com>",
            to = $"{HostileThings.Quoted(text)} <ada@example.org>",
            subject = text,
            html,
            text = html,
            attachments = names.Select(
                one => new { filename = one, content = "PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==", content_type = "text/html" }),
        });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }
}
