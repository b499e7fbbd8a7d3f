using System.Net;

namespace Waybill.Server.Specs.RacketBook;

public sealed class What_admins_decide_about_stringers(SharedServer shared)
{
    [Fact]
    public async Task A_closed_book_lets_admins_in_and_nobody_else()
    {
        var shop = await OpenAsync();
        var order = await shop.OrderAsync(await shop.ClientAsync(null));
        var closed = await RuleAsync(shop, new { status = "disabled" });
        var (outside, inside) = (await shop.GetAsync($"orders/{order}"), await shop.AsAdminAsync(HttpMethod.Get, $"orders/{order}"));
        var opened = await RuleAsync(shop, new { status = "active" });

        Assert.Equal((HttpStatusCode.OK, "disabled"), (closed.Status, closed.Text("status")));
        Assert.Equal((HttpStatusCode.Forbidden, "book_closed"), (outside.Status, outside.Text("code")));
        Assert.Equal(HttpStatusCode.OK, inside.Status);
        Assert.Equal((HttpStatusCode.OK, "active"), (opened.Status, opened.Text("status")));
        Assert.Equal(HttpStatusCode.OK, (await shop.GetAsync($"orders/{order}")).Status);
    }

    [Fact]
    public async Task An_admins_key_for_their_own_book_opens_no_other()
    {
        var (shop, other) = (await OpenAsync(), await OpenAsync());
        var ruled = await RuleAsync(shop, new { role = "admin" });

        Assert.Equal((HttpStatusCode.OK, "admin"), (ruled.Status, ruled.Text("role")));
        Assert.Equal(HttpStatusCode.Forbidden, (await shop.GetAsync($"orders?as_stringer={other.Id}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await shop.GetAsync("stringers")).Status);
    }

    [Fact]
    public async Task What_is_no_decision_is_told_so()
    {
        var shop = await OpenAsync();

        Assert.Equal("role:choice.odd status:choice.odd", (await RuleAsync(shop, new { role = "king", status = "gone" })).Faults);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await Workshop.AdminAsync(shop.Server, HttpMethod.Patch, $"stringers/{Guid.Empty}", new { role = "admin" })).Status);
    }

    async Task<Workshop> OpenAsync() => await Workshop.OpenAsync(await shared.ServerAsync());

    static Task<Answer> RuleAsync(Workshop shop, object body) =>
        Workshop.AdminAsync(shop.Server, HttpMethod.Patch, $"stringers/{shop.Id}", body);
}
