using System.Runtime.InteropServices;
using Waybill.Engine.Leasing;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Xunit;

namespace Waybill.Engine.Specs.Leasing;

public sealed class A_queue_of_ones_own_on_Sqlite() : A_queue_of_ones_own(Provider.Sqlite);

public sealed class A_queue_of_ones_own_on_Postgres() : A_queue_of_ones_own(Provider.Postgres);

/// <summary>A queue that is neither the outbox nor the bus: calls to an endpoint, with attempts, as webhooks would have it.</summary>
public abstract class A_queue_of_ones_own(Provider provider) : DatabaseContract(provider)
{
    static readonly TimeSpan JustOver = Lease.Length + TimeSpan.FromMilliseconds(1);

    static readonly LeasedRows<long, Endpoint, Call> Rows = new(new(
        "calls", RowKey.Number("id"), Claimed: "calling", "id, share, attempt, token", row => new(
            row.Number(0), Endpoint.Read(row.Bytes(1)), row.Count(2) + 1, row.Number(3)))
    {
        MayGoOn = "attempt < 2",
    });

    static readonly string Done = Rows.Fenced("state = 'done', owner = NULL, lease_until = NULL, attempt = $3");

    readonly Endpoint one = new(new TenantId(Guid.CreateVersion7()), Number: 1);
    readonly Endpoint other = new(new TenantId(Guid.CreateVersion7()), Number: 2);

