using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Waybill.Server.Specs.Accounts;

namespace Waybill.Server.Specs.RacketBook;

/// <summary>What people of a stringer's tenant may do in the stringer's book, by their role there.</summary>
[Collection(nameof(Shop))]
public sealed class Roles_in_a_book(Shop shop)
{
    [Fact]
    public async Task A_viewer_reads_it_and_changes_nothing()
    {
        using var bea = await shop.JoinAsync();
        var (tenant, order) = (shop.Newest, await Shop.WriteJobAsync(bea, Shop.Job(("then", "strung"))));
        using var vic = await shop.JoinAsync(tenant, "viewer");

        using var marked = await vic.PostAsync(order + "/days/returned", []);
        using var resent = await vic.PostAsync(order + "/resend", []);
        using var removed = await vic.PostAsync(await ClientOfAsync(vic, order) + "/remove", []);
        using var patched = await PatchAsync(vic, order);

        foreach (var answer in (HttpResponseMessage[])[marked, resent, removed])
            Assert.Equal(
                (HttpStatusCode.Forbidden, true),
                (answer.StatusCode,
                    (await vic.ReadAsync(answer)).Contains("You may read this book and change nothing in it", StringComparison.Ordinal)));
        Assert.Equal(
            (HttpStatusCode.Forbidden, "read_only"),
            (patched.StatusCode, (await patched.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()));
        Assert.Contains("Receipt emitted 1 time", (await bea.GetAsync(order)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_viewer_is_shown_no_button_and_no_form()
    {
        using var bea = await shop.JoinAsync();
        var (tenant, order) = (shop.Newest, await Shop.WriteJobAsync(bea, Shop.Job(("then", "strung"))));
        using var vic = await shop.JoinAsync(tenant, "viewer");

        var (client, racket) = (await ClientOfAsync(vic, order),
            Regex.Match(
                (await vic.GetAsync("/racketbook/catalogue")).Text, "/racketbook/catalogue/rackets/[0-9a-f-]{36}", RegexOptions.None,
                TimeSpan.FromSeconds(1)).Value);
        foreach (var path in (string[])["/racketbook", "/racketbook/orders", order, "/racketbook/clients", client, "/racketbook/catalogue",
            racket, "/racketbook/settings"])
        {
            var (status, page) = await vic.GetAsync(path);
            var offers = PageForms.In(page).Where(form => form.Method == "post").Select(form => form.Action)
                .Where(action => action.StartsWith("/racketbook", StringComparison.Ordinal));

            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Empty(offers);
            Assert.DoesNotMatch("href=\"/racketbook/[^\"]*(/new|/edit)", page);
        }

        foreach (var form in (string[])["/racketbook/orders/new", order + "/edit", "/racketbook/clients/new"])
            Assert.Equal(HttpStatusCode.Forbidden, (await vic.GetAsync(form)).Status);
    }

    [Theory]
    [InlineData("member")]
    [InlineData("developer")]
    [InlineData("operator")]
    [InlineData("owner")]
    public async Task All_others_work_in_it(string role)
    {
        using var bea = await shop.JoinAsync();
        var (tenant, order) = (shop.Newest, await Shop.WriteJobAsync(bea, Shop.Job()));
        using var ann = await shop.JoinAsync(tenant, role);

        using var strung = await ann.PostAsync(order + "/days/strung", []);

        Assert.Equal(HttpStatusCode.SeeOther, strung.StatusCode);
    }

    [Fact]
    public async Task A_member_opens_nothing_under_admin_but_their_account()
    {
        using var bea = await shop.JoinAsync();
        foreach (var page in (string[])["overview", "messages", "messages/list", "messages.csv", "templates", "settings"])
            Assert.Equal(HttpStatusCode.Forbidden, (await bea.GetAsync($"/admin/t/{shop.Newest}/{page}")).Status);

        Assert.Equal(HttpStatusCode.OK, (await bea.GetAsync("/admin/account")).Status);
    }

    [Fact]
    public async Task An_admin_is_the_person_and_nobody_else_of_their_tenant()
    {
        using var bea = await shop.JoinAsync();
        var tenant = shop.Newest;
        await RuleAsync(tenant, "admin");
        var before = (await bea.GetAsync("/racketbook/stringers")).Status;
        foreach (var role in (string[])["viewer", "member", "developer", "operator", "owner"])
        {
            using var other = await shop.JoinAsync(tenant, role);
            using var written = await other.PostAsync($"/racketbook/clients/new?as_stringer={shop.Demo}", new() { ["first_name"] = "Eve" });

            Assert.Equal(
                (HttpStatusCode.Forbidden, HttpStatusCode.Forbidden),
                ((await other.GetAsync("/racketbook/stringers")).Status, written.StatusCode));
        }

        await RuleAsync(tenant, "stringer");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (before, (await bea.GetAsync("/racketbook/stringers")).Status));
    }

    [Fact]
    public async Task An_admin_who_is_to_come_is_one_once_they_have()
    {
        var (bea, welcome) = await shop.InviteAsync(tenant => RuleAsync(tenant, "admin"));
        using var _ = bea;
        welcome.Dispose();

        Assert.Equal(HttpStatusCode.OK, (await bea.GetAsync("/racketbook/stringers")).Status);
    }

    [Fact]
    public async Task A_proposal_is_told_to_the_admin_and_to_nobody_else_of_their_tenant()
    {
        using var bea = await shop.JoinAsync();
        var tenant = shop.Newest;
        await RuleAsync(tenant, "admin");
        using var dev = await shop.JoinAsync(tenant, "developer");
        using var other = await shop.JoinAsync();
        await other.GetAsync("/racketbook/catalogue/strings/new");
        using var made = await other.PostAsync("/racketbook/catalogue/strings/new", new() { ["model"] = "Proposed 1.25" });
        (await other.PostAsync(made.Headers.Location!.OriginalString + "/propose", [])).Dispose();

        (await dev.PostAsync("/racketbook/notices/read", [])).Dispose();
        var (told, untold) = ((await bea.GetAsync("/racketbook")).Text, (await dev.GetAsync("/racketbook")).Text);

        await RuleAsync(tenant, "stringer");
        Assert.Contains("Proposed 1.25", told, StringComparison.Ordinal);
        Assert.DoesNotContain("Proposed 1.25", untold, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("books:admin", HttpStatusCode.UnprocessableEntity)]
    [InlineData("full", HttpStatusCode.UnprocessableEntity)]
    [InlineData("books:write", HttpStatusCode.SeeOther)]
    public async Task An_operator_of_the_first_tenant_makes_no_key_that_administers(string scope, HttpStatusCode status)
    {
        var link =
            await AccountsServer.InviteAsync(shop.Owner, $"{scope.Replace(':', '.')}.keys@example.org", "operator", "/admin/t/default");
        using var client = OperatorClient.Stranger(shop.Server);
        await client.GetAsync(link);
        (await client.PostAsync(link, new() { ["name"] = "Op", ["language"] = "en", ["password"] = Shop.Password })).Dispose();
        await client.GetAsync("/admin/t/default/keys/new");

        using var made = await client.PostAsync("/admin/t/default/keys", new() { ["name"] = scope, ["scopes"] = scope });

        Assert.Equal(status, made.StatusCode);
    }

    async Task RuleAsync(string tenant, string role)
    {
        var all = await Workshop.AdminAsync(shop.Server, HttpMethod.Get, "stringers", body: null);
        var id = all.Body.GetProperty("data").EnumerateArray()
            .Single(one => one.GetProperty("email").GetString() == $"{tenant}@example.org").GetProperty("id").GetString();
        Assert.Equal(role, (await Workshop.AdminAsync(shop.Server, HttpMethod.Patch, $"stringers/{id}", new { role })).Text("role"));
    }

    static async Task<string> ClientOfAsync(OperatorClient client, string order) =>
        Regex.Match(
            (await client.GetAsync(order)).Text, "/racketbook/clients/[0-9a-f-]{36}", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;

    static async Task<HttpResponseMessage> PatchAsync(OperatorClient client, string order)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Patch,
            order.Replace("/racketbook/", "/racketbook/v1/", StringComparison.Ordinal))
        {
            Content =
                JsonContent.Create(new { labour = 1 })
        };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return await client.Http.SendAsync(request);
    }
}
