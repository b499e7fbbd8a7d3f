using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Waybill.Server.Specs.Accounts;

namespace Waybill.Server.Specs.Inbox;

[Collection(nameof(AccountsServer))]
public sealed partial class Deciding_on_all_that_match(AccountsServer accounts)
{
    const string List = "/admin/t/default/messages";
    const string Cancel = List + "/all/cancel";

    [Fact]
    public async Task Counts_first_does_it_once_and_tells_what_was_done()
    {
        using var owner = await OperatorClient.EnterAsync(accounts.Server);
        var ids = await PostAsync("zebra", later: 3, now: 2);

        var (status, page) = await owner.GetAsync(Cancel + "?q=subject%3Azebra");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.All(
            ["5 messages match.", "3 have not been tried yet and would be canceled",
                "2 were tried already or are over, and stay as they are.", "Cancel 3 messages"],
            sentence => Assert.Contains(sentence, page, StringComparison.Ordinal));
        Assert.All(ids[..3], id => Assert.Contains(id, page, StringComparison.Ordinal));

        Assert.Contains("3 messages are canceled.", await DoAsync(owner, page), StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", await DoAsync(owner, page), StringComparison.Ordinal);
        Assert.Equal(
            3, (await owner.GetAsync(List + "?q=subject%3Azebra+status%3Acanceled")).Text.Split("class=\"tight stream\"").Length - 1);
        var audit = (await owner.GetAsync("/admin/t/default/audit?act=messages")).Text;
        Assert.Equal(1, audit.Split("3 messages · subject:zebra").Length - 1);
        Assert.Contains("cancelled 3 messages", audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Means_nothing_that_was_accepted_after_the_count()
    {
        using var owner = await OperatorClient.EnterAsync(accounts.Server);
        await PostAsync("walrus", later: 1);
        var (_, page) = await owner.GetAsync(Cancel + "?q=subject%3Awalrus");
        var late = Assert.Single(await PostAsync("walrus", later: 1));

        Assert.Contains("1 message is canceled.", await DoAsync(owner, page), StringComparison.Ordinal);

        Assert.Contains(late, (await owner.GetAsync(List + "?q=subject%3Awalrus+status%3Ascheduled")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2099-01-01T00:00:00.000000Z")]
    public async Task Asks_once_more_when_the_form_does_not_say_what_was_counted(string at)
    {
        using var owner = await OperatorClient.EnterAsync(accounts.Server);
        await PostAsync("otter", later: 1);
        await owner.GetAsync(Cancel + "?q=subject%3Aotter");

        using var answer = await owner.PostAsync(Cancel, new() { ["q"] = "subject:otter", ["at"] = at });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Please look at the numbers once more", await owner.ReadAsync(answer), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "No message matches.", (await owner.GetAsync(List + "?q=subject%3Aotter+status%3Ascheduled")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_search_that_makes_no_sense_as_the_list_does()
    {
        using var owner = await OperatorClient.EnterAsync(accounts.Server);
        var (status, page) = await owner.GetAsync(Cancel + "?q=status%3Alost");
        using var answer = await owner.PostAsync(Cancel, new() { ["q"] = "status:lost", ["at"] = "2026-01-01T00:00:00.000000Z" });

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (status, answer.StatusCode));
        Assert.Contains("“lost” is no status", page, StringComparison.Ordinal);
        Assert.Contains("“lost” is no status", await owner.ReadAsync(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("developer", false)]
    [InlineData("operator", true)]
    public async Task Is_for_operators(string role, bool may)
    {
        await PostAsync("heron", later: 1);
        var (client, _) = await accounts.JoinAsync(role);
        using var somebody = client;

        Assert.Equal(may, (await somebody.GetAsync(List)).Text.Contains("/messages/all/cancel", StringComparison.Ordinal));
        Assert.Equal(may ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await somebody.GetAsync(Cancel)).Status);
    }

    [Fact]
    public async Task Is_done_in_one_tenant()
    {
        using var owner = await OperatorClient.EnterAsync(accounts.Server);
        await PostAsync("badger", later: 1);
        var (_, page) = await owner.GetAsync("/admin/t/elsewhere/messages/all/cancel?q=subject%3Abadger");

        Assert.Contains("0 messages match.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"button danger-button\"", page, StringComparison.Ordinal);
        Assert.Contains(
            "Nothing was changed", await DoAsync(owner, page, "/admin/t/elsewhere/messages/all/cancel"), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "No message matches.", (await owner.GetAsync(List + "?q=subject%3Abadger+status%3Ascheduled")).Text, StringComparison.Ordinal);
    }

    /// <summary>Sends the form of the page, and gives the page that it leads to.</summary>
    static async Task<string> DoAsync(OperatorClient client, string page, string path = Cancel)
    {
        var fields = Hidden().Matches(page).Where(field => field.Groups["name"].Value is "q" or "at" or "after")
            .DistinctBy(field => field.Groups["name"].Value)
            .ToDictionary(field => field.Groups["name"].Value, field => field.Groups["value"].Value, StringComparer.Ordinal);
        using var answer = await client.PostAsync(path, fields);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return (await client.GetAsync(answer.Headers.Location!.OriginalString)).Text;
    }

    /// <summary>Messages with this word in their subjects: some for tomorrow, then some that are sent at once.</summary>
    async Task<List<string>> PostAsync(string word, int later, int now = 0)
    {
        List<string> ids = [];
        for (var n = 0; n < later + now; n++)
        {
            var email = new
            {
                from = "shop@example.com",
                to = "ann@example.org",
                subject = $"{word} {n}",
                text = "t",
                scheduled_at = n < later ? "in 1 day" : null
            };
            using var answer = await accounts.Server.Client.PostAsJsonAsync(new Uri("/emails", UriKind.Relative), email);
            ids.Add(
                (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("id")
                    .GetString()!);
        }

        foreach (var id in ids[later..]) await Relays.RelayQuestions.ShouldBecomeAsync(accounts.Server, id, "sent");
        return ids;
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[a-z]+)\"( value=\"(?<value>[^\"]*)\")?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hidden();
}
