using Microsoft.Playwright;
using Waybill.Server.Specs.Screens;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Studio;

/// <summary>The editor in Chromium, with a template and a brand whose names are what somebody hostile would write.</summary>
[Trait("Category", "Long"), Trait("Long", "screens")]
public sealed class Writing_a_template(Writing_a_template.Desk desk) : IClassFixture<Writing_a_template.Desk>
{
    const string Hostile = "<img src=x onerror=alert(1)> مرحبا 🦉 \"'`{{7*7}}</script><script>alert(1)</script>";

    [Theory]
    [InlineData("templates")]
    [InlineData("templates/new")]
    [InlineData("templates/{template}")]
    [InlineData("templates/{template}/history")]
    [InlineData("templates/accounts.invite")]
    [InlineData("brands")]
    [InlineData("brands/new")]
    [InlineData("brands/{brand}")]
    [InlineData("/admin/start/mail")]
    [InlineData("/admin/start/brand")]
    [InlineData("/admin/start/test")]
    [InlineData("/admin/start/key")]
    public async Task Is_a_page_that_can_be_read_on_a_phone_and_on_a_desk(string path)
    {
        foreach (var page in await desk.PagesAsync())
        {
            var answer = await page.GotoAsync(desk.At(path));

            Assert.Equal(200, answer!.Status);
            Assert.Empty(await Axe.SeriousFaultsAsync(page));
            Assert.InRange(await page.OverhangAsync(), int.MinValue, 0);
        }
    }

    [Fact]
    public async Task Shows_beside_what_is_typed_what_would_be_sent()
    {
        var page = await desk.EditAsync(await desk.MakeAsync("Shown"));
        await page.FillAsync("[name='subject.en']", "Your receipt {{number}}");
        await page.FillAsync("[name='v.0.key']", "number");
        await page.FillAsync("[name='v.0.sample']", "2026-0042 <b>");
        await page.FillAsync("[name='body.en']", "Paid: **{{number}}**");

        await page.WaitForSelectorAsync("#findings >> text=Your receipt 2026-0042 <b>");
        await page.WaitForFunctionAsync(
            "document.querySelectorAll('iframe').length === 1 && document.querySelector('iframe').name !== 'mail'");
        Assert.Equal("2026-0042 <b>", await page.Frames[^1].InnerTextAsync("strong"));
    }

    [Fact]
    public async Task Leads_from_what_does_not_compile_to_its_line_and_column()
    {
        var page = await desk.EditAsync(await desk.MakeAsync("Broken"));
        await page.FillAsync("[name='body.en']", "Hello\n\n  {{#if paid}}\nPaid.\n");

        await page.ClickAsync("#findings a:has-text('en · body, line 3, column 3')");

        Assert.Contains("{{#if}} is never closed", await page.InnerTextAsync("#findings"), StringComparison.Ordinal);
        Assert.Equal(
            "body.en 9", await page.EvaluateAsync<string>("`${document.activeElement.name} ${document.activeElement.selectionStart}`"));
    }

