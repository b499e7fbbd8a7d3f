using System.Net;
using Waybill.Testing;

namespace Waybill.Server.Specs.Accounts;

[Collection(nameof(AccountsServer))]
public sealed class Choosing_a_new_password(AccountsServer accounts)
{
    [Fact]
    public async Task Answers_the_same_whether_there_is_such_an_account_or_not()
    {
        using var stranger = OperatorClient.Stranger(accounts.Server);
        var answers = new List<(HttpStatusCode, string?, string)>();
        foreach (var email in (string[])[ServerProcess.OwnerEmail, "nobody-at-all@example.org"])
        {
            using var answer = await AskAsync(stranger, email);
            answers.Add(
                (answer.StatusCode, answer.Headers.Location?.ToString(),
                    (await stranger.GetAsync("/admin/sign-in")).Text.Split("__RequestVerificationToken")[0]));
        }

        Assert.Equal(answers[0], answers[1]);
        Assert.Contains("If that address has an account here", answers[0].Item3, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sends_a_link_in_the_persons_language_that_works_once_and_ends_all_sessions()
    {
        var (client, email) = await accounts.JoinAsync("viewer", language: "de");
        using var _client = client;
        using var stranger = OperatorClient.Stranger(accounts.Server);
        using var asked = await AskAsync(stranger, email);
        var mail = await accounts.MailAsync(email, "/admin/reset/");
        Assert.Contains("Ein neues Passwort", mail, StringComparison.Ordinal);
        var link = AccountsServer.LinkIn(mail)!;
        await stranger.GetAsync(link);

        using var bad = await stranger.PostAsync(link, new() { ["password"] = "short" });
        using var done = await stranger.PostAsync(link, new() { ["password"] = "a river under ice" });

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther), (bad.StatusCode, done.StatusCode));
        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync("/admin/account")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(link)).Status);
        using var back = await OperatorClient.EnterAsync(accounts.Server, email, "a river under ice");
    }

    [Fact]
    public async Task Is_possible_without_a_mail_by_a_link_from_the_command_line()
    {
        var (client, email) = await accounts.JoinAsync("viewer");
        using var _client = client;

        var run = await accounts.Server.RunAsync("people", "reset", email.ToUpperInvariant());
        var nobody = await accounts.Server.RunAsync("people", "reset", "nobody-at-all@example.org");

        Assert.Equal((0, 1), (run.ExitCode, nobody.ExitCode));
        Assert.Contains($"{email} chooses a new password there: once, until ", run.Complaints, StringComparison.Ordinal);
        Assert.Equal("Nobody here has the address 'nobody-at-all@example.org'.", nobody.Complaints.Split(" As long")[0]);
        var link = AccountsServer.LinkIn(run.Text)!;
        using var browser = OperatorClient.Stranger(accounts.Server);
        await browser.GetAsync(link);
        using var done = await browser.PostAsync(link, new() { ["password"] = "a river under ice" });
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        using var back = await OperatorClient.EnterAsync(accounts.Server, email, "a river under ice");
        using var owner = await OperatorClient.EnterAsync(accounts.Server);
        Assert.Contains(
            "made a link to a new password", (await owner.GetAsync("/admin/instance/audit?act=password.make-link")).Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_of_what_is_no_address_that_it_is_none()
    {
        using var stranger = OperatorClient.Stranger(accounts.Server);
        using var answer = await AskAsync(stranger, "nobody");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("This is not an email address.", await stranger.ReadAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_asked_for_ten_times_a_minute_from_one_net_and_no_more()
    {
        using var flood = OperatorClient.Stranger(accounts.Server);
        flood.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.77");
        var answers = new List<HttpStatusCode>();
        for (var n = 0; n < 12; n++)
        {
            using var answer = await AskAsync(flood, $"nobody{n}@example.org");
            answers.Add(answer.StatusCode);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) Pages.Headers.ShouldBeHardened(answer);
        }

        Assert.Equal(10, answers.Count(status => status == HttpStatusCode.SeeOther));
        Assert.Equal(2, answers.Count(status => status == HttpStatusCode.TooManyRequests));
    }

    static async Task<HttpResponseMessage> AskAsync(OperatorClient stranger, string email)
    {
        await stranger.GetAsync("/admin/reset");
        return await stranger.PostAsync("/admin/reset", new() { ["email"] = email });
    }
}
