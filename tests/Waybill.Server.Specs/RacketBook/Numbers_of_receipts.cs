using System.Net;
using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.RacketBook;

public abstract class Numbers_of_receipts : IAsyncLifetime
{
    ServerProcess server = null!;

    public async ValueTask InitializeAsync() => server = await ServerProcess.StartAsync(await SettingsAsync());

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
    }

    protected abstract Task<Dictionary<string, string>> SettingsAsync();

    [Fact]
    public async Task Of_fifty_orders_strung_at_once_are_fifty_without_a_gap_and_none_is_another_stringers()
    {
        var (one, other) = (await Workshop.OpenAsync(server), await Workshop.OpenAsync(server));
        var (client, racket) = (await one.ClientAsync(null), await one.RacketAsync());
        var orders = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => one.OrderAsync(client, racket)));
        var theirs = await other.OrderAsync(await other.ClientAsync(null));

        var strung = await Task.WhenAll(orders.Select(one.StringAsync).Append(other.StringAsync(theirs)));

        Assert.All(strung, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(
            Enumerable.Range(1, 50).Select(n => FormattableString.Invariant($"{n:0000}")),
            strung[..50].Select(answer => answer.Text("receipt_number")![5..]).Order(StringComparer.Ordinal));
        Assert.EndsWith("-0001", strung[50].Text("receipt_number"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_minted_once_however_often_the_same_order_is_strung_at_once()
    {
        var shop = await Workshop.OpenAsync(server);
        var order = await shop.OrderAsync(await shop.ClientAsync(null));

        var strung = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => shop.StringAsync(order)));

        Assert.All(strung, answer => Assert.Equal((HttpStatusCode.OK, "0001"), (answer.Status, answer.Text("receipt_number")![5..])));
        Assert.Single(await shop.EmitsAsync(order));
    }

    [Fact]
    public async Task Edits_at_once_are_all_made_and_the_last_one_stays()
    {
        var shop = await Workshop.OpenAsync(server);
        var order = await shop.OrderAsync(await shop.ClientAsync(null));

        var edits = await Task.WhenAll(Enumerable.Range(1, 5).Select(n => shop.PatchAsync($"orders/{order}", new { labour = 30 + n })));

        // without If-Match the last one wins, and none is lost half-way
        Assert.All(edits, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(6, (await shop.GetAsync($"orders/{order}")).Body.GetProperty("version").GetInt32());
    }
}

public sealed class Numbers_of_receipts_on_SQLite : Numbers_of_receipts
{
    protected override Task<Dictionary<string, string>> SettingsAsync() =>
        Task.FromResult(new Dictionary<string, string>(StringComparer.Ordinal));
}

public sealed class Numbers_of_receipts_on_PostgreSQL : Numbers_of_receipts
{
    protected override async Task<Dictionary<string, string>> SettingsAsync() => new(StringComparer.Ordinal)
    {
        ["Database__Provider"] = "postgres",
        ["Database__ConnectionString"] = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync(),
    };
}
