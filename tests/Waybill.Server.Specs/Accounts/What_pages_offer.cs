using System.Net;
using Waybill.Engine.Accounts;
using Waybill.Engine.Relays;
using Waybill.Server.Admin.Access;
using Waybill.Server.Specs.Relays;
using Waybill.Server.Specs.Screens;
using Waybill.Server.Specs.Studio;

namespace Waybill.Server.Specs.Accounts;

/// <summary>
/// Goes through all pages as an owner of the instance does, from link to link, and then looks at each as everybody does who may open it:
/// what they may not do, is not there. Links are held against the program's own table of routes.
/// </summary>
public sealed class What_pages_offer(What_pages_offer.Crowd crowd) : IClassFixture<What_pages_offer.Crowd>
{
    [Theory]
    [InlineData("viewer", "/admin/t/default")]
    [InlineData("developer", "/admin/t/default")]
    [InlineData("operator", "/admin/t/default")]
    [InlineData("owner", "/admin/t/default")]
    [InlineData("operator", "/admin/instance")]
    public async Task Is_what_the_role_of_who_looks_allows(string role, string place)
    {
        var (theirs, isOfInstance) = (Roles.Find(role)!.Value, place == "/admin/instance");
        using var client = (await crowd.Accounts.JoinAsync(role, place)).Client;
        List<string> offered = [];
        foreach (var page in crowd.Pages.Where(page => page.Route!.IsFor(theirs, isOfInstance)))
        {
            var (status, html) = await ReadAsync(client, page.Path);
            Assert.True(status is HttpStatusCode.OK or HttpStatusCode.Redirect, $"{page.Path}: {status}");
            offered.AddRange(
                PageLinks.In(html).Where(link => !MayUse(link, theirs, isOfInstance))
                    .Select(link => $"{page.Path} offers {link.Method} {link.Path}"));
        }

        Assert.True(offered.Count == 0, string.Join("\n", offered.Distinct()));
    }

    [Theory]
    [InlineData("/admin/t/default", false)]
    [InlineData("/admin/instance", true)]
    public async Task Has_the_test_of_a_shared_relay_for_operators_of_the_instance_alone(string place, bool isOffered)
    {
        using var client = (await crowd.Accounts.JoinAsync("operator", place)).Client;

        var (_, html) = await ReadAsync(client, "/admin/t/default/relays");

        Assert.Equal(isOffered, PageLinks.In(html).Any(link => link.Path == $"/admin/t/default/relays/{WellKnownRelays.Default:D}/test"));
    }

    [Fact]
    public void Is_all_there_so_that_the_above_says_something()
    {
        var missed = AdminRoutes.All.Where(route => route is { Method: "GET", Admission: not Admission.Open })
            .Select(route => route.Template).Except(["/admin/design"]) // the parts of pages: its forms lead nowhere
            .Except(crowd.Pages.Select(page => page.Route!.Template)).Order(StringComparer.Ordinal);

        Assert.True(!missed.Any(), string.Join("\n", missed));
    }

    [Fact]
    public void Leads_nowhere_that_is_not() => Assert.True(crowd.Astray.Count == 0, string.Join("\n", crowd.Astray));

    static bool MayUse(PageLink link, Role role, bool isOfInstance) => link.Route is { } route && route.IsFor(role, isOfInstance)
        && (isOfInstance || !route.IsOfTenant || link.Path.StartsWith("/admin/t/default/", StringComparison.Ordinal));

    static async Task<(HttpStatusCode Status, string Html)> ReadAsync(OperatorClient client, string path)
    {
        using var answer = await client.Http.GetAsync(new Uri(path, UriKind.Relative));
        var isPage = answer.Content.Headers.ContentType?.MediaType == "text/html" && !path.Contains("/preview", StringComparison.Ordinal)
            && !path.Contains("/mail", StringComparison.Ordinal);
        return (answer.StatusCode, isPage ? await answer.Content.ReadAsStringAsync() : "");
    }

