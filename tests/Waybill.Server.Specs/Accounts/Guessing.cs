using System.Net;

namespace Waybill.Server.Specs.Accounts;

/// <summary>Somebody with a list of passwords and a script.</summary>
[Collection(nameof(AccountsServer))]
public sealed class Guessing(AccountsServer accounts)
{
    [Fact]
    public async Task At_one_account_ends_after_ten_tries_a_minute_and_keeps_nobody_out_but_the_guesser()
    {
        var (client, email) = await accounts.JoinAsync("viewer");
        using var _client = client;
        using var guesser = From("203.0.113.99");
        await guesser.GetAsync("/admin/sign-in");
        var answers = new List<HttpStatusCode>();
        for (var n = 0; n < 15; n++)
        {
            using var answer =
                await guesser.PostAsync("/admin/sign-in", new() { ["email"] = email, ["password"] = $"password number {n}" });
            answers.Add(answer.StatusCode);
            if (n == 14) Assert.Equal(["60"], answer.Headers.GetValues("Retry-After"));
        }

        using var right = await guesser.PostAsync("/admin/sign-in", new() { ["email"] = email, ["password"] = AccountsServer.Password });
        using var person = await OperatorClient.EnterAsync(accounts.Server, email, AccountsServer.Password);

        Assert.Equal(
            [.. Enumerable.Repeat(HttpStatusCode.UnprocessableEntity, 10), .. Enumerable.Repeat(HttpStatusCode.TooManyRequests, 5)],
            answers);
        Assert.Equal((HttpStatusCode.TooManyRequests, (string?)null), (right.StatusCode, guesser.Cookie("__Host-waybill")));
        Assert.Equal(HttpStatusCode.OK, (await person.GetAsync("/admin/account")).Status);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/admin/account")).Status);
    }

    [Fact]
    public async Task At_many_accounts_ends_after_sixty_tries_a_minute_from_one_net_whatever_is_tried()
    {
        using var guesser = From("203.0.113.66");
        await guesser.GetAsync("/admin/sign-in");
        var answers = new List<HttpStatusCode>();
        for (var n = 0; n < 63; n++)
        {
            // no half session: no password is hashed for it
            using var answer = await guesser.PostAsync("/admin/sign-in/code", new() { ["code"] = $"{n:D6}" });
            answers.Add(answer.StatusCode);
        }

        using var elsewhere = await guesser.PostAsync("/admin/sign-in", new() { ["email"] = "nobody@example.org", ["password"] = "x" });
        using var neighbour = From("203.0.113.67");
        await neighbour.GetAsync("/admin/sign-in");
        using var theirs = await neighbour.PostAsync("/admin/sign-in/code", new() { ["code"] = "1" });

        Assert.Equal(60, answers.Count(status => status == HttpStatusCode.SeeOther));
        Assert.Equal(3, answers.Count(status => status == HttpStatusCode.TooManyRequests));
        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.SeeOther), (elsewhere.StatusCode, theirs.StatusCode));
    }

    OperatorClient From(string address)
    {
        var client = OperatorClient.Stranger(accounts.Server);
        client.Http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return client;
    }
}
