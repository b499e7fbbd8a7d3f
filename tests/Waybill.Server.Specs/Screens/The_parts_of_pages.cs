using Microsoft.Playwright;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Screens;

public sealed class The_parts_of_pages(Browser browser) : IClassFixture<Browser>
{
    const int Heaviest = 150_000;

    [Theory]
    [InlineData(360, true)]
    [InlineData(1440, false)]
    public async Task Can_be_read_on_a_phone_at_night_and_on_a_desk_by_day(int width, bool isDark)
    {
        var page = await DesignAsync(width, isDark);

        Assert.Empty(await Axe.SeriousFaultsAsync(page));
        Assert.InRange(await page.OverhangAsync(), int.MinValue, 0);
    }

    [Fact]
    public async Task Do_not_jump() => Assert.InRange(await (await DesignAsync(1440)).ShiftAsync(), 0, PageChecks.UnseenShift);

    [Theory]
    [InlineData("/admin/design")]
    [InlineData("/admin/start/key")]
    [InlineData("/admin/t/default/templates/new")]
    public async Task Weigh_little_at_a_first_visit(string path)
    {
        var page = await browser.EnterAsync(1440);
        await page.RouteAsync("**/*", route => route.ContinueAsync()); // whatever is routed comes from no cache
        await page.GotoAsync(browser.At(path), new() { WaitUntil = WaitUntilState.Load });
        var (style, all) = (await page.WeightAsync("link"), await page.WeightAsync());

        Assert.InRange(style, 1_000, all);
        Assert.InRange(all, style, Heaviest);
    }

    [Fact]
    public async Task Break_no_rule_of_their_own_policy()
    {
        var page = await browser.EnterAsync(1440);
        List<string> complaints = [];
        page.Console += (_, message) => { if (message.Type == "error") complaints.Add(message.Text); };
        page.PageError += (_, error) => complaints.Add(error);
        await page.GotoAsync(browser.At("/admin/design"));

        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Speak_German_and_turn_dark_without_script()
    {
        var page = await DesignAsync(1440, isScripted: false);
        await page.ClickAsync("header .person summary");
        await page.ClickAsync("header .person button[value=de]");
        await page.ClickAsync("header .person summary");
        await page.ClickAsync("header .person button[value=dark]");

        Assert.Equal(browser.At("/admin/design"), page.Url);
        Assert.Equal("Bausteine", await page.InnerTextAsync("h1 >> nth=0"));
        Assert.Equal(("de", "dark"), (await page.GetAttributeAsync("html", "lang"), await page.GetAttributeAsync("html", "data-theme")));
        Assert.Equal("rgb(23, 22, 20)", await page.EvalOnSelectorAsync<string>("body", "body => getComputedStyle(body).backgroundColor"));
    }

    [Fact]
    public async Task Find_the_search_by_a_key_and_the_content_by_the_first_tab()
    {
        var page = await browser.EnterAsync(1440);
        await page.Keyboard.PressAsync("Tab");
        var first = await page.EvaluateAsync<string>("document.activeElement.getAttribute('href')");
        await page.Keyboard.PressAsync("/");

        Assert.Equal("#content", first);
        Assert.Equal("q", await page.EvaluateAsync<string>("document.activeElement.name"));
    }

    [Fact]
    public async Task Ask_before_what_was_typed_is_left_behind()
    {
        var page = await DesignAsync(1440);
        var asked = 0;
        page.Dialog += async (_, dialog) => { asked++; await dialog.AcceptAsync(); };
        await page.FillAsync("#f-host", "smtp.example.org");
        await page.GotoAsync(browser.At("/admin"));

        Assert.Equal(1, asked);
    }

    async Task<IPage> DesignAsync(int width, bool isDark = false, bool isScripted = true)
    {
        var page = await browser.EnterAsync(width, isDark, isScripted);
        await page.GotoAsync(browser.At("/admin/design"));
        return page;
    }
}
