using Waybill.Engine.Messages;
using Waybill.Engine.Outbox;
using Waybill.Engine.Relays;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Tenancy;
using Xunit;

namespace Waybill.Engine.Specs.Outbox;

public sealed class Claiming_fairly_from_Sqlite() : Claiming_fairly(Provider.Sqlite);

public sealed class Claiming_fairly_from_Postgres() : Claiming_fairly(Provider.Postgres);

public abstract class Claiming_fairly(Provider provider) : DatabaseContract(provider)
{
    readonly TenantId flood = new(Guid.CreateVersion7());
    readonly TenantId single = new(Guid.CreateVersion7());

    [Fact]
    public async Task Takes_the_single_message_behind_a_tenants_flood_with_the_first_claim()
    {
        await QueueAsync(Enumerable.Repeat(Share(flood), 12_000));
        await QueueAsync([Share(single)]);

        var claims = await Office.Outbox.ClaimAsync(64, None);

        Assert.Contains(claims, claim => claim.Tenant == single);
        Assert.Equal(64 / 2, claims.Count(claim => claim.Tenant == flood));
    }

    [Fact]
    public async Task Finds_a_tenant_behind_one_that_has_ten_thousand_relays()
    {
        await QueueAsync(Enumerable.Range(0, 10_000).Select(_ => new DeliveryShare(flood, Guid.CreateVersion7(), WaitsForRelay: true)));
        var behind = new TenantId(new Guid("ffffffff-ffff-7fff-bfff-ffffffffffff"));
        await QueueAsync([Share(behind)]);
        var looks = 0;

        while (!(await Office.Outbox.Queue.LookAsync(64, None)).Shares.Any(one => one.Share.Tenant == behind)) looks++;

        Assert.InRange(looks, 0, 2);
    }

    [Fact]
    public async Task Comes_by_all_relays_of_a_tenant_in_time()
    {
        var shares = Enumerable.Range(0, 500).Select(_ => new DeliveryShare(flood, Guid.CreateVersion7(), WaitsForRelay: true)).ToHashSet();
        await QueueAsync(shares);
        await QueueAsync(Enumerable.Repeat(Share(single), 64));

        for (var look = 0; look < 40 && shares.Count > 0; look++)
            shares.ExceptWith((await Office.Outbox.Queue.LookAsync(64, None)).Shares.Select(one => one.Share));

        Assert.Empty(shares);
    }

    [Fact]
    public async Task Comes_by_all_tenants_in_time()
    {
        var tenants = Enumerable.Range(0, 400).Select(_ => Share(new TenantId(Guid.CreateVersion7()))).ToHashSet();
        await QueueAsync(Enumerable.Repeat(Share(flood), 200));
        await QueueAsync(tenants);

        for (var look = 0; look < 8 && tenants.Count > 0; look++)
            tenants.ExceptWith((await Office.Outbox.Queue.LookAsync(64, None)).Shares.Select(one => one.Share));

        Assert.Empty(tenants);
    }

    [Fact]
    public async Task Passes_by_what_is_not_due_however_much_it_is()
    {
        await QueueAsync(Enumerable.Range(0, 300).Select(_ => Share(new TenantId(Guid.CreateVersion7()))), at: Noon.Instant.AddDays(1));
        await QueueAsync([Share(single)]);

        var queued = await Office.Outbox.Queue.LookAsync(64, None);

        Assert.True(queued.IsComplete);
        Assert.Equal((Share(single), 1), Assert.Single(queued.Shares));
    }

    [Fact]
    public async Task Deals_a_claim_out_evenly()
    {
        foreach (var tenant in Enumerable.Range(0, 4).Select(_ => new TenantId(Guid.CreateVersion7())))
            await QueueAsync(Enumerable.Repeat(Share(tenant), 100));

        var claims = await Office.Outbox.ClaimAsync(64, None);

        Assert.Equal([16, 16, 16, 16], claims.CountBy(claim => claim.Tenant).Select(one => one.Value));
    }

    [Fact]
    public async Task Is_answered_by_the_index_of_shares_whatever_is_queued()
    {
        await QueueAsync(Enumerable.Repeat(Share(flood), 3_000));
        await QueueAsync([Share(single)]);

        if (Provider == Provider.Postgres)
            await Database.WriteAsync("analyze", session => session.ExecuteAsync("ANALYZE outbox", _ => { }, None), None);
        var plan = string.Join('\n', await Database.WriteAsync("explain", session => session.QueryAsync(
            (Provider == Provider.Sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + ClaimRows.Rows.ClaimStatement(session),
            p => p.Text("here").Instant(Noon.Instant).Instant(Noon.Instant).Number(64).Bytes(Share(single).ToBytes())
                .Instant(DateTimeOffset.UnixEpoch),
            row => row.Text(Provider == Provider.Sqlite ? 3 : 0),
            None), None));
        var explaining = new ExplainingDatabase(Database);
        await using var outbox = new MessageOutbox(explaining, "explained", Office.Clock);
        await outbox.Queue.LookAsync(64, None);
        var looked = string.Join('\n', explaining.Plans);

        Assert.Contains("outbox_shares", plan, StringComparison.Ordinal);
        Assert.Contains("outbox_due", looked, StringComparison.Ordinal);
        Assert.Contains("outbox_shares", looked, StringComparison.Ordinal);
        foreach (var walked in new[] { plan, looked })
        {
            Assert.DoesNotContain("SCAN outbox\n", walked + "\n", StringComparison.Ordinal);
            Assert.DoesNotContain("Seq Scan on outbox", walked, StringComparison.Ordinal);
            Assert.DoesNotContain("TEMP B-TREE", walked, StringComparison.Ordinal);
            Assert.DoesNotContain("Sort", walked, StringComparison.Ordinal);
        }
    }

    static DeliveryShare Share(TenantId tenant) => new(tenant, WellKnownRelays.Default, WaitsForRelay: true);

    /// <summary>Only the outbox: what is claimed is never loaded here.</summary>
    Task QueueAsync(IEnumerable<DeliveryShare> shares, DateTimeOffset? at = null) => Database.WriteAsync(
        "queue",
        async session =>
        {
            await session.InsertManyAsync(
                """
                INSERT INTO outbox (message_id, tenant_id, stream, due_at, wait, scheduled, attempt, begun, state, token, share)
                VALUES ($1, $2, 'api', $3, 0, 0, 0, 0, 'queued', 0, $4)
                """,
                [.. shares],
                (
                    p, share) => p.Id(MessageId.New(at ?? Noon.Instant).Value).Id(share.Tenant.Value).Instant(at ?? Noon.Instant)
                        .Bytes(share.ToBytes()),
                None);
            return true;
        },
        None);
}
