using System.Text;
using Microsoft.Playwright;
using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Screens;

/// <summary>
/// What must hold on every page (those of messages, templates, brands and the first run are looked at in <c>Inbox</c> and <c>Studio</c>),
/// each seen once on a phone and once on a desk; one that ends in <c>/*</c> is the first thing of that list.
/// </summary>
public sealed class Every_page(Every_page.Office office) : IClassFixture<Every_page.Office>
{
    [Theory]
    [InlineData("/admin/t/default/overview")]
    [InlineData("/admin/t/default/overview?span=30d")]
    [InlineData("/admin/t/default/messages/all/cancel")]
    [InlineData("/admin/t/default/messages/all/release-to-retry?q=to%3Aann+status%3Aheld")]
    [InlineData("/admin/t/default/events")]
    [InlineData("/admin/t/default/events/types")]
    [InlineData("/admin/t/default/events/*")]
    [InlineData("/admin/t/default/events/parked")]
    [InlineData("/admin/t/default/relays")]
    [InlineData("/admin/t/default/relays/*")]
    [InlineData("/admin/t/default/relays/new")]
    [InlineData("/admin/t/default/relays/new?kind=resend")]
    [InlineData("/admin/t/default/relays/00000000-0000-7000-8000-000000000001")]
    [InlineData("/admin/t/default/streams")]
    [InlineData("/admin/t/default/streams/api")]
    [InlineData("/admin/t/default/routes")]
    [InlineData("/admin/t/default/routes/*")]
    [InlineData("/admin/t/default/routes/new")]
    [InlineData("/admin/t/default/suppressions")]
    [InlineData("/admin/t/default/suppressions/*")]
    [InlineData("/admin/t/default/suppressions/new")]
    [InlineData("/admin/t/default/keys")]
    [InlineData("/admin/t/default/keys/*")]
    [InlineData("/admin/t/default/keys/new")]
    [InlineData("/admin/t/default/logs")]
    [InlineData("/admin/t/default/logs/*")]
    [InlineData("/admin/t/default/settings")]
    [InlineData("/admin/instance/health")]
    [InlineData("/admin/instance/settings")]
    [InlineData("/admin/instance/tenants")]
    [InlineData("/admin/t/default/people")]
    [InlineData("/admin/t/default/audit")]
    [InlineData("/admin/instance/people")]
    [InlineData("/admin/instance/audit")]
    [InlineData("/admin/account")]
    [InlineData("/admin/account/password")]
    [InlineData("/admin/account/passkeys")]
    public async Task Can_be_read_on_a_phone_and_on_a_desk(string path)
    {
        var pages = await office.PagesAsync();
        foreach (var page in pages)
        {
            var answer = await office.GoAsync(page, path);

            Assert.Equal(200, answer.Status);
            Assert.InRange(await page.OverhangAsync(), int.MinValue, 0);
        }

        // At every width, in both languages and by night: Every_page_in_every_light, in the long run.
        Assert.Empty(await Axe.SeriousFaultsAsync(pages[^1]));
    }

    /// <summary>A browser before an instance that has something on every list, some of it with names that nobody expects.</summary>
    public sealed class Office : IAsyncLifetime
    {
        const string Odd = "مرحبا 👩‍🚀 <b>a name</b> that-is-very-long-and-has-no-place-to-break-anywhere-in-it-at-all";

        IReadOnlyList<IPage>? pages;

        public Browser Browser { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Browser.InitializeAsync();
            await FillAsync(Browser.Server);
        }

        /// <summary>Puts something on every list.</summary>
        internal static async Task FillAsync(ServerProcess server)
        {
            await PostAsync(
                server, "/v1/relays",
                new
                {
                    kind = "smtp",
                    name = Odd[..90],
                    host = "smtp.example.net",
                    daily_cap = 500,
                    monthly_cap = 3000,
                    from = "shop@example.com"
                });
            await PostAsync(
                server, "/suppressions/batch/add",
                new { emails = new[] { "ann@example.org", new string('a', 64) + "@subdomain-of-a-subdomain.example.com" } });
            await PostAsync(
                server, "/v1/routes",
                new
                {
                    event_type = "order.paid",
                    template = "racketbook.moderation",
                    stream = "api",
                    recipient = "{{data.email}}",
                    conditions = new[] { new { path = "data.plan", equals = "pro" } }
                });
            await PostAsync(
                server, "/events/send",
                new
                {
                    @event = "order.paid",
                    email = "ann@example.org",
                    payload = new
                    {
                        email = "ann@example.org",
                        plan = "pro",
                        kind = "String",
                        label = "RPM",
                        stringer = "Shop",
                        url = "https://example.org/x",
                        odd = Odd
                    }
                });
            await PostAsync(server, "/api-keys", new { name = Odd[..90] });
            await PostAsync(
                server, "/emails",
                new { from = "shop@example.com", to = "kim@example.org", subject = Odd, text = "Later.", scheduled_at = "in 1 day" });
            await PostAsync(
                server, "/v1/brands",
                new { alias = "corner-shop", name = Odd[..60], sender_name = "Shop", sender_address = "shop@example.com" });
            await PostAsync(server, "/suppressions", new { });
        }

        /// <summary>The owner's, signed in once: on a phone, on a desk.</summary>
        public async Task<IReadOnlyList<IPage>> PagesAsync() => pages ??= [await Browser.EnterAsync(360), await Browser.EnterAsync(1440)];

        public async Task<IResponse> GoAsync(IPage page, string path)
        {
            var answer = await page.GotoAsync(Browser.At(path.TrimEnd('*').TrimEnd('/')));
            if (!path.EndsWith('*')) return answer!;
            return (await page.GotoAsync(Browser.At((await page.GetAttributeAsync("tbody tr:last-child :is(.grow, .wide) a", "href"))!)))!;
        }

        static async Task PostAsync(ServerProcess server, string path, object body)
        {
            using var content = new StringContent(System.Text.Json.JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
            using var answer = await server.Client.PostAsync(new Uri(path, UriKind.Relative), content);
        }

        public ValueTask DisposeAsync() => Browser.DisposeAsync();
    }
}
