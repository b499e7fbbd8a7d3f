using Waybill.Engine.Accepting;
using Waybill.Engine.Keys;
using Waybill.Engine.Messages;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Xunit;

namespace Waybill.Engine.Specs.Accepting;

public sealed class Requests_from_before_the_tenant_was_in_their_key_on_Sqlite()
    : Requests_from_before_the_tenant_was_in_their_key(Provider.Sqlite);

public sealed class Requests_from_before_the_tenant_was_in_their_key_on_Postgres()
    : Requests_from_before_the_tenant_was_in_their_key(Provider.Postgres);

/// <summary>A key is good for 24 hours, whatever was installed meanwhile.</summary>
public abstract class Requests_from_before_the_tenant_was_in_their_key(Provider provider)
{
    static readonly byte[] Hash = [.. Enumerable.Repeat((byte)1, 32)];

    readonly TenantId mine = new(Guid.CreateVersion7());
    readonly TenantId theirs = new(Guid.CreateVersion7());
    readonly ApiKeyId own = new(Guid.CreateVersion7());
    readonly ApiKeyId ofTheInstance = new(Guid.CreateVersion7());

    static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Are_known_again_after_the_upgrade()
    {
        await using var fresh = await FreshDatabase.CreateAsync(provider);
        var database = fresh.Open(Noon.Clock());
        await FreshDatabase.MigrateAsync(database, before: 16);
        var (single, batch) = (MessageId.New(Noon.Clock()), MessageId.New(Noon.Clock()));
        await database.WriteAsync("rows of before", session => WriteAsync(session, single, batch), None);

        await FreshDatabase.MigrateAsync(database);

        Assert.Equal("by a key of the tenant", await AnswerAsync(database, own, mine));
        Assert.Contains($"{single}", await AnswerAsync(database, ofTheInstance, mine, "single"), StringComparison.Ordinal);
        Assert.Contains($"{batch}", await AnswerAsync(database, ofTheInstance, theirs, "batch"), StringComparison.Ordinal);
        Assert.Null(await AnswerAsync(database, ofTheInstance, theirs, "single"));
        Assert.Null(await AnswerAsync(database, ofTheInstance, mine, "nothing was made"));
    }

    static async Task<string?> AnswerAsync(
        IDatabase database, ApiKeyId apiKey, TenantId tenant, string key = "order 1") => await database.ReadAsync(
        session => PostingRows.FindAnswerAsync(session, new(apiKey, tenant, key, Hash: new byte[32], PlainHash: Hash)),
        None) is Acceptance.Replayed(var answer)
        ? answer
        : null;

    async ValueTask<int> WriteAsync(Session session, MessageId single, MessageId batch)
    {
        foreach (var (id, tenant) in ((ApiKeyId, TenantId?)[])[(own, mine), (ofTheInstance, null)])
        {
            await session.ExecuteAsync(
                "INSERT INTO api_keys (id, tenant_id, name, hash, scopes, created_at) VALUES ($1, $2, 'x', $3, 'full', $4)",
                p => p.Id(id.Value).Id(tenant?.Value).Bytes(id.Value.ToByteArray()).Instant(Noon.Clock().GetUtcNow()),
                None);
        }

        foreach (var (id, tenant) in ((MessageId, TenantId)[])[(single, mine), (batch, theirs)])
        {
            await session.ExecuteAsync(
                """
                INSERT INTO messages (id, tenant_id, stream, status, header_id, sender, subject, accepted_at, salt, row_hash)
                VALUES ($1, $2, 'api', 'queued', 'x', 'x', 'x', $3, $4, $4)
                """,
                p => p.Id(id.Value).Id(tenant.Value).Instant(Noon.Clock().GetUtcNow()).Bytes([1]),
                None);
        }

        await KeepAsync(session, own, "order 1", "by a key of the tenant");
        await KeepAsync(session, ofTheInstance, "single", $$"""{"id":"{{single}}"}""");
        await KeepAsync(session, ofTheInstance, "batch", $$"""{"data":[{"id":"{{batch}}"}]}""");
        return await KeepAsync(session, ofTheInstance, "nothing was made", $$"""{"id":"{{MessageId.New(Noon.Clock())}}"}""");
    }

    static ValueTask<int> KeepAsync(Session session, ApiKeyId apiKey, string key, string answer) => session.ExecuteAsync(
        "INSERT INTO idempotency_keys (api_key_id, key, request_hash, answer, accepted_at) VALUES ($1, $2, $3, $4, $5)",
        p => p.Id(apiKey.Value).Text(key).Bytes(Hash).Text(answer).Instant(Noon.Clock().GetUtcNow()),
        None);
}
