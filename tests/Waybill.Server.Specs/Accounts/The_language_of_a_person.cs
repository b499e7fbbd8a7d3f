using System.Net;

namespace Waybill.Server.Specs.Accounts;

[Collection(nameof(AccountsServer))]
public sealed class The_language_of_a_person(AccountsServer accounts)
{
    [Fact]
    public async Task Is_that_of_notices_and_faults_too()
    {
        var (client, _) = await accounts.JoinAsync("developer", language: "de");
        using var _client = client;
        client.Http.DefaultRequestHeaders.Add("Accept-Language", "en");
        await client.GetAsync("/admin/t/default/keys/new");

        using var refused = await client.PostAsync("/admin/t/default/keys", new() { ["name"] = "Laden" });
        using var made = await client.PostAsync("/admin/t/default/keys", new() { ["name"] = "Laden", ["scopes"] = "emails:send" });
        await client.GetAsync(made.Headers.Location!.ToString());
        using var renamed = await client.PostAsync($"{made.Headers.Location}/rename", new() { ["name"] = "Kasse" });

        Assert.Contains("Wähle mindestens ein", await client.ReadAsync(refused), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, renamed.StatusCode);
        Assert.Contains("„Kasse“", (await client.GetAsync(renamed.Headers.Location!.ToString())).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/admin/sign-in?return=%2Fadmin%2Faccount", "/admin/sign-in?return=%2Fadmin%2Faccount")]
    [InlineData("/admin/sign-in/code", "/admin/sign-in/code")]
    [InlineData("//evil.example/admin", "/admin")]
    [InlineData("https://evil.example/admin", "/admin")]
    [InlineData("/admin/\\evil.example", "/admin")]
    public async Task Is_chosen_before_signing_in_without_being_led_elsewhere(string from, string to)
    {
        using var stranger = OperatorClient.Stranger(accounts.Server);
        await stranger.GetAsync("/admin/sign-in");

        using var chosen = await stranger.PostAsync("/admin/look", new() { ["locale"] = "de", ["return"] = from });

        Assert.Equal(to, chosen.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Can_be_changed_on_a_page_that_answered_a_form()
    {
        var (client, _) = await accounts.JoinAsync("developer");
        using var _client = client;
        await client.GetAsync("/admin/t/default/keys/new");

        using var refused = await client.PostAsync("/admin/t/default/keys", new() { ["name"] = "shop" });

        Assert.Contains("name=\"return\" value=\"/admin/t/default/keys\"", await client.ReadAsync(refused), StringComparison.Ordinal);
    }
}
