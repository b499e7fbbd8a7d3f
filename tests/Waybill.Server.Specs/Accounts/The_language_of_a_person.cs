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
