using System.Net;

namespace Waybill.Server.Specs.RacketBook;

public sealed class Other_peoples_books(SharedServer shared)
{
    [Fact]
    public async Task Only_an_admin_names_another_stringer_and_that_is_written_down()
    {
        var server = await shared.ServerAsync();
        var (mine, other) = (await Workshop.OpenAsync(server), await Workshop.OpenAsync(server));

        Assert.Equal(HttpStatusCode.Forbidden, (await mine.GetAsync($"orders?as_stringer={other.Id}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await mine.GetAsync("stringers")).Status);
        Assert.Equal(HttpStatusCode.OK, (await other.AsAdminAsync(HttpMethod.Get, "orders")).Status);
        using var nothing = await server.Client.GetAsync(new Uri($"/racketbook/v1/orders?as_stringer={Guid.Empty}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        using var owner = await OperatorClient.EnterAsync(server);
        var (_, audit) = await owner.GetAsync($"/admin/t/{other.Stringer.GetProperty("email").GetString()!.Split('@')[0]}/audit");
        Assert.Contains("GET /racketbook/v1/orders", audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_hold_ones_own_and_what_all_share()
    {
        var server = await shared.ServerAsync();
        var (mine, other) = (await Workshop.OpenAsync(server), await Workshop.OpenAsync(server));
        var ids = await ThingsOfAsync(other);
        var racket = await other.RacketAsync("Shared 100");
        var proposal = (await other.PostAsync("submissions", new { kind = "racket", row_id = racket })).Id;
        var before = (await mine.GetAsync("rackets?limit=100")).Said;
        await other.AsAdminAsync(HttpMethod.Post, $"submissions/{proposal}/promote");

        Assert.DoesNotContain(racket, before, StringComparison.Ordinal);
        Assert.Contains(racket, (await mine.GetAsync("rackets?limit=100")).Said, StringComparison.Ordinal);
        foreach (var list in (string[])["orders", "clients", "rackets", "strings", "submissions", "notices"])
            foreach (var id in (string[])[ids("orders"), ids("clients"), ids("rackets"), ids("strings"), proposal])
                Assert.DoesNotContain(
                    id, (await mine.GetAsync($"{list}?limit=100".Replace("notices?limit=100", "notices", StringComparison.Ordinal))).Said,
                    StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_read_without_a_stringer() => Assert.Throws<ArgumentException>(() => new Waybill.RacketBook.Tenancy.StringerScope(
        Engine.Tenancy.TenantId.Everybody, Engine.Audit.Actor.CommandLine, Guid.Empty, Waybill.Engine.Acting.ActorKind.Member, ""));

    static async Task<Func<string, string>> ThingsOfAsync(Workshop other)
    {
        var client = await other.ClientAsync("someone@example.net");
        var racket = await other.RacketAsync();
        var things = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["orders"] = await other.OrderAsync(client, racket),
            ["clients"] = client,
            ["rackets"] = racket,
            ["strings"] = (await other.PostAsync("strings", new { model = "RPM Blast" })).Id,
            ["submissions"] = (await other.PostAsync("submissions", new { kind = "racket", row_id = racket })).Id,
        };
        return kind => things.GetValueOrDefault(kind, things["orders"]);
    }
}