    /// <summary>People of every role before an instance with something on every list, and the pages that its owner found.</summary>
    public sealed class Crowd : IAsyncLifetime
    {
        /// <summary>So many pages of one route: another may offer what the first one does not.</summary>
        const int OfEachRoute = 4;

        /// <summary>Where people begin, and what nothing leads to.</summary>
        static readonly string[] Beginnings =
            ["/admin/account", "/admin/start", "/admin/start/mail", "/admin/start/brand", "/admin/start/test", "/admin/start/key",
                "/admin/t/default/messages"];

        readonly List<PageLink> pages = [.. Beginnings.Select(path => PageLinks.To(path))];
        readonly List<string> astray = [];

        public AccountsServer Accounts { get; } = new();

        internal IReadOnlyList<PageLink> Pages => pages;

        /// <summary>Links that lead nowhere.</summary>
        internal IReadOnlyList<string> Astray => astray;

        public async ValueTask InitializeAsync()
        {
            await Accounts.InitializeAsync();
            await Every_page.Office.FillAsync(Accounts.Server);
            var (sent, waiting) = (await PostAsync(scheduled: null), await PostAsync("in 1 day"));
            await RelayQuestions.ShouldBecomeAsync(Accounts.Server, sent, "sent");
            await PutLogoAsync();
            await Accounts.Server.PostAsync("/templates", new { name = "Of the first tenant", subject = "Hello", markdown = "Hello" });
            (await Accounts.JoinAsync("viewer")).Client.Dispose();
            using var owner = await OperatorClient.EnterAsync(Accounts.Server);
            await WalkAsync(
                owner,
                [.. Beginnings,
                    .. new[] { $"{waiting}", $"{sent}?side=attachments", $"{sent}?side=source" }.Select(
                        message => "/admin/t/default/messages/" + message)]);
        }

        async Task<string> PostAsync(string? scheduled)
        {
            var email = new
            {
                from = "shop@example.com",
                to = "bob@example.org",
                subject = "Attached",
                html = "<p>Here.</p>",
                scheduled_at = scheduled,
                attachments = new[] { new { filename = "a.txt", content = "YQ==" } }
            };
            return await Accounts.Server.PostAsync("/emails", email);
        }

        async Task PutLogoAsync()
        {
            var brand =
                await Accounts.Server.PostAsync(
                    "/v1/brands", new { alias = "with-logo", name = "With a logo", sender_address = "shop@example.com" });
            using var image =
                new ByteArrayContent(
                    await File.ReadAllBytesAsync(Testing.Repository.PathOf("tests/Fixtures/Images/logo.png")))
                {
                    Headers =
                        { ContentType = new("image/png") }
                };
            using var put = await Accounts.Server.Client.PutAsync(new Uri($"/v1/brands/{brand}/logo", UriKind.Relative), image);
            Assert.True(put.IsSuccessStatusCode);
        }

        async Task WalkAsync(OperatorClient owner, IReadOnlyList<string> beginnings)
        {
            var (seen, open) = (new HashSet<string>(StringComparer.Ordinal), new Queue<string>(beginnings));
            while (open.TryDequeue(out var path))
            {
                var (status, html) = await ReadAsync(owner, path);
                foreach (var link in PageLinks.In(html).Where(link => seen.Add(link.Method + link.Path)))
                {
                    if (link.Route is null) astray.Add($"{path} leads to {link.Method} {link.Path}");
                    else if (link.Method == "GET" && pages.Count(page => page.Route == link.Route) < OfEachRoute && IsOfTheFirst(link))
                        Follow(link);
                }

                if (status is not (HttpStatusCode.OK or HttpStatusCode.Redirect)) astray.Add($"{path} is {status}");
            }

            void Follow(PageLink link)
            {
                pages.Add(link);
                open.Enqueue(link.Path);
            }
        }

        static bool IsOfTheFirst(PageLink link) =>
            !link.Route!.IsOfTenant || link.Path.StartsWith("/admin/t/default/", StringComparison.Ordinal);

        public ValueTask DisposeAsync() => Accounts.DisposeAsync();
    }
}
