using Microsoft.Playwright;
using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.Engine.Specs.Mails;

/// <summary>A mail client's window: it shows one mail after the other, and fetches pictures from the fixtures alone.</summary>
sealed class Window
{
    /// <summary>What is higher is cut off in pictures.</summary>
    const int HighestPicture = 1600;

    readonly IPage page;

    Window(IPage page, int width) => (this.page, Width) = (page, width);

    public int Width { get; }

    public static async Task<Window> OpenAsync(Chromium chromium, int width, bool isDark)
    {
        var window = new Window(await chromium.OpenAsync(width, isDark), width);
        await window.page.RouteAsync("**/*", Answer);
        return window;
    }

    public async Task ShowAsync(SampleMail mail) => await page.SetContentAsync(mail.Page, new() { WaitUntil = WaitUntilState.Load });

    /// <summary>Pixels by which the mail is wider than the window: then a reader has to scroll to and fro.</summary>
    public async Task<int> OverhangAsync() => await page.EvaluateAsync<int>("document.documentElement.scrollWidth") - Width;

    public Task<IReadOnlyList<string>> SeriousFaultsAsync() => Axe.SeriousFaultsAsync(page);

    public async Task TakePictureAsync(string path)
    {
        await page.SetViewportSizeAsync(Width, 100);
        var height = await page.EvaluateAsync<int>("document.documentElement.scrollHeight");
        await page.SetViewportSizeAsync(Width, Math.Min(height, HighestPicture));
        await page.ScreenshotAsync(new() { Path = path });
    }

    static Task Answer(IRoute route)
    {
        var picture = Repository.PathOf($"tests/Fixtures/Images/{Path.GetFileName(new Uri(route.Request.Url).LocalPath)}");
        return File.Exists(picture) ? route.FulfillAsync(new() { Path = picture }) : route.AbortAsync();
    }
}
