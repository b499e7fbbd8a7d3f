using System.Text.RegularExpressions;
using Waybill.Server.Specs.Relays;
using Waybill.Testing;

namespace Waybill.Server.Specs.Pages;

public sealed partial class The_list_of_messages(The_list_of_messages.Server behind) : IClassFixture<The_list_of_messages.Server>
{
    [Fact]
    public async Task Is_newest_first_and_pages_both_ways()
    {
        var first = await PageAsync("/admin/t/default/messages");
        var second = await PageAsync(LinkIn(first, "after"));
        var third = await PageAsync(LinkIn(second, "after"));
        var back = await PageAsync(LinkIn(third, "before"));

        Assert.Equal(behind.NewestFirst[..50], IdsIn(first));
        Assert.Equal(behind.NewestFirst[50..100], IdsIn(second));
        Assert.Equal(behind.NewestFirst[100..], IdsIn(third));
        Assert.Equal(IdsIn(second), IdsIn(back));
        Assert.Equal((0, 1), (LinksIn(first, "before"), LinksIn(first, "after")));
        Assert.Equal((1, 1), (LinksIn(back, "before"), LinksIn(back, "after")));
        Assert.Equal((1, 0), (LinksIn(third, "before"), LinksIn(third, "after")));
        Assert.Equal((0, 1), await LinksAtTheTopAsync(back));
    }

    [Fact]
    public async Task Says_what_is_wrong_with_a_page_that_cannot_be() =>
        Assert.Contains("must be an id from a list", await PageAsync("/admin/t/default/messages?after=nonsense"), StringComparison.Ordinal);

    async Task<(int Before, int After)> LinksAtTheTopAsync(string page)
    {
        var top = await PageAsync(LinkIn(page, "before"));
        Assert.Equal(behind.NewestFirst[..50], IdsIn(top));
        return (LinksIn(top, "before"), LinksIn(top, "after"));
    }

    async Task<string> PageAsync(string path)
    {
        using var answer = await behind.Door.Http.GetAsync(new Uri(path, UriKind.Relative));
        return await answer.Content.ReadAsStringAsync();
    }

    static string LinkIn(string page, string way) =>
        Regex.Match(page, $"(?<=href=\")/admin/t/default/messages\\?{way}=[0-9a-f-]+", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;

    static int LinksIn(string page, string way) => page.Split($"href=\"/admin/t/default/messages?{way}=").Length - 1;

    static string[] IdsIn(string page) => [.. Message().Matches(page).Select(link => link.Groups["id"].Value)];

    [GeneratedRegex("/admin/t/default/messages/(?<id>[0-9a-f]{8}-[0-9a-f-]{27})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Message();

    /// <summary>A server of its own with 120 messages.</summary>
    public sealed class Server : IAsyncLifetime
    {
        ServerProcess? process;

        public OperatorClient Door { get; private set; } = null!;

        public List<string> NewestFirst { get; } = [];

        public async ValueTask InitializeAsync()
        {
            process = await ServerProcess.StartAsync();
            Door = await OperatorClient.EnterAsync(process);
            for (var n = 0; n < 120; n++) NewestFirst.Insert(0, await process.PostEmailAsync());
        }

        public async ValueTask DisposeAsync()
        {
            Door?.Dispose();
            if (process is not null) await process.DisposeAsync();
        }
    }
}
