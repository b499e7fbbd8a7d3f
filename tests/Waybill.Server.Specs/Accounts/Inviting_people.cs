using System.Net;
using Waybill.Testing;

namespace Waybill.Server.Specs.Accounts;

[Collection(nameof(AccountsServer))]
public sealed class Inviting_people(AccountsServer accounts)
{
    const string People = "/admin/t/default/people";

    [Fact]
    public async Task Sends_a_link_that_makes_an_account_with_that_role_once()
    {
        var email = accounts.NewEmail();
        var link = await accounts.InviteAsync(email, "operator");
        Assert.Equal(link, AccountsServer.LinkIn(await accounts.MailAsync(email, "invite")));
        using var guest = OperatorClient.Stranger(accounts.Server);
        await guest.GetAsync(link);

        using var joined =
            await guest.PostAsync(link, new() { ["name"] = "Kim", ["language"] = "en", ["password"] = AccountsServer.Password });
        using var again =
            await guest.PostAsync(link, new() { ["name"] = "Kim", ["language"] = "en", ["password"] = AccountsServer.Password });

        Assert.Equal((HttpStatusCode.SeeOther, "/admin/t/default/messages"), (joined.StatusCode, joined.Headers.Location?.ToString()));
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await guest.GetAsync("/admin/t/default/audit")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await guest.GetAsync(People)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync("/admin/t/elsewhere/messages")).Status);
    }

    [Fact]
    public async Task Leaves_the_link_in_no_journal_and_no_log()
    {
        var email = accounts.NewEmail();
        var token = (await accounts.InviteAsync(email)).Split('/')[^1];
        await accounts.MailAsync(email, token);

        using var messages = await accounts.Server.Client.GetAsync(new Uri("/emails", UriKind.Relative));
        var id = System.Text.Json.JsonDocument.Parse(await messages.Content.ReadAsStringAsync()).RootElement.GetProperty("data")
            .EnumerateArray()
            .First(mail => mail.GetProperty("to")[0].GetString()!.Contains(email, StringComparison.Ordinal)).GetProperty("id").GetString();
        var mail = await accounts.Server.Client.GetStringAsync(new Uri("/emails/" + id, UriKind.Relative));

        Assert.DoesNotContain(token, mail, StringComparison.Ordinal);
        Assert.DoesNotContain(token, accounts.Server.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody", "developer", "This is not an email address.")]
    [InlineData(ServerProcess.OwnerEmail, "king", "Choose one of the roles.")]
    public async Task Says_what_is_wrong_beside_what_was_typed(string email, string role, string sentence)
    {
        using var owner = await OperatorClient.EnterAsync(accounts.Server);
        await owner.GetAsync(People);

        using var answer = await owner.PostAsync(People + "/invite", new() { ["email"] = email, ["role"] = role });
        var page = await owner.ReadAsync(answer);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(2, page.Split(sentence).Length - 1);
        Assert.Contains($"value=\"{email}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_who_is_here_already()
    {
        using var owner = await OperatorClient.EnterAsync(accounts.Server);
        await owner.GetAsync("/admin/instance/people");

        using var answer =
            await owner.PostAsync("/admin/instance/people/invite", new() { ["email"] = "OWNER@example.org", ["role"] = "viewer" });

        Assert.Contains("They are here already.", await owner.ReadAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Withdraws_a_link_and_sends_another_in_place_of_it()
    {
        using var owner = await OperatorClient.EnterAsync(accounts.Server);
        var (kept, gone) = (accounts.NewEmail(), accounts.NewEmail());
        var first = await AccountsServer.InviteAsync(owner, kept, "viewer", "/admin/t/default");
        var withdrawn = await AccountsServer.InviteAsync(owner, gone, "viewer", "/admin/t/default");

        using var sent = await owner.PostAsync(await ActionAsync(owner, kept, "send-again"), []);
        var second = AccountsServer.LinkIn(await owner.ReadAsync(sent));
        using var taken = await owner.PostAsync(await ActionAsync(owner, gone, "withdraw"), []);

        using var stranger = OperatorClient.Stranger(accounts.Server);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(first)).Status);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync(second!)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(withdrawn)).Status);
        Assert.DoesNotContain(gone, (await owner.GetAsync(People)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaves_one_link_to_an_address_however_it_is_spelled()
    {
        using var owner = await OperatorClient.EnterAsync(accounts.Server);
        var first = await AccountsServer.InviteAsync(owner, "kim@bücher.example", "viewer", "/admin/t/default");
        var second = await AccountsServer.InviteAsync(owner, "KIM@xn--bcher-kva.example", "viewer", "/admin/t/default");

        using var stranger = OperatorClient.Stranger(accounts.Server);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(first)).Status);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync(second)).Status);
    }

    [Theory]
    [InlineData("/admin/invite/")]
    [InlineData("/admin/reset/")]
    [InlineData("/admin/first/")]
    public async Task Takes_no_link_that_was_forged_or_is_one_of_another_kind(string path)
    {
        var token = (await accounts.InviteAsync(accounts.NewEmail())).Split('/')[^1];
        using var stranger = OperatorClient.Stranger(accounts.Server);
        foreach (var forged in (string[])[new('A', 43), token[..^1], token + "A", "%20", new('x', 3000),
            .. path == "/admin/invite/" ? Array.Empty<string>() : [token]])
        {
            var (status, text) = await stranger.GetAsync(path + forged);
            Assert.Equal(HttpStatusCode.NotFound, status);
            Assert.Contains("does not work", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Gives_a_further_role_to_who_has_an_account_and_is_signed_in_as_that_person()
    {
        var (ann, email) = await accounts.JoinAsync("viewer");
        using var _ann = ann;
        var link = await accounts.InviteAsync(email, "owner", "/admin/t/elsewhere");
        using var stranger = OperatorClient.Stranger(accounts.Server);
        Assert.Contains("You have an account here already.", (await stranger.GetAsync(link)).Text, StringComparison.Ordinal);
        using var eve = await OperatorClient.EnterAsync(accounts.Server);
        await eve.GetAsync(link);
        using var notEve = await eve.PostAsync(link, []);
        await ann.GetAsync(link);

        using var joined = await ann.PostAsync(link, []);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.SeeOther), (notEve.StatusCode, joined.StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await ann.GetAsync("/admin/t/elsewhere/people")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ann.GetAsync(People)).Status);
    }

    [Fact]
    public async Task Lets_the_last_owner_be_neither_removed_nor_made_less_but_a_second_one()
    {
        const string instance = "/admin/instance/people";
        using var owner = await OperatorClient.EnterAsync(accounts.Server);
        var last = await PersonAsync(owner, instance, ServerProcess.OwnerEmail);
        using var removed = await owner.PostAsync(last + "/remove", []);
        using var demoted = await owner.PostAsync(last + "/role", new() { ["role"] = "viewer" });
        Assert.Contains("This is the last owner here.", await owner.ReadAsync(removed), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (removed.StatusCode, demoted.StatusCode));

        var (second, email) = await accounts.JoinAsync("owner", "/admin/instance");
        using var _second = second;
        using var made = await owner.PostAsync(await PersonAsync(owner, instance, email) + "/role", new() { ["role"] = "operator" });
        Assert.Equal(HttpStatusCode.Forbidden, (await second.GetAsync(instance)).Status);
        using var gone = await owner.PostAsync(await PersonAsync(owner, instance, email) + "/remove", []);

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (made.StatusCode, gone.StatusCode));
        Assert.Equal(HttpStatusCode.Redirect, (await second.GetAsync("/admin/account")).Status);
        using var back = await second.SignInAsync(email);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, back.StatusCode);
    }

    [Fact]
    public async Task Shows_no_link_to_an_owner_of_a_tenant_alone()
    {
        var (client, _) = await accounts.JoinAsync("owner", "/admin/t/elsewhere");
        using var _client = client;
        await client.GetAsync("/admin/t/elsewhere/people");

        using var answer =
            await client.PostAsync("/admin/t/elsewhere/people/invite", new() { ["email"] = accounts.NewEmail(), ["role"] = "viewer" });

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Null(AccountsServer.LinkIn((await client.GetAsync("/admin/t/elsewhere/people")).Text));
    }

    /// <summary>Where the form of one invitation goes.</summary>
    static async Task<string> ActionAsync(OperatorClient owner, string email, string verb)
    {
        var page = (await owner.GetAsync(People)).Text;
        var row = page[page.IndexOf($"<span>{email}", StringComparison.Ordinal)..];
        var end = row.IndexOf("/" + verb, StringComparison.Ordinal);
        return row[row[..end].LastIndexOf(People, StringComparison.Ordinal)..(end + verb.Length + 1)];
    }

    /// <summary>The page of one person.</summary>
    static async Task<string> PersonAsync(OperatorClient owner, string list, string email)
    {
        var page = (await owner.GetAsync(list)).Text;
        var before = page[..page.IndexOf($"<td>{email}", StringComparison.Ordinal)];
        var start = before.LastIndexOf(list + "/", StringComparison.Ordinal);
        return before[start..(start + list.Length + 37)];
    }
}
