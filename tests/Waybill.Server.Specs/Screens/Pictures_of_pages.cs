using Microsoft.Playwright;
using Waybill.Testing;

namespace Waybill.Server.Specs.Screens;

/// <summary>
/// <c>./test --long screens</c>: pictures of all pages for people to look at. A desk by day and a phone by night are kept, in
/// <c>docs/screens</c>; the others lie in <c>artifacts/screens</c>.
/// </summary>
public sealed class Pictures_of_pages(Every_page.Office office) : IClassFixture<Every_page.Office>
{
    static readonly string Kept = Repository.PathOf("docs/screens");
    static readonly string Others = Repository.PathOf("artifacts/screens");

    [Theory, Trait("Category", "Long"), Trait("Long", "screens")]
    [InlineData("/admin/design", "design")]
    [InlineData("/admin/t/default/overview", "overview")]
    [InlineData("/admin/t/default/messages", "messages")]
    [InlineData("/admin/t/default/messages/*", "message")]
    [InlineData("/admin/t/default/messages/all/cancel", "messages-all")]
    [InlineData("/admin/t/default/templates", "templates")]
    [InlineData("/admin/t/default/templates/*", "template")]
    [InlineData("/admin/t/default/brands", "brands")]
    [InlineData("/admin/t/default/brands/new", "brand-new")]
    [InlineData("/admin/t/default/people", "people")]
    [InlineData("/admin/t/default/audit", "audit")]
    [InlineData("/admin/account", "account")]
    [InlineData("/admin/account/passkeys", "passkey-new")]
    [InlineData("/admin/start/mail", "start-mail")]
    [InlineData("/admin/start/key", "start-key")]
    [InlineData("/admin/t/default/events", "events")]
    [InlineData("/admin/t/default/events/*", "event")]
    [InlineData("/admin/t/default/events/types", "event-types")]
    [InlineData("/admin/t/default/relays", "relays")]
    [InlineData("/admin/t/default/relays/*", "relay")]
    [InlineData("/admin/t/default/streams", "streams")]
    [InlineData("/admin/t/default/streams/api", "stream")]
    [InlineData("/admin/t/default/routes", "routes")]
    [InlineData("/admin/t/default/routes/*", "route")]
    [InlineData("/admin/t/default/suppressions", "suppressions")]
    [InlineData("/admin/t/default/suppressions/*", "suppression")]
    [InlineData("/admin/t/default/keys", "keys")]
    [InlineData("/admin/t/default/keys/*", "key")]
    [InlineData("/admin/t/default/keys/new", "key-new")]
    [InlineData("/admin/t/default/logs", "logs")]
    [InlineData("/admin/t/default/settings", "settings")]
    [InlineData("/admin/instance/health", "health")]
    [InlineData("/admin/instance/settings", "instance-settings")]
    [InlineData("/admin/instance/tenants", "tenants")]
    public async Task Are_taken_at_every_width_by_day_and_by_night(string path, string name)
    {
        Directory.CreateDirectory(Others);
        var page = (await office.PagesAsync())[1];
        foreach (var (width, isDark) in new[] { (360, false), (360, true), (768, false), (1440, false), (1440, true) })
        {
            await page.SetViewportSizeAsync(width, 800);
            await page.EmulateMediaAsync(new() { ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light });
            await office.GoAsync(page, path);
            await ShouldBePaintedAsync(page);
            var folder = (width, isDark) is (1440, false) or (360, true) ? Kept : Others;
            await page.ScreenshotAsync(
                new() { Path = Path.Combine(folder, $"{name}-{width}-{(isDark ? "dark" : "light")}.png"), FullPage = true });
            Assert.InRange(await page.OverhangAsync(), int.MinValue, 0);
        }
    }

    /// <summary>Mails are painted by a process of their own, once they are in view.</summary>
    static async Task ShouldBePaintedAsync(IPage page)
    {
        foreach (var frame in await page.Locator("iframe").AllAsync()) await frame.ScreenshotAsync();
        await page.EvaluateAsync("scrollTo(0, 0)");
    }
}
