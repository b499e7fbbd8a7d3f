using Waybill.Engine.Accepting;
using Waybill.Engine.Keys;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Tenancy;
using Xunit;

namespace Waybill.Engine.Specs.Accepting;

public sealed class Repeating_a_request_on_Sqlite() : Repeating_a_request(Provider.Sqlite);

public sealed class Repeating_a_request_on_Postgres() : Repeating_a_request(Provider.Postgres)
{
    [Fact]
    public async Task Makes_one_message_of_what_comes_to_several_nodes_at_once()
    {
        var nodes = Enumerable.Range(0, 3).Select(_ => Office.NewAcceptor()).ToArray();

        // Each node meets the keys in another order, which must not make two of them wait for each other.
        var posts = Enumerable.Range(0, 300)
            .Select(i => PostAsync(nodes[i % 3], Office.Key, $"key {(i % 3 == 0 ? i / 3 : 99 - i / 3)}", body: 1));
        var acceptances = await Task.WhenAll(posts);
        foreach (var node in nodes) await node.DisposeAsync();

        Assert.Equal(100, acceptances.OfType<Acceptance.Accepted>().Count());
        Assert.Equal(200, acceptances.OfType<Acceptance.Replayed>().Count());
        Assert.Equal(100, await Office.NumberAsync("SELECT count(*) FROM messages"));
    }
}

public abstract class Repeating_a_request(Provider provider) : DatabaseContract(provider)
{
    static readonly ApiKeyId Another = new(Guid.CreateVersion7());

    [Fact]
    public async Task Makes_one_message_and_gives_all_who_asked_at_once_the_same_answer()
    {
        var acceptances = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => PostAsync("order 1"))));

        var accepted = Assert.Single(acceptances.OfType<Acceptance.Accepted>());
        Assert.All(acceptances, acceptance => Assert.Equal(accepted.Answer, Answer(acceptance)));
        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM messages"));
        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM outbox"));
    }

    [Fact]
    public async Task With_another_body_is_refused_and_does_nothing()
    {
        await PostAsync("order 1", body: 1);

        Assert.IsType<Acceptance.KeyReused>(await PostAsync("order 1", body: 2));
        Assert.IsType<Acceptance.KeyReused>(await Office.Acceptor.FindAsync(Office.Tenant, Office.Key, Key("order 1", body: 2), None));
        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM messages"));
    }

    [Fact]
    public async Task Under_another_idempotency_key_or_api_key_is_another_request()
    {
        await PostAsync("order 1");

        Assert.IsType<Acceptance.Accepted>(await PostAsync("order 2"));
        Assert.IsType<Acceptance.Accepted>(await PostAsync("order 1", apiKey: Another));
        Assert.IsType<Acceptance.Accepted>(await PostAsync("Order 1"));
        Assert.Equal(4, await Office.NumberAsync("SELECT count(*) FROM messages"));
    }

    [Fact]
    public async Task For_another_tenant_is_another_request()
    {
        var (one, other) = (Office.Tenant, await Office.TenantAsync("acme"));

        var first = await PostAsync("order 1", tenant: one);
        var second = await PostAsync("order 1", tenant: other);

        Assert.NotEqual(Answer(Assert.IsType<Acceptance.Accepted>(first)), Answer(Assert.IsType<Acceptance.Accepted>(second)));
        Assert.Equal(new Acceptance.Replayed(Answer(first)), await PostAsync("order 1", tenant: one));
        Assert.Equal(new Acceptance.Replayed(Answer(second)), await PostAsync("order 1", tenant: other));
        Assert.Equal(
            new Acceptance.Replayed(Answer(second)), await Office.Acceptor.FindAsync(other, Office.Key, Key("order 1", body: 1), None));
        Assert.Equal(2, await Office.NumberAsync("SELECT count(DISTINCT tenant_id) FROM messages"));
    }

    [Fact]
    public async Task For_several_tenants_at_once_makes_one_message_for_each()
    {
        var tenants = new[] { Office.Tenant, await Office.TenantAsync("acme"), await Office.TenantAsync("zeta") };

        var acceptances =
            await Task.WhenAll(
                Enumerable.Range(0, 90).Select(i => Task.Run(() => PostAsync($"order {i / 3 % 5}", tenant: tenants[i % 3]))));

        Assert.Equal(15, acceptances.OfType<Acceptance.Accepted>().Count());
        Assert.Equal(75, acceptances.OfType<Acceptance.Replayed>().Count());
        Assert.Equal(15, await Office.NumberAsync("SELECT count(*) FROM messages"));
    }

    [Fact]
    public async Task Leaves_a_hash_from_which_nobody_guesses_its_body()
    {
        await PostAsync("order 1", body: 1);

        var kept = await Database.ReadAsync(
            session => session.FirstAsync("SELECT request_hash FROM idempotency_keys", _ => { }, row => row.Bytes(0), None), None);
        Assert.NotEqual(Key("order 1", body: 1).RequestHash, kept);
    }

    [Fact]
    public async Task Can_be_answered_before_any_work_is_done()
    {
        Assert.Null(await Office.Acceptor.FindAsync(Office.Tenant, Office.Key, Key("order 1", body: 1), None));
        var accepted = await PostAsync("order 1");

        Assert.Equal(
            new Acceptance.Replayed(Answer(accepted)),
            await Office.Acceptor.FindAsync(Office.Tenant, Office.Key, Key("order 1", body: 1), None));
        Assert.Null(await Office.Acceptor.FindAsync(Office.Tenant, Another, Key("order 1", body: 1), None));
    }

    [Fact]
    public async Task Is_remembered_for_24_hours_and_then_forgotten()
    {
        var first = await PostAsync("order 1");
        var janitor = Office.NewJanitor();

        Office.Clock.Advance(TimeSpan.FromHours(24));
        await janitor.CleanAsync(Database, None);
        Assert.Equal(new Acceptance.Replayed(Answer(first)), await PostAsync("order 1"));

        Office.Clock.Advance(TimeSpan.FromMinutes(1));
        await janitor.CleanAsync(Database, None);
        Assert.NotEqual(Answer(first), Answer(Assert.IsType<Acceptance.Accepted>(await PostAsync("order 1"))));
    }

    Task<Acceptance> PostAsync(string key, int body = 1, ApiKeyId? apiKey = null, TenantId? tenant = null) =>
        PostAsync(Office.Acceptor, apiKey ?? Office.Key, key, body, tenant);

    internal Task<Acceptance> PostAsync(Acceptor acceptor, ApiKeyId apiKey, string key, int body, TenantId? tenant = null) =>
        acceptor.AcceptAsync(
            tenant ?? Office.Tenant, apiKey, [Letter.To("ada@example.org")], Key(key, body), ids => $"{{\"id\":\"{ids[0]}\"}}");

    static IdempotencyKey Key(string key, byte body) => new(key, [.. Enumerable.Repeat(body, 32)]);

    static IdempotencyKey Key(string key, int body) => Key(key, checked((byte)body));

    static string Answer(Acceptance acceptance) => acceptance switch
    {
        Acceptance.Accepted(_, var answer) => answer,
        Acceptance.Replayed(var answer) => answer,
        _ => "refused",
    };
}
