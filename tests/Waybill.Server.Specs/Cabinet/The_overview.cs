using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Waybill.Testing;

namespace Waybill.Server.Specs.Cabinet;

public sealed partial class The_overview(SharedServer shared)
{
    [Theory]
    [InlineData("overview", "By the hour in which they were accepted")]
    [InlineData("overview?span=30d", "By the day on which they were accepted")]
    [InlineData("overview?span=nonsense", "By the hour in which they were accepted")]
    public async Task Draws_what_became_of_the_tenants_messages_and_each_figure_leads_to_them(string path, string title)
    {
        using var cabinet = await CabinetVisit.OpenAsync(shared);
        var sent = await SendAsync(cabinet, 3);

        var page =
            await OverviewAsync(cabinet, path, "3 accepted. By now 3 of them are sent, 0 failed, 0 held, 0 waiting and 0 not to be sent.");

        Assert.Contains(title, page, StringComparison.Ordinal);
        Assert.Contains("Of 3 sent, half took no longer than", page, StringComparison.Ordinal);
        Assert.Contains("Nothing waits.", page, StringComparison.Ordinal);
        Assert.Equal(sent.Order(), (await ListedAsync(cabinet, page)).Order());
    }

    [Fact]
    public async Task Says_so_where_nothing_was_sent()
    {
        using var cabinet = await CabinetVisit.OpenAsync(shared);

        Assert.Contains("No messages in this time", await cabinet.ReadAsync("overview"), StringComparison.Ordinal);
        Assert.Contains(
            "Nothing went by it in this time.", await cabinet.ReadAsync("relays/00000000-0000-7000-8000-000000000001"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_what_waits_and_where_to_find_it()
    {
        using var cabinet = await CabinetVisit.OpenAsync(shared);
        var scheduled = await SendAsync(cabinet, 2, "in 3 days");

        var page = await cabinet.ReadAsync("overview");

        Assert.Contains("2 accepted. By now 0 of them are sent, 0 failed, 0 held, 2 waiting", page, StringComparison.Ordinal);
        Assert.Equal(scheduled.Order(), IdsIn(await cabinet.ReadAsync(cabinet.PathOf("messages?q=status%3Ascheduled"))).Order());
        Assert.Contains(cabinet.PathOf("messages?q=status%3Ascheduled") + "\">2</a>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draws_what_went_by_a_relay_for_the_tenant_alone()
    {
        using var cabinet = await CabinetVisit.OpenAsync(shared);
        await SendAsync(cabinet, 2);
        await OverviewAsync(cabinet, "overview", "By now 2 of them are sent");

        var relay = await cabinet.ReadAsync("relays/00000000-0000-7000-8000-000000000001?span=30d");

        Assert.Contains("It took 2, put off 0, refused 0, and of 0 nobody knows.", relay, StringComparison.Ordinal);
        Assert.Contains("Attempts by the day", relay, StringComparison.Ordinal);
    }

    static Task<string> OverviewAsync(CabinetVisit cabinet, string path, string told) => Eventually.GetAsync(
        told, async () => await cabinet.ReadAsync(path) is var page && page.Contains(told, StringComparison.Ordinal) ? page : null);

    /// <summary>What the first linked figure leads to.</summary>
    static async Task<IEnumerable<string>> ListedAsync(CabinetVisit cabinet, string page) =>
        IdsIn(await cabinet.ReadAsync(Figure().Match(page).Groups["href"].Value));

    static IEnumerable<string> IdsIn(string page) => Message().Matches(page).Select(link => link.Groups["id"].Value);

    static async Task<string[]> SendAsync(CabinetVisit cabinet, int count, string? at = null)
    {
        using var program = await cabinet.ProgramAsync();
        var ids = new string[count];
        for (var n = 0; n < count; n++)
        {
            using var answer = await program.PostAsJsonAsync(new Uri("/emails", UriKind.Relative), new
            {
                from = "Corner Shop <shop@example.com>",
                to = "ann@example.org",
                subject = "Your order",
                text = "Thank you.",
                scheduled_at = at,
            });
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            ids[n] = (await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("id").GetString()!;
        }

        return ids;
    }

    [GeneratedRegex("<td class=\"number\"><a href=\"(?<href>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Figure();

    [GeneratedRegex("/messages/(?<id>[0-9a-f]{8}-[0-9a-f-]{27})\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Message();
}
