using System.Net;

namespace Waybill.Server.Specs.Cabinet;

public sealed class Suppressions_in_the_browser(SharedServer shared)
{
    [Fact]
    public async Task Are_pasted_found_and_taken_off()
    {
        using var cabinet = await CabinetVisit.OpenAsync(shared);

        var added =
            await cabinet.SendAsync(
                "suppressions", new() { ["emails"] = "ann@example.org\r\nbob@example.com, eve@example.net\r\nann@example.org" });
        var found = await cabinet.ReadAsync("suppressions?q=EXAMPLE.com");
        var one = System.Text.RegularExpressions.Regex.Match(found, "suppressions/[0-9a-f-]{36}", default, TimeSpan.FromSeconds(1)).Value;
        var removed = await cabinet.SendAsync($"{one}/remove", []);

        Assert.Contains("4 addresses are on the list.", added.Text, StringComparison.Ordinal);
        Assert.Contains("bob@example.com", found, StringComparison.Ordinal);
        Assert.DoesNotContain("eve@example.net", found, StringComparison.Ordinal);
        Assert.Contains("bob@example.com is off the list.", removed.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await cabinet.StatusOfAsync(one));
    }

    [Fact]
    public async Task Are_all_added_or_none_and_the_wrong_ones_are_named()
    {
        using var cabinet = await CabinetVisit.OpenAsync(shared);

        var sent = await cabinet.SendAsync("suppressions", new() { ["emails"] = "ann@example.org\nnobody\n<script>@\nbob@example.org" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.Status);
        Assert.Equal(
            "No address: nobody, <script>@. Nothing was added.", WebUtility.HtmlDecode(sent.Text).Split("</svg> ")[1].Split("</p>")[0]);
        Assert.Contains("ann@example.org", sent.Text, StringComparison.Ordinal);
        Assert.Contains("Nobody is on the list.", await cabinet.ReadAsync("suppressions"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Write at least one address.")]
    [InlineData(" \r\n , ", "Write at least one address.")]
    public async Task Want_at_least_one_address(string typed, string fault)
    {
        using var cabinet = await CabinetVisit.OpenAsync(shared);

        Assert.Equal(fault, (await cabinet.SendAsync("suppressions", new() { ["emails"] = typed })).FaultOf("emails"));
    }

    [Fact]
    public async Task Take_a_thousand_at_a_time_and_say_so()
    {
        using var cabinet = await CabinetVisit.OpenAsync(shared);
        static string Many(int count) => string.Join('\n', Enumerable.Range(0, count).Select(i => $"r{i}@example.org"));

        Assert.Equal(
            "At most 1000 at a time; these are 1001.",
            (await cabinet.SendAsync("suppressions", new() { ["emails"] = Many(1001) })).FaultOf("emails"));
        Assert.True((await cabinet.SendAsync("suppressions", new() { ["emails"] = Many(1000) })).IsTaken);
        var first = await cabinet.ReadAsync("suppressions");
        var older =
            System.Text.RegularExpressions.Regex.Match(first, "suppressions\\?after=[0-9a-f-]{36}", default, TimeSpan.FromSeconds(1)).Value;
        Assert.Contains("rel=\"prev\"", await cabinet.ReadAsync(older), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("suppressions?origin=nonsense&after=nonsense")]
    [InlineData("suppressions?q=%25%25%25&origin=bounce")]
    public async Task Show_something_whatever_the_filter_is(string page)
    {
        using var cabinet = await CabinetVisit.OpenAsync(shared);

        Assert.Equal(HttpStatusCode.OK, await cabinet.StatusOfAsync(page));
    }
}
