using Waybill.Server.Specs.Screens;
using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.RacketBook;

[Collection(nameof(Shop))]
public sealed class Every_page_of_a_book(Shop shop)
{
    [Theory]
    [InlineData("/racketbook")]
    [InlineData("/racketbook?as_stringer={demo}")]
    [InlineData("/racketbook/orders")]
    [InlineData("/racketbook/orders?as_stringer={demo}")]
    [InlineData("/racketbook/orders/new")]
    [InlineData("/racketbook/orders/{order}")]
    [InlineData("/racketbook/orders/{order}/edit")]
    [InlineData("/racketbook/orders/{order}/emits/{emit}")]
    [InlineData("/racketbook/orders/{order}/emits/compare?a={emit}&b={emit2}")]
    [InlineData("/racketbook/clients")]
    [InlineData("/racketbook/clients?never_mailed=true&q=nobody")]
    [InlineData("/racketbook/clients/new")]
    [InlineData("/racketbook/catalogue")]
    [InlineData("/racketbook/catalogue?kind=string&as_stringer={demo}")]
    [InlineData("/racketbook/catalogue/rackets/new")]
    [InlineData("/racketbook/catalogue/strings/new")]
    [InlineData("/racketbook/settings")]
    [InlineData("/racketbook/moderation")]
    [InlineData("/racketbook/stringers")]
    [InlineData("/racketbook/stringers/new")]
    public async Task Can_be_read_on_a_phone_and_on_a_desk(string path)
    {
        var pages = await shop.PagesAsync();
        foreach (var page in pages)
        {
            var answer = await page.GotoAsync(shop.At(await shop.ResolveAsync(path)));

            Assert.Equal(200, answer!.Status);
            Assert.InRange(await page.OverhangAsync(), int.MinValue, 0);
        }

        Assert.Empty(await Axe.SeriousFaultsAsync(pages[^1]));
    }

    [Fact]
    public async Task Shows_a_past_mail_as_its_reader_saw_it_and_in_a_cage()
    {
        var page = (await shop.PagesAsync())[1];
        await page.GotoAsync(shop.At(await shop.ResolveAsync("/racketbook/orders/{order}/emits/{emit}")));
        var mail = page.FrameLocator("iframe.preview");
        using var answer =
            await shop.Owner.Http.GetAsync(
                new Uri(await shop.ResolveAsync("/racketbook/orders/{order}/emits/{emit}/mail"), UriKind.Relative));

        Assert.Contains("Your racket is strung", await mail.Locator("body").InnerTextAsync(), StringComparison.Ordinal);
        Assert.StartsWith(
            "sandbox; default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Has_controls_that_a_thumb_can_hit()
    {
        var page = (await shop.PagesAsync())[0];
        foreach (var path in (string[])["/racketbook", "/racketbook/orders/new", shop.Order])
        {
            await page.GotoAsync(shop.At(path));
            var low = await page.EvaluateAsync<string[]>(
                """
                () => [...document.querySelectorAll('.book :is(.button, input:not([type=checkbox], [type=hidden]), select, summary)')]
                  .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 44).map((one) => one.outerHTML.slice(0, 120))
                """);

            Assert.Empty(low);
        }
    }

    [Theory, Trait("Category", "Long"), Trait("Long", "screens")]
    [InlineData("/racketbook?as_stringer={demo}", "dashboard")]
    [InlineData("/racketbook/orders/new", "new-job")]
    [InlineData("/racketbook/orders/{order}", "order")]
    [InlineData("/racketbook/orders/{order}/emits/{emit}", "emit")]
    [InlineData("/racketbook/stringers", "stringers")]
    public async Task Is_taken_for_people_to_look_at(string path, string name)
    {
        var folder = Directory.CreateDirectory(Repository.PathOf("docs/racketbook")).FullName;
        foreach (var (width, isDark) in new[] { (360, false), (360, true), (1440, false) })
        {
            var page = await shop.EnterAsync(width, isDark);
            await page.GotoAsync(shop.At(await shop.ResolveAsync(path)));
            // As high as the page: what sticks to the window's end is at its place then.
            await page.SetViewportSizeAsync(width, await page.EvaluateAsync<int>("document.documentElement.scrollHeight"));
            var file = Path.Combine(folder, $"{name}-{width}-{(isDark ? "dark" : "light")}.png");
            await page.ScreenshotAsync(new() { Path = file, FullPage = true });
            Assert.True(new FileInfo(file).Length > 0);
        }
    }
}
