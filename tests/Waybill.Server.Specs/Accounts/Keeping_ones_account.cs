using System.Net;
using System.Text.RegularExpressions;
using Waybill.Testing;

namespace Waybill.Server.Specs.Accounts;

[Collection(nameof(AccountsServer))]
public sealed partial class Keeping_ones_account(AccountsServer accounts)
{
    const string Account = "/admin/account";

    [Fact]
    public async Task Changes_name_and_language_which_all_pages_speak_from_then_on()
    {
        var (client, _) = await accounts.JoinAsync("viewer");
        using var _client = client;
        await client.GetAsync(Account);

        using var saved = await client.PostAsync(Account, new() { ["name"] = "مرحبا 🦉", ["language"] = "de" });
        var (_, page) = await client.GetAsync(Account);

        Assert.Equal((HttpStatusCode.SeeOther, Account), (saved.StatusCode, saved.Headers.Location?.ToString()));
        Assert.Contains("Dein Konto ist gespeichert.", page, StringComparison.Ordinal);
        Assert.Contains("value=\"مرحبا 🦉\"", page, StringComparison.Ordinal);
        Assert.Contains("dir=\"auto\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Speaks_what_was_chosen_in_this_browser_before_the_persons_language()
    {
        var (client, _) = await accounts.JoinAsync("viewer", language: "de");
        using var _client = client;
        await client.GetAsync(Account);
        using var chosen = await client.PostAsync("/admin/look", new() { ["theme"] = "dark", ["return"] = Account });
        Assert.Contains("<html lang=\"de\" data-theme=\"dark\"", (await client.GetAsync(Account)).Text, StringComparison.Ordinal);

        using var english = await client.PostAsync("/admin/look", new() { ["locale"] = "en", ["return"] = Account });

        Assert.Contains("<html lang=\"en\" data-theme=\"dark\"", (await client.GetAsync(Account)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10_000, null)]
    [InlineData(10_001, "The name is longer than 10,000 characters.")]
    public async Task Takes_a_name_of_ten_thousand_characters_and_names_the_limit_of_a_longer_one(int length, string? sentence)
    {
        var (client, _) = await accounts.JoinAsync("viewer");
        using var _client = client;
        await client.GetAsync(Account);

        using var answer = await client.PostAsync(Account, new() { ["name"] = new string('n', length), ["language"] = "en" });

        Assert.Equal(sentence is null ? HttpStatusCode.SeeOther : HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await client.ReadAsync(answer);
        if (sentence is not null) Assert.Contains(sentence, page, StringComparison.Ordinal);
        if (sentence is not null) Assert.Contains(new string('n', length), page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_the_password_for_who_gives_the_present_one_ends_all_other_sessions_and_says_so_by_mail()
    {
        var (client, email) = await accounts.JoinAsync("viewer");
        using var _client = client;
        using var other = await OperatorClient.EnterAsync(accounts.Server, email, AccountsServer.Password);
        await client.GetAsync(Account + "/password");

        using var wrong =
            await client.PostAsync(Account + "/password", new() { ["present"] = "not this one", ["password"] = "a river under ice" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("This is not your present password.", await client.ReadAsync(wrong), StringComparison.Ordinal);
        using var changed =
            await client.PostAsync(
                Account + "/password", new() { ["present"] = AccountsServer.Password, ["password"] = "a river under ice" });

        Assert.Equal(HttpStatusCode.SeeOther, changed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Account)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await other.GetAsync(Account)).Status);
        using var again = await OperatorClient.EnterAsync(accounts.Server, email, "a river under ice");
        await accounts.MailAsync(email, "Your password was changed");
    }

    [Fact]
    public async Task Lets_nobody_guess_the_password_of_a_session_that_they_found()
    {
        var (client, _) = await accounts.JoinAsync("viewer");
        using var _client = client;
        await client.GetAsync(Account + "/password");
        for (var n = 0; n < 10; n++)
        {
            using var guess =
                await client.PostAsync(Account + "/password", new() { ["present"] = "guess", ["password"] = "a river under ice" });
        }

        using var right =
            await client.PostAsync(
                Account + "/password", new() { ["present"] = AccountsServer.Password, ["password"] = "a river under ice" });

        Assert.Contains("Too many attempts.", await client.ReadAsync(right), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_sessions_by_device_and_ends_one_at_once_and_then_all_others()
    {
        var (client, email) = await accounts.JoinAsync("viewer");
        using var _client = client;
        using var phone = OperatorClient.Stranger(accounts.Server);
        phone.Http.DefaultRequestHeaders.Add(
            "User-Agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1");
        await phone.SignInAsync(email);
        using var third = await OperatorClient.EnterAsync(accounts.Server, email, AccountsServer.Password);
        var (_, page) = await client.GetAsync(Account);
        Assert.Contains("Safari on iPhone", page, StringComparison.Ordinal);

        var session = page[page.IndexOf("Safari on iPhone", StringComparison.Ordinal)..];
        using var ended =
            await client.PostAsync(Account + "/sessions/revoke", new() { ["session"] = SessionField().Match(session).Groups["id"].Value });
        Assert.Equal(HttpStatusCode.Redirect, (await phone.GetAsync(Account)).Status);
        Assert.Equal(HttpStatusCode.OK, (await third.GetAsync(Account)).Status);
        using var all = await client.PostAsync(Account + "/sessions/revoke-others", []);

        Assert.Equal(HttpStatusCode.Redirect, (await third.GetAsync(Account)).Status);
        Assert.Contains("One other session is over.", (await client.GetAsync(Account)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_no_session_of_somebody_else()
    {
        var (ann, email) = await accounts.JoinAsync("viewer");
        var (eve, _) = await accounts.JoinAsync("owner");
        using var _ann = ann;
        using var _eve = eve;
        using var other = await OperatorClient.EnterAsync(accounts.Server, email, AccountsServer.Password);
        var session = SessionField().Match((await ann.GetAsync(Account)).Text).Groups["id"].Value;
        await eve.GetAsync(Account);

        using var tried = await eve.PostAsync(Account + "/sessions/revoke", new() { ["session"] = session });

        Assert.Contains("That session was over already.", (await eve.GetAsync(Account)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync(Account)).Status);
    }

    [Fact]
    public async Task Sets_up_a_second_factor_that_signing_in_asks_for_from_then_on()
    {
        var (client, email) = await accounts.JoinAsync("viewer");
        using var _client = client;
        var (key, codes) = await SetUpAsync(client);
        using var browser = OperatorClient.Stranger(accounts.Server);
        using var half = await browser.SignInAsync(email);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync(Account)).Status);
        Assert.StartsWith("/admin/sign-in/code", half.Headers.Location?.ToString(), StringComparison.Ordinal);
        await browser.GetAsync("/admin/sign-in/code");

        using var wrong = await browser.PostAsync("/admin/sign-in/code", new() { ["code"] = "000000" });
        using var used =
            await browser.PostAsync(
                "/admin/sign-in/code", new() { ["code"] = Authenticator.CodeOf(key, DateTimeOffset.FromUnixTimeSeconds(0)) });
        using var right =
            await browser.PostAsync(
                "/admin/sign-in/code", new() { ["code"] = codes[0].ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal) });

        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther),
            (wrong.StatusCode, used.StatusCode, right.StatusCode));
        Assert.Contains("9 recovery codes are left.", (await browser.GetAsync(Account)).Text, StringComparison.Ordinal);
        await browser.SignInAsync(email);
        using var twice = await browser.PostAsync("/admin/sign-in/code", new() { ["code"] = codes[0] });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.StatusCode);
    }

    [Fact]
    public async Task Lets_in_by_a_code_of_the_moment_once()
    {
        var (client, email) = await accounts.JoinAsync("viewer");
        using var _client = client;
        var (key, _) = await SetUpAsync(client);
        var code = Authenticator.CodeOf(key, TimeProvider.System.GetUtcNow().AddSeconds(30)); // the present one set it up
        using var browser = OperatorClient.Stranger(accounts.Server);
        using var half = await browser.SignInAsync(email);

        using var right = await browser.PostAsync("/admin/sign-in/code", new() { ["code"] = code });
        Assert.Equal((HttpStatusCode.SeeOther, "/admin"), (right.StatusCode, right.Headers.Location?.ToString()));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Account)).Status);
        using var thief = OperatorClient.Stranger(accounts.Server);
        using var again = await thief.SignInAsync(email);
        using var used = await thief.PostAsync("/admin/sign-in/code", new() { ["code"] = code });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, used.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync(Account)).Status);
    }

