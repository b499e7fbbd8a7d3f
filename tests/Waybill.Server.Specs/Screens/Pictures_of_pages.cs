using Waybill.Testing;

namespace Waybill.Server.Specs.Screens;

/// <summary><c>./test --long screens</c>: pictures of all pages in <c>docs/screens</c>, for people to look at.</summary>
public sealed class Pictures_of_pages(Browser browser) : IClassFixture<Browser>
{
    static readonly string Folder = Repository.PathOf("docs/screens");

    [Theory, Trait("Category", "Long"), Trait("Long", "screens")]
    [InlineData("/admin/design", "design")]
    [InlineData("/admin", "messages")]
    public async Task Are_taken_at_every_width_by_day_and_by_night(string path, string name)
    {
        Directory.CreateDirectory(Folder);
        foreach (var (width, isDark) in new[] { (360, false), (360, true), (768, false), (1440, false), (1440, true) })
        {
            var page = await browser.EnterAsync(width, isDark);
            await page.GotoAsync(browser.At(path));
            await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}-{width}-{(isDark ? "dark" : "light")}.png"), FullPage = true });
            Assert.InRange(await page.OverhangAsync(), int.MinValue, 0);
        }
    }
}
