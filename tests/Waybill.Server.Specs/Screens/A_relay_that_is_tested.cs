namespace Waybill.Server.Specs.Screens;

public sealed class A_relay_that_is_tested(Browser browser) : IClassFixture<Browser>
{
    const string Typed = "a-password-that-was-typed";

    [Fact]
    public async Task Answers_in_its_place_and_leaves_what_was_typed()
    {
        var page = await browser.EnterAsync(1440);
        await page.GotoAsync(browser.At("/admin/t/default/relays/new"));
        await FillAsync(page);
        await page.ClickAsync("button[data-into]");
        await page.WaitForSelectorAsync("#relay-test .checks li");

        Assert.Equal(browser.At("/admin/t/default/relays/new"), page.Url);
        Assert.Equal(Typed, await page.InputValueAsync("#f-password"));
        Assert.Contains("firewall", await page.InnerTextAsync("#relay-test"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_without_script_too_and_keeps_even_the_password()
    {
        var page = await browser.EnterAsync(1440, isScripted: false);
        await page.GotoAsync(browser.At("/admin/t/default/relays/new"));
        await FillAsync(page);
        await page.ClickAsync("button[data-into]");
        var said = await page.InnerTextAsync("#relay-test");
        await page.FillAsync("#f-name", "kept");
        await page.ClickAsync("main .form button.primary");

        Assert.Contains("firewall", said, StringComparison.Ordinal);
        Assert.Contains("The relay “kept” is saved", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Contains("Set on", await page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_what_is_wrong_with_it_beside_the_fields()
    {
        var page = await browser.EnterAsync(1440);
        await page.GotoAsync(browser.At("/admin/t/default/relays/new"));
        await FillAsync(page);
        await page.FillAsync("#f-port", "many");
        await page.ClickAsync("button[data-into]");
        await page.WaitForSelectorAsync("#f-port-fault");

        Assert.Contains("whole number", await page.InnerTextAsync("#f-port-fault"), StringComparison.Ordinal);
        Assert.Equal("many", await page.InputValueAsync("#f-port"));
    }

    static async Task FillAsync(Microsoft.Playwright.IPage page)
    {
        await page.FillAsync("#f-host", "127.0.0.1");
        await page.FillAsync("#f-port", Testing.FreePorts.Take().ToString(System.Globalization.CultureInfo.InvariantCulture));
        await page.FillAsync("#f-user", "shop");
        await page.FillAsync("#f-password", Typed);
    }
}
