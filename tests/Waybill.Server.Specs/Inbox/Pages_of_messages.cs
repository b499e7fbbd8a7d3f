using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Waybill.Server.Specs.Screens;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Inbox;

/// <summary>The list and a message in a browser. With <c>WAYBILL_PICTURES</c> set to a folder, pictures are left there.</summary>
[Trait("Category", "Long"), Trait("Long", "screens")]
public sealed class Pages_of_messages(Browser browser) : IClassFixture<Browser>
{
    const string List = "/admin/t/default/messages";

    [Theory]
    [InlineData(360, false)]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    public async Task Can_be_read_on_a_phone_and_on_a_desk(int width, bool isDark)
    {
        var id = await PostAsync("Your receipt 2026-0042");
        var page = await browser.EnterAsync(width, isDark);
        foreach (var (name, path) in new[]
        {
            ("list", List), ("search", $"{List}?q=to:ann+subject:receipt"), ("fault", $"{List}?q=status:lost"),
            ("all", $"{List}/all/cancel"), ("types", "/admin/t/default/events/types"), ("message", $"{List}/{id}"),
            ("phone", $"{List}/{id}?side=preview&width=phone&theme=dark"), ("source", $"{List}/{id}?side=source"),
            ("attachments", $"{List}/{id}?side=attachments"),
        })
        {
            await page.GotoAsync(browser.At(path));
            await PictureAsync(page, $"{name}-{width}-{(isDark ? "dark" : "light")}");

            Assert.Empty(await Axe.SeriousFaultsAsync(page));
            Assert.InRange(await page.OverhangAsync(), int.MinValue, 0);
            Assert.InRange(await page.ShiftAsync(), 0, 0.01); // a busy machine paints a page in pieces
        }
    }

    [Fact]
    public async Task Show_what_comes_in_without_being_loaded_again()
    {
        var page = await browser.EnterAsync(1440);
        await page.GotoAsync(browser.At($"{List}?q=subject:latecomer"));
        await page.EvaluateAsync("window.isSamePage = true");
        await PostAsync("A latecomer");

        await page.WaitForSelectorAsync("text=A latecomer", new() { Timeout = 20_000 });

        Assert.True(await page.EvaluateAsync<bool>("window.isSamePage === true"));
    }

    [Fact]
    public async Task Work_without_script()
    {
        await PostAsync("Without script");
        var page = await browser.EnterAsync(1440, isScripted: false);
        await page.GotoAsync(browser.At(List));
        await page.FillAsync("#f-filter", "subject:without");
        await page.PressAsync("#f-filter", "Enter");
        await page.WaitForURLAsync(url => url.Contains("subject", StringComparison.Ordinal));
        await page.ClickAsync("text=Without script");
        await page.ClickAsync(".tabs >> text=Source");
        Assert.Contains("Subject: Without script", await page.InnerTextAsync(".side-text"), StringComparison.Ordinal);

        await page.ClickAsync("button >> text=Resend");

        Assert.Contains("This is the new message with the same content.", await page.InnerTextAsync(".notice"), StringComparison.Ordinal);
    }

    async Task<string> PostAsync(string subject)
    {
        using var answer = await browser.Server.Client.PostAsJsonAsync(new Uri("/emails", UriKind.Relative), new
        {
            from = "Court Side Strings <shop@example.com>",
            to = "Ann Lee <ann.lee@example.org>",
            subject,
            html = "<h1>Your receipt</h1><p>CHF 45.00, thank you. <a href=\"https://example.com/order/118\">Your order</a><img "
                + "src=\"https://example.com/pixel.png\"></p>"
                + "<style>@media (prefers-color-scheme: dark) { body { background: #222; color: #eee } }</style>",
            attachments = new[] { new { filename = "receipt.pdf", content = "YQ==" } },
            tags = new[] { new { name = "order", value = "118" } },
        });
        var id = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        await Testing.Eventually.IsTrueAsync("it to be sent", async () => (await browser.Server.Client.GetFromJsonAsync<JsonElement>(
            new Uri("/emails/" + id, UriKind.Relative))).GetProperty("last_event").GetString() == "sent");
        return id;
    }

    static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("WAYBILL_PICTURES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }
}