    /// <summary>Somebody who knows the password, with another net for each code.</summary>
    [Fact]
    public async Task Ends_a_sign_in_after_five_wrong_codes_and_tells_its_person_of_ten()
    {
        var (client, email) = await accounts.JoinAsync("viewer");
        using var _client = client;
        await SetUpAsync(client);
        var ends = new List<(HttpStatusCode, string?)>();
        using var guesser = OperatorClient.Stranger(accounts.Server);
        for (var n = 0; n < 11; n++)
        {
            guesser.Http.DefaultRequestHeaders.Remove("X-Forwarded-For");
            guesser.Http.DefaultRequestHeaders.Add("X-Forwarded-For", $"2001:db8:{n:x}::1");
            if (n % 5 == 0) (await guesser.SignInAsync(email)).Dispose();
            using var answer = await guesser.PostAsync("/admin/sign-in/code", new() { ["code"] = $"{n:D6}" });
            ends.Add((answer.StatusCode, answer.Headers.Location?.ToString()));
        }

        Assert.Equal(
            [4, 9],
            ends.Index().Where(one => one.Item == (HttpStatusCode.SeeOther, "/admin/sign-in?return=%2Fadmin")).Select(one => one.Index));
        Assert.Equal((HttpStatusCode.TooManyRequests, null), ends[10]);
        Assert.Equal(8, ends.Count(one => one.Item1 == HttpStatusCode.UnprocessableEntity));
        var mail = await accounts.MailAsync(email, "Ten wrong codes for your account");
        Assert.Contains("2001:db8:9::1", mail, StringComparison.Ordinal);
        Assert.Contains("/admin/reset", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turns_no_second_factor_on_without_a_right_code_and_the_password_and_keeps_the_key_that_was_shown()
    {
        var (client, _) = await accounts.JoinAsync("viewer");
        using var _client = client;
        var key = KeyField().Match((await client.GetAsync(Account + "/totp")).Text).Groups["key"].Value;

        using var answer = await client.PostAsync(Account + "/totp", new() { ["key"] = key, ["code"] = "12345", ["present"] = "wrong" });
        var page = await client.ReadAsync(answer);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(key, KeyField().Match(page).Groups["key"].Value);
        Assert.Contains("This code is not right.", page, StringComparison.Ordinal);
        Assert.Contains("This is not your present password.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Renews_recovery_codes_and_turns_the_second_factor_off_for_who_knows_the_password()
    {
        var (client, email) = await accounts.JoinAsync("viewer");
        using var _client = client;
        var (_, codes) = await SetUpAsync(client);
        await client.GetAsync(Account + "/totp");

        using var unknown = await client.PostAsync(Account + "/totp/off", new() { ["present"] = "guess" });
        using var renewed = await client.PostAsync(Account + "/totp/codes", new() { ["present"] = AccountsServer.Password });
        var fresh = CodesIn(await client.ReadAsync(renewed));
        await client.GetAsync(Account + "/totp");
        using var off = await client.PostAsync(Account + "/totp/off", new() { ["present"] = AccountsServer.Password });

        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, HttpStatusCode.OK, HttpStatusCode.SeeOther),
            (unknown.StatusCode, renewed.StatusCode, off.StatusCode));
        Assert.Equal(10, fresh.Except(codes).Count());
        using var again = await OperatorClient.EnterAsync(accounts.Server, email, AccountsServer.Password);
        Assert.Equal("/admin", again.Entrance.Headers.Location?.ToString());
    }

    /// <summary>Turns it on by a code of the moment, and gives key and recovery codes.</summary>
    static async Task<(string Key, IReadOnlyList<string> Codes)> SetUpAsync(OperatorClient client)
    {
        var (_, page) = await client.GetAsync(Account + "/totp");
        var key = KeyField().Match(page).Groups["key"].Value;
        Assert.Contains("<svg class=\"qr\"", page, StringComparison.Ordinal);
        using var answer = await client.PostAsync(
            Account + "/totp",
            new()
            {
                ["key"] = key,
                ["code"] = Authenticator.CodeOf(key, TimeProvider.System.GetUtcNow()),
                ["present"] = AccountsServer.Password
            });
        var codes = CodesIn(await client.ReadAsync(answer));
        Assert.Equal((HttpStatusCode.OK, 10), (answer.StatusCode, codes.Count));
        return (key, codes);
    }

    static IReadOnlyList<string> CodesIn(string page) => [.. Code().Matches(page).Select(code => code.Value).Distinct()];

    [GeneratedRegex("name=\"session\" value=\"(?<id>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SessionField();

    [GeneratedRegex("name=\"key\" value=\"(?<key>[A-Z2-7]{32})\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex KeyField();

    [GeneratedRegex("\\b[0-9A-Z]{5}-[0-9A-Z]{5}\\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