    [Fact]
    public async Task Tells_the_second_of_two_and_loses_nothing_of_either()
    {
        var id = await desk.MakeAsync("Shared");
        var (first, second) = (await desk.EditAsync(id), await desk.EditAsync(id));
        await first.FillAsync("[name='body.en']", "Theirs was first.");
        await first.ClickAsync("text=Save draft");
        await second.FillAsync("[name='body.en']", "Mine came second.");
        await second.ClickAsync("text=Save draft");

        var told = await second.InnerTextAsync(".notice");
        Assert.Contains("Somebody else saved this template", told, StringComparison.Ordinal);
        Assert.Contains("- Theirs was first.", told, StringComparison.Ordinal);
        Assert.Contains("+ Mine came second.", told, StringComparison.Ordinal);
        Assert.Equal("Mine came second.", await second.InputValueAsync("[name='body.en']"));
        await second.ClickAsync("text=Save draft");
        Assert.Contains("The draft is saved", await second.InnerTextAsync(".notice"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Needs_no_mouse()
    {
        var page = await desk.EditAsync(await desk.MakeAsync("By keys"));
        await page.TabToAsync("[name='subject.en']");
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("By keyboard");
        await page.TabToAsync("[name='new-locale']");
        await page.Keyboard.TypeAsync("de");
        await page.TabToAsync("[name=do][value=add]");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("[name='subject.de']");
        await page.TabToAsync("[name=locale]:checked");
        await page.Keyboard.PressAsync("ArrowLeft");
        var shown = await page.IsVisibleAsync("[name='subject.en']");
        await page.TabToAsync("button:has-text('Save draft')", isBackwards: true);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".notice");

        Assert.True(shown);
        Assert.Contains("The draft is saved", await page.InnerTextAsync(".notice"), StringComparison.Ordinal);
        Assert.Equal("By keyboard", await page.InputValueAsync("[name='subject.de']"));
    }

    [Fact]
    public async Task Needs_no_script()
    {
        var page = await desk.EditAsync(await desk.MakeAsync("Plain"), isScripted: false);
        await page.FillAsync("[name='body.en']", "Without {{#if script}}");
        await page.ClickAsync("button:has-text('Check')");
        var told = await page.InnerTextAsync("#findings");
        await page.FillAsync("[name='body.en']", "Without script.");
        await page.ClickAsync("[data-preview]");
        await page.FrameLocator("iframe").GetByText("Without script.").WaitForAsync();
        await page.ClickAsync("text=Send test to me");
        var test = await page.InnerTextAsync("#test");
        await page.ClickAsync("button:has-text('Publish')");

        Assert.Contains("line 1, column 9", told, StringComparison.Ordinal);
        Assert.Contains("captured", test, StringComparison.Ordinal);
        Assert.Contains("Version 1 is published", await page.InnerTextAsync(".notice"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_nothing_of_what_somebody_is_called()
    {
        var page = (await desk.PagesAsync())[1];
        List<string> complaints = [];
        page.Dialog += async (_, dialog) => { complaints.Add(dialog.Message); await dialog.DismissAsync(); };
        page.Console += (_, message) => { if (message.Type == "error") complaints.Add(message.Text); };
        foreach (var path in (string[])["templates", "templates/{template}", "templates/{template}/history", "brands", "brands/{brand}"])
        {
            await page.GotoAsync(desk.At(path));
            Assert.Contains("<img src=x onerror=alert(1)>", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        }

        Assert.Empty(complaints);
    }

    /// <summary>A server with a template and a brand of a hostile name, and two windows of its owner.</summary>
    public sealed class Desk : IAsyncLifetime
    {
        readonly Browser browser = new();
        IReadOnlyList<IPage>? pages;
        string template = "";
        string brand = "";

        public async ValueTask InitializeAsync()
        {
            await browser.InitializeAsync();
            template = await MakeAsync(Hostile);
            brand =
                await browser.Server.PostAsync(
                    "/v1/brands", new { alias = "hostile", name = Hostile, footer = Hostile, is_default = true });
        }

        /// <summary>On a phone, on a desk.</summary>
        public async Task<IReadOnlyList<IPage>> PagesAsync() => pages ??= [await browser.EnterAsync(360), await browser.EnterAsync(1440)];

        public string At(string path) => browser.At(
            (path.StartsWith('/') ? path : "/admin/t/default/" + path).Replace("{template}", template, StringComparison.Ordinal)
                .Replace("{brand}", brand, StringComparison.Ordinal));

        /// <summary>A new template's id.</summary>
        public Task<string> MakeAsync(string name) =>
            browser.Server.PostAsync("/templates", new { name, subject = name, markdown = "Hello" });

        /// <summary>A window of its own with the editor.</summary>
        public async Task<IPage> EditAsync(string id, bool isScripted = true)
        {
            var page = await browser.EnterAsync(1440, isScripted: isScripted);
            await page.GotoAsync(At("templates/" + id));
            return page;
        }

        public ValueTask DisposeAsync() => browser.DisposeAsync();
    }
}
