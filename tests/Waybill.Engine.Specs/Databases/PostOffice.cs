using System.Security.Cryptography;
using Waybill.Engine.Accepting;
using Waybill.Engine.Composing;
using Waybill.Engine.Journal;
using Waybill.Engine.Keys;
using Waybill.Engine.Messages;
using Waybill.Engine.Outbox;
using Waybill.Engine.Relays;
using Waybill.Engine.Secrets;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Databases;

/// <summary>The engine's rooms around a fresh database, on a clock that stands still; nothing delivers unless a spec does.</summary>
internal sealed class PostOffice : IAsyncDisposable
{
    readonly FreshDatabase fresh;
    readonly List<MessageOutbox> nodes = [];

    PostOffice(FreshDatabase fresh, ManualClock clock, Func<IDatabase, IDatabase>? around)
    {
        this.fresh = fresh;
        Clock = clock;
        var opened = fresh.Open(clock);
        Database = around is null ? opened : around(opened);
        Acceptor = new(Database, Wakeup, clock);
        Outbox = Node("here");
        Journal = new(Database);
        Content = new(Database, clock);
        Composer = new(Content, clock);
        Relays = new(Database, Master, clock);
    }

    public static async Task<PostOffice> OpenAsync(Provider provider, ManualClock? clock = null, Func<IDatabase, IDatabase>? around = null)
    {
        var office = new PostOffice(await FreshDatabase.CreateAsync(provider), clock ?? Noon.Clock(), around);
        await FreshDatabase.MigrateAsync(office.Database);
        office.Tenant = await office.TenantAsync(Tenants.First);
        return office;
    }

    public ManualClock Clock { get; }

    public IDatabase Database { get; }

    public Acceptor Acceptor { get; }

    public MessageOutbox Outbox { get; }

    public MessageJournal Journal { get; }

    public ContentStore Content { get; }

    public Composer Composer { get; }

    /// <summary>What secrets are sealed with.</summary>
    public MasterKey Master { get; } = MasterKey.Parse(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

    public RelayTable Relays { get; }

    public Wakeup Wakeup { get; } = new();

    public TenantId Tenant { get; private set; }

    public ApiKeyId Key { get; } = new(Guid.CreateVersion7());

    public async Task<TenantId> TenantAsync(string name) => (await new Tenants(Database, Clock).EnsureAsync(name, CancellationToken.None)).Id;

    /// <summary>Another node's outbox. On PostgreSQL it has connections of its own.</summary>
    public MessageOutbox Node(string name)
    {
        var outbox = new MessageOutbox(Database.Writers > 1 && nodes.Count > 0 ? fresh.Open(Clock) : Database, name, Clock);
        nodes.Add(outbox);
        return outbox;
    }

    /// <summary>Takes in one message without a key.</summary>
    public async Task<MessageId> AcceptAsync(NewMessage? message = null, TenantId? tenant = null) =>
        (await AcceptAsync([message ?? Letter.To("ada@example.org")], tenant)).Single();

    /// <summary>Takes in so many messages, one after the other.</summary>
    public async Task<MessageId[]> AcceptManyAsync(int count)
    {
        var ids = new MessageId[count];
        for (var i = 0; i < count; i++) ids[i] = await AcceptAsync();
        return ids;
    }

    /// <summary>Takes in these messages as one request.</summary>
    public async Task<IReadOnlyList<MessageId>> AcceptAsync(IReadOnlyList<NewMessage> messages, TenantId? tenant = null) =>
        ((Acceptance.Accepted)await Acceptor.AcceptAsync(tenant ?? Tenant, Key, messages, key: null, _ => "{}")).Ids;

    /// <summary>The only claim that can be made now.</summary>
    public async Task<Claim> ClaimOneAsync() => Assert.Single(await Outbox.ClaimAsync(10, CancellationToken.None));

    /// <summary>A claim whose attempt is open.</summary>
    public async Task<Claim> BeginOneAsync()
    {
        var claim = await ClaimOneAsync();
        Assert.True(await Outbox.BeginAsync(Begun(claim)));
        return claim;
    }

    public Beginning Begun(Claim claim) =>
        new(claim, "relay", Clock.GetUtcNow(), new Composition(1, "<id@example.com>", Clock.GetUtcNow(), "boundary"), new byte[32], BytesSize: 100);

    public async Task<MessageRecord> FindAsync(MessageId message) => (await Journal.FindAsync(Tenant, message, CancellationToken.None))!;

    public async Task<string[]> StepsAsync(MessageId message) =>
        [.. (await Journal.TimelineAsync(Tenant, message, CancellationToken.None)).Select(step => step.Step)];

    /// <summary>One number, e.g. a count of rows.</summary>
    public Task<long> NumberAsync(string sql) => NumberAsync(Database, sql);

    public static Task<long> NumberAsync(IDatabase database, string sql) => database.ReadAsync(
        session => session.FirstAsync(sql, _ => { }, row => row.Number(0), CancellationToken.None), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await Acceptor.DisposeAsync();
        foreach (var node in nodes) await node.DisposeAsync();
        Wakeup.Dispose();
        await fresh.DisposeAsync();
    }
}
