using System.Net;

namespace Waybill.Server.Specs.Accounts;

[Collection(nameof(AccountsServer))]
public sealed class Who_did_what(AccountsServer accounts)
{
    const string Audit = "/admin/t/default/audit";

    [Fact]
    public async Task Is_told_newest_first_and_found_by_person_act_and_time()
    {
        var email = accounts.NewEmail();
        await accounts.InviteAsync(email);
        using var owner = await OperatorClient.EnterAsync(accounts.Server);

        Assert.Contains(email, (await owner.GetAsync(Audit)).Text, StringComparison.Ordinal);
        Assert.Contains(email, (await owner.GetAsync(Audit + "?act=people.invite&who=OWNER%40&since=1h")).Text, StringComparison.Ordinal);
        Assert.Contains("Nothing fits this filter.", (await owner.GetAsync(Audit + "?who=o%25r")).Text, StringComparison.Ordinal);
        Assert.Contains("Nothing fits this filter.", (await owner.GetAsync(Audit + "?since=2099-01-01")).Text, StringComparison.Ordinal);
        Assert.Contains("signed in", (await owner.GetAsync("/admin/instance/audit?act=session")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_told_of_keys_and_of_the_command_line_too()
    {
        using var owner = await OperatorClient.EnterAsync(accounts.Server);
        using var body = new StringContent("""{"name":"made by a program"}""", System.Text.Encoding.UTF8, "application/json");
        using var made = await accounts.Server.Client.PostAsync(new Uri("/api-keys", UriKind.Relative), body);
        var id = System.Text.Json.JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
        await accounts.Server.RunAsync("keys", "revoke", id);

        var audit = (await owner.GetAsync(Audit + "?act=keys")).Text;

        Assert.Matches($"API key [^<]*(<[^>]*>\\s*)*127.0.0.1(.|\\n)*POST /api-keys {id}", audit);
        Assert.Matches($"command line(.|\\n)*{id}", audit);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("d")]
    [InlineData("-1d")]
    [InlineData("99999d")]
    [InlineData("2026-13-01")]
    public async Task Is_not_looked_for_by_a_time_that_is_none(string since)
    {
        using var owner = await OperatorClient.EnterAsync(accounts.Server);
        var (status, text) = await owner.GetAsync($"{Audit}?since={since}&who=ann");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("Write a span as in 24h or 7d", text, StringComparison.Ordinal);
        Assert.Contains($"value=\"{since}\"", text, StringComparison.Ordinal);
    }
}
