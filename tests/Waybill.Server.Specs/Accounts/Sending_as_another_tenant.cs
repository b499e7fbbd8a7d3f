using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Waybill.Server.Specs.RacketBook;
using Waybill.Server.Specs.Relays;

namespace Waybill.Server.Specs.Accounts;

/// <summary>The key and the people of a tenant that is not the operator's, by the relay of the instance.</summary>
[Collection(nameof(AccountsServer))]
public sealed class Sending_as_another_tenant(AccountsServer accounts)
{
    const string Forged = "Waybill <op@instance.example>";
    const string Own = "Elsewhere <post@elsewhere.test>";
    const string Operator = "op@localhost"; // the domain of SMTP_FROM here

    [Fact]
    public async Task Is_refused_with_the_words_that_Resends_clients_know_until_an_operator_grants_the_domain()
    {
        using var theirs = await ClientAsync();
        await ShouldBeRefusedAsync(await theirs.PostAsJsonAsync("/emails", Mail(Forged)), "instance.example");
        await ShouldBeRefusedAsync(await theirs.PostAsJsonAsync("/emails/batch", new[] { Mail(Own), Mail(Forged) }), "elsewhere.test");

        await GrantAsync(["elsewhere.test"]);
        using (var sent = await theirs.PostAsJsonAsync("/emails", Mail(Own))) Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        await ShouldBeRefusedAsync(await theirs.PostAsJsonAsync("/emails", Mail(Forged)), "instance.example");
        using var batch = new HttpRequestMessage(
            HttpMethod.Post, "/emails/batch")
        { Content = JsonContent.Create(new[] { Mail(Forged), Mail(Own) }) };
        batch.Headers.Add("x-batch-validation", "permissive");
        using var some = await theirs.SendAsync(batch);
        using var answer = JsonDocument.Parse(await some.Content.ReadAsStringAsync());
        Assert.Equal(
            (1, 0),
            (answer.RootElement.GetProperty("data").GetArrayLength(),
                answer.RootElement.GetProperty("errors")[0].GetProperty("index").GetInt32()));

        await GrantAsync(null);
        await ShouldBeRefusedAsync(await theirs.PostAsJsonAsync("/emails", Mail(Own)), "elsewhere.test");
    }