    LeasedQueue<long, Endpoint, Call> mine = null!;
    LeasedQueue<long, Endpoint, Call> theirs = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        mine = new(Rows, Database, "mine", Office.Clock);
        theirs = new(Rows, Database, "theirs", Office.Clock);
        var (instant, bytes) = Provider == Provider.Sqlite ? ("INTEGER", "BLOB") : ("timestamptz", "bytea");
        await RunAsync(
            $"""
            CREATE TABLE calls (
                id bigint NOT NULL PRIMARY KEY, share {bytes} NOT NULL, state text NOT NULL, due_at {instant} NOT NULL, wait bigint NOT NULL,
                attempt bigint NOT NULL, token bigint NOT NULL, owner text, lease_until {instant}, settled_at {instant}, reason text)
            """);
        await RunAsync("CREATE INDEX calls_due ON calls (due_at, id) WHERE state = 'queued'");
        await RunAsync("CREATE INDEX calls_shares ON calls (share, due_at, id) WHERE state = 'queued'");
    }

    [Fact]
    public async Task Claims_what_is_due_once_and_as_each_share_has_places()
    {
        await QueueAsync(one, 1, 2, 3);
        await QueueAsync(other, 4);

        var first = await mine.ClaimAsync([(one, 2), (other, 2)], None);
        var second = await theirs.ClaimAsync([(one, 2), (other, 2)], None);

        Assert.Equal([1, 2, 4], first.Select(call => call.Id));
        Assert.Equal([3], second.Select(call => call.Id));
        Assert.All(first, call => Assert.Equal((1, 1), (call.Attempt, call.Token)));
    }

    [Fact]
    public async Task Says_what_is_due_and_when_the_next_is()
    {
        await QueueAsync(one, 1, 2);
        await QueueAsync(other, 3);
        await mine.HandBackAsync(await mine.ClaimAsync([(other, 1)], None), TimeSpan.FromMinutes(1), also: null, None);

        var queued = await mine.LookAsync(10, None);

        Assert.Equal((one, 2), Assert.Single(queued.Shares));
        Assert.Equal(Office.Clock.GetUtcNow().AddMinutes(1), queued.Next);
        Assert.True(queued.AreAll(2));
        Assert.False(queued.AreAll(1));
        Assert.Null((await mine.LookAsync(2, None)).Shares.Single().Due); // a full claim says nothing of what stands behind it
    }

    [Fact]
    public async Task Keeps_what_is_renewed_and_takes_over_what_is_not()
    {
        await QueueAsync(one, 1, 2);
        var kept = await mine.ClaimAsync([(one, 1)], None);
        var lost = await mine.ClaimAsync([(one, 1)], None);
        mine.LetGo(lost);
        Office.Clock.Advance(Lease.Interval);
        await mine.RenewAsync(None);
        Office.Clock.Advance(JustOver - Lease.Interval);

        Assert.Equal(1, (await theirs.SweepAsync(everyOther: false, decide: null, None)).Queued);

        Assert.Equal([2], (await theirs.ClaimAsync([(one, 9)], None)).Select(call => call.Id));
        Assert.Equal([true], await DoneAsync(kept));
        Assert.Equal([false], await DoneAsync(lost));
    }

    [Fact]
    public async Task Parks_what_it_took_over_and_may_not_go_on()
    {
        await QueueAsync(one, 1);
        await RunAsync("UPDATE calls SET attempt = 2");
        var lost = await mine.ClaimAsync([(one, 1)], None);
        Office.Clock.Advance(JustOver);

        var swept = await theirs.SweepAsync(everyOther: false, ParkAsync, None);

        Assert.Equal((0, 1), (swept.Queued, swept.Taken.Count));
        Assert.Equal("parked 2 It never came back.", await RowAsync(1));
        Assert.Equal([false], await DoneAsync(lost));
        Assert.Empty((await mine.LookAsync(10, None)).Shares);
    }

    [Fact]
    public async Task Changes_nothing_under_a_token_that_is_over()
    {
        await QueueAsync(one, 1);
        var old = await mine.ClaimAsync([(one, 1)], None);
        Assert.Equal(1, await mine.HandBackAsync(old, TimeSpan.Zero, also: null, None));
        var present = await theirs.ClaimAsync([(one, 1)], None);
        var before = await RowAsync(1);

        Assert.Equal([false], await DoneAsync(old));
        Assert.Equal(0, await mine.HandBackAsync(old, TimeSpan.FromHours(1), also: null, None));
        mine.Hold(old);
        await mine.RenewAsync(None);
        await Database.WriteAsync("park", async session =>
        {
            await ParkAsync(session, old, Office.Clock.GetUtcNow());
            return true;
        }, None);

        Assert.Equal(before, await RowAsync(1));
        Assert.Equal([true], await DoneAsync(present));
        Assert.Equal("done 1 ", await RowAsync(1));
    }

    static async ValueTask ParkAsync(Session session, IReadOnlyList<Call> calls, DateTimeOffset now) =>
        await Rows.ParkAsync(session, [.. calls.Select(call => new Parking<Call>(call, call.Attempt - 1, now, "It never came back."))]);

    Task<IReadOnlyList<bool>> DoneAsync(IReadOnlyList<Call> calls) => mine.WriteAsync("settle", async session =>
        await Rows.ChangeAsync(session, Done, calls, call => call, (p, call) => p.Number(call.Attempt)));

    Task QueueAsync(Endpoint endpoint, params long[] ids) => Database.WriteAsync("queue", session => session.ExecuteManyAsync(
        "INSERT INTO calls (id, share, state, due_at, wait, attempt, token) VALUES ($1, $2, 'queued', $3, 0, 0, 0)",
        ids,
        (p, id) => p.Number(id).Bytes(endpoint.ToBytes()).Instant(Office.Clock.GetUtcNow()),
        None), None);

    Task RunAsync(string sql) => Database.WriteAsync("run", session => session.ExecuteAsync(sql, _ => { }, None), None);

    Task<string?> RowAsync(long id) => Database.ReadAsync(session => session.FirstAsync(
        "SELECT state, attempt, reason FROM calls WHERE id = $1",
        p => p.Number(id),
        row => $"{row.Text(0)} {row.Number(1)} {row.TextOrNull(2)}",
        None), None);

    internal sealed record Call(long Id, Endpoint Share, int Attempt, long Token) : IClaim<long, Endpoint>
    {
        public long Key => Id;
    }

    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Endpoint(TenantId Tenant, byte Number) : IShare<Endpoint>
    {
        public static Endpoint Read(ReadOnlySpan<byte> bytes) => new(new TenantId(new Guid(bytes[..16], bigEndian: true)), bytes[16]);

        public byte[] ToBytes() => [.. Tenant.Value.ToByteArray(bigEndian: true), Number];
    }
}
