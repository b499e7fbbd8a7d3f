using System.Diagnostics;
using Microsoft.Playwright;
using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Studio;

/// <summary>From the link on the console to the first mail in the list, as somebody does it who has never seen Waybill.</summary>
[Trait("Category", "Long"), Trait("Long", "screens")]
public sealed class The_first_run : IAsyncLifetime
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    ServerProcess server = null!;
    Chromium chromium = null!;

    public async ValueTask InitializeAsync()
    {
        server = await ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["WAYBILL_ADMIN_PASSWORD"] = "" });
        chromium = await Chromium.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null) await chromium.DisposeAsync();
        if (server is not null) await server.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Leads_from_the_link_to_the_first_captured_mail_in_under_a_minute(bool isScripted)
    {
        var page = await chromium.OpenAsync(1440, isScripted: isScripted);
        var watch = Stopwatch.StartNew();
        await OwnAsync(page);
        await page.ClickAsync("text=Save and go on");
        await page.FillAsync("[name=name]", "Acme");
        await page.ClickAsync("text=Save and go on");
        await page.ClickAsync("main button:has-text('Send test to me')");
        await page.ClickAsync("a.button:has-text('Go on')");
        await page.ClickAsync("text=Make key");
        var curl = await page.InnerTextAsync("figure >> nth=0 >> pre");
        await page.ClickAsync("main button:has-text('Finish')");
        var list = await page.InnerTextAsync("table");

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Limit);
        Assert.Contains("A test from Acme", list, StringComparison.Ordinal);
        Assert.Contains("ann@example.org", list, StringComparison.Ordinal);
        var run = await ProgramRun.OfAsync("sh", ["-c", curl.Replace("curl ", "curl -s ", StringComparison.Ordinal)]);
        Assert.Contains("\"id\":", run.Text, StringComparison.Ordinal);
        await page.GotoAsync(At("/admin"));
        Assert.EndsWith("/messages", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Needs_no_mouse_and_tells_of_a_connection_stage_by_stage()
    {
        var page = await chromium.OpenAsync(1440);
        await OwnAsync(page);
        await page.TabToAsync("[name=kind]:checked");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.TabToAsync("[name=host]");
        await page.Keyboard.TypeAsync("localhost");
        await page.TabToAsync("[name=port]");
        await page.Keyboard.TypeAsync("1");
        await page.TabToAsync("button:has-text('Test connection')");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#stages >> text=Connection refused");

        Assert.Contains("localhost was found", await page.InnerTextAsync("#stages"), StringComparison.Ordinal);
        Assert.Equal("localhost", await page.InputValueAsync("[name=host]"));
        Assert.Empty(await Axe.SeriousFaultsAsync(page));
    }

    [Fact]
    public async Task Makes_its_relay_that_of_the_default_brand()
    {
        var page = await chromium.OpenAsync(1440);
        await OwnAsync(page);
        await page.ClickAsync("text=An SMTP relay");
        await page.FillAsync("[name=host]", "smtp.example.net");
        await page.FillAsync("[name=from]", "Acme <hello@acme.example>");
        await page.ClickAsync("text=Save and go on");
        var name = await page.InputValueAsync("[name=name]");
        await page.GotoAsync(At("/admin/t/default/brands"));

        var brands = await page.InnerTextAsync("table");
        Assert.Equal("Acme", name);
        Assert.Contains("smtp.example.net", brands, StringComparison.Ordinal);
        Assert.Contains("hello@acme.example", brands, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_left_for_good_by_who_does_not_want_it()
    {
        var page = await chromium.OpenAsync(1440);
        await OwnAsync(page);
        await page.ClickAsync("text=Skip this step");
        await page.ClickAsync("text=Leave the first steps");
        await page.GotoAsync(At("/admin"));

        Assert.EndsWith("/messages", page.Url, StringComparison.Ordinal);
    }

    async Task OwnAsync(IPage page)
    {
        await page.GotoAsync(OperatorClient.LinkOf(server).ToString());
        await page.FillAsync("[name=email]", "ann@example.org");
        await page.FillAsync("[name=name]", "Ann");
        await page.FillAsync("[name=password]", ServerProcess.OwnerPassword);
        await page.PressAsync("[name=password]", "Enter");
        await page.WaitForURLAsync(At("/admin/start/mail"));
    }

    string At(string path) => new Uri(server.Address, path).AbsoluteUri;
}