    [Fact]
    public async Task Is_refused_when_a_template_speaks_in_the_name_of_the_instance()
    {
        using var theirs = await ClientAsync();
        var alias = $"reset-{Guid.CreateVersion7():N}";
        using (var made =
            await theirs.PostAsJsonAsync(
                "/templates", new { name = "Reset", alias, subject = "Choose a new password", html = "<p>Click.</p>" })) Assert.True(
                    made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        using (var published = await theirs.PostAsync($"/templates/{alias}/publish", null)) Assert.True(published.IsSuccessStatusCode);

        using var answer = await theirs.PostAsJsonAsync("/emails", new { to = "ada@example.org", template = new { id = alias } });

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Is_granted_by_an_instance_key_alone_and_seen_by_the_tenant()
    {
        using var theirs = await ClientAsync();
        using var instance = await accounts.Server.ClientOfTheInstanceAsync();
        instance.DefaultRequestHeaders.Remove("Waybill-Tenant");
        instance.DefaultRequestHeaders.Add("Waybill-Tenant", "elsewhere");

        using (var own = await theirs.PatchAsJsonAsync("/v1/tenants/elsewhere", new { sender_domains = new[] { "*" } })) Assert.Equal(
            HttpStatusCode.Forbidden, own.StatusCode);
        using (var another = await theirs.GetAsync("/v1/tenants/default")) Assert.Equal(HttpStatusCode.NotFound, another.StatusCode);
        using (var wrong =
            await instance.PatchAsJsonAsync("/v1/tenants/elsewhere", new { sender_domains = new[] { "no domain" } })) Assert.Equal(
                (HttpStatusCode)422, wrong.StatusCode);
        using (var done =
            await instance.PatchAsJsonAsync(
                "/v1/tenants/elsewhere", new { sender_domains = new[] { "Elsewhere.TEST.", "*.elsewhere.test" } })) Assert.True(
                    done.IsSuccessStatusCode, await done.Content.ReadAsStringAsync());
        var seen = await theirs.GetFromJsonAsync<JsonElement>("/v1/tenants/elsewhere");
        await GrantAsync(null);

        Assert.Equal("""["elsewhere.test","*.elsewhere.test"]""", seen.GetProperty("sender_domains").GetRawText());
        Assert.True(seen.GetProperty("sender_domains_are_set").GetBoolean());
    }

    [Fact]
    public async Task Is_granted_on_the_page_by_operators_of_the_instance_alone()
    {
        const string page = "/admin/t/elsewhere/settings";
        using var owner = (await accounts.JoinAsync("owner", "/admin/t/elsewhere")).Client;
        Assert.DoesNotContain("settings/senders", (await owner.GetAsync(page)).Text, StringComparison.Ordinal);
        using (var refused = await owner.PostAsync(page + "/senders", new() { ["sender_domains"] = "*" })) Assert.Equal(
            HttpStatusCode.Forbidden, refused.StatusCode);

        using var operators = (await accounts.JoinAsync("operator", "/admin/instance")).Client;
        await operators.GetAsync(page);
        using (var wrong = await operators.PostAsync(page + "/senders", new() { ["sender_domains"] = "a.test\nno_domain" })) Assert.Equal(
            (HttpStatusCode)422, wrong.StatusCode);
        using (var done = await operators.PostAsync(page + "/senders", new() { ["sender_domains"] = "a.test\r\n*.b.test" })) Assert.Equal(
            HttpStatusCode.SeeOther, done.StatusCode);
        var seen = (await owner.GetAsync(page)).Text;
        await GrantAsync(null);

        Assert.Contains("a.test, *.b.test", seen, StringComparison.Ordinal);
    }

    /// <summary>A stringer's key, a brand that calls itself the operator, and a receipt to whoever is entered as a client.</summary>
    [Fact]
    public async Task Is_not_reached_by_way_of_a_receipt()
    {
        var shop = await Workshop.OpenAsync(accounts.Server);
        await shop.BrandAsync(new { sender_address = Operator, sender_name = "Ann", support_email = Operator });

        var shipped = await EmitAsync(shop, accounts.NewEmail());
        Assert.Equal("sent", shipped.Emit.GetProperty("delivery_status").GetString());
        var mail = Assert.Single(accounts.MailsTo(shipped.To));
        Assert.Matches("(?m)^From: Ann <waybill@localhost>", mail);

        await shop.PublishAsync("racketbook.receipt", "Choose a new password", "Click.");
        var forged = await EmitAsync(shop, accounts.NewEmail());
        Assert.Equal(
            ("failed", "SenderNotGranted"),
            (forged.Emit.GetProperty("delivery_status").GetString(), forged.Emit.GetProperty("error_class").GetString()));
        Assert.Empty(accounts.MailsTo(forged.To));
    }

    static async Task<(string To, JsonElement Emit)> EmitAsync(Workshop shop, string to)
    {
        var order = await shop.OrderAsync(await shop.ClientAsync(to));
        await shop.StringAsync(order);
        return (to, Assert.Single(await shop.EmitsAsync(order)));
    }

    async Task<HttpClient> ClientAsync() =>
        accounts.Server.ClientWith(await accounts.Server.MakeKeyAsync("elsewhere"));

    async Task GrantAsync(string[]? domains)
    {
        using var instance = await accounts.Server.ClientOfTheInstanceAsync();
        instance.DefaultRequestHeaders.Remove("Waybill-Tenant");
        instance.DefaultRequestHeaders.Add("Waybill-Tenant", "elsewhere");
        using var answer = await instance.PatchAsJsonAsync("/v1/tenants/elsewhere", new { sender_domains = domains });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    static object Mail(string from) => new { from, to = "ada@example.org", subject = "Choose a new password", text = "Here." };

    static async Task ShouldBeRefusedAsync(HttpResponseMessage answer, string domain)
    {
        using (answer)
        {
            var error = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal((HttpStatusCode.Forbidden, "validation_error"), (answer.StatusCode, error.GetProperty("name").GetString()));
            Assert.Contains(
                $"The {domain} domain is not granted to the tenant elsewhere", error.GetProperty("message").GetString(),
                StringComparison.Ordinal);
        }
    }
}
