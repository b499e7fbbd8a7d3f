using System.Text;
using System.Xml.Linq;
using Microsoft.Extensions.Logging.Abstractions;
using Waybill.Engine.Accounts;
using Waybill.Engine.Audit;
using Waybill.Engine.Events;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Relays;
using Waybill.Engine.Secrets;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Specs.Relays;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Secrets;

/// <summary>A database with a folder of keys beside it, and one secret of each kind.</summary>
internal sealed class Vault : IAsyncDisposable
{
    static readonly TenantId Tenant = new(Guid.CreateVersion7());
    static readonly PersonId Person = new(Guid.CreateVersion7());
    static readonly EventKey Event = new(Guid.CreateVersion7());
    static readonly MessageId Message = new(Guid.CreateVersion7());

    readonly FreshDatabase fresh;
    readonly TemporaryFolder folder = new();

    Vault(FreshDatabase fresh) => (this.fresh, Database) = (fresh, fresh.Open(Clock));

    public ManualClock Clock { get; } = Noon.Clock();

    public IDatabase Database { get; }

    /// <summary>The first node's.</summary>
    public MasterKeyPlace Place => PlaceOf("here");

    public string KeyFile => FileOf("here");

    static CancellationToken None => CancellationToken.None;

    public static async Task<Vault> CreateAsync(Provider provider) => new(await FreshDatabase.CreateAsync(provider));

    public string FileOf(string node) => Path.Combine(folder.Path, node, "master.key");

    public MasterKeyPlace PlaceOf(string node) => MasterKeyPlace.InFolder(Path.Combine(folder.Path, node));

    public MasterKeyPlace PlaceWith(string node, MasterKey key)
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, node));
        File.WriteAllText(FileOf(node), key.Text);
        return PlaceOf(node);
    }

    /// <summary>The files in a node's folder.</summary>
    public string[] FilesOf(string node) => Directory.Exists(Path.Combine(folder.Path, node))
        ? [.. Directory.GetFiles(Path.Combine(folder.Path, node)).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)]
        : [];

    public Unlocking Unlocking(MasterKeyPlace place) =>
        new(Database, place, (keys, token) => AuditCheck.IsUnderAsync(Database, keys, token), Clock);

    /// <summary>What a start does.</summary>
    public async Task<DataKeys> StartAsync(MasterKeyPlace? place = null)
    {
        var unlocking = Unlocking(place ?? Place);
        await unlocking.CheckAsync(None);
        await FreshDatabase.MigrateAsync(Database);
        return await unlocking.OpenAsync(None);
    }

    /// <summary>The schema as it was before there were data keys, with secrets that were sealed with the master key itself.</summary>
    public Task MigrateToBeforeAsync() => FreshDatabase.MigrateAsync(Database, before: 16);

    public MasterKeyRotation Rotation(DataKeys keys, MasterKeyPlace? place = null, IDatabase? database = null, TimeSpan? patience = null) =>
        new(
            database ?? Database, place ?? Place, keys, new(database ?? Database, place ?? Place, keys, Clock),
            Clock)
        { Patience = patience ?? TimeSpan.Zero };

    /// <summary>Seals one secret of each kind.</summary>
    public async Task FillAsync(DataKeys keys)
    {
        await AddRelayAsync(keys, "relay");
        using var ring = new KeyRing(Database, keys, Clock);
        ring.StoreElement(XElement.Parse("<key>ring</key>"), "key-1");
        await ring.ExchangeAsync(None);
        using var accounts = Accounts(keys);
        await WriteAsync(
            "INSERT INTO people (id, email, email_key, name, language, stamp, totp_key, totp_step, version, created_at) VALUES ($1, 'x', "
                + "'x', 'x', 'en', 'x', $2, 0, 1, $3)",
            p => p.Id(Person.Value).Bytes(accounts.SealKey(Person, "totp")).Instant(Noon.Instant));
        await WriteAsync(
            """
            INSERT INTO events (id, tenant_id, source, event_id, type, data, sealed, sealed_until, fingerprint, accepted_at, salt, row_hash)
            VALUES ($1, $2, 'x', 'x', 'x', $3, $4, $5, $3, $5, $3, $3)
            """,
            p => p.Id(Event.Value).Id(Tenant.Value).Bytes([1]).Bytes(new EventSeal(keys).Seal(Event, "event"u8.ToArray()))
                .Instant(Noon.Instant));
        await WriteAsync(
            """
            INSERT INTO messages (id, tenant_id, stream, status, header_id, sender, subject, accepted_at, salt, row_hash)
            VALUES ($1, $2, 'api', 'queued', 'x', 'x', 'x', $3, $4, $4)
            """,
            p => p.Id(Message.Value).Id(Tenant.Value).Instant(Noon.Instant).Bytes([1]));
        await WriteAsync(
            "INSERT INTO snapshots (message_id, inputs, sealed, sealed_until) VALUES ($1, $2, $3, $4)",
            p => p.Id(Message.Value).Bytes([1]).Bytes(SealedParts.Seal(keys, Tenant, new("snapshot", null, null), Noon.Instant).Box)
                .Instant(Noon.Instant));
    }

    public async Task<Guid> AddRelayAsync(DataKeys keys, string name) =>
        Assert.IsType<RelayWrite.Done>(
            await new RelayTable(Database, keys, Clock).CreateAsync(tenant: null, name, Shop.Settings(), "relay", None)).Relay.Id;

    /// <summary>Every secret, opened where it is used.</summary>
    public async Task ShouldOpenWithAsync(DataKeys keys)
    {
        var relays = new RelayTable(Database, keys, Clock);
        foreach (var relay in await relays.ListAsync(tenant: null, None))
            Assert.Equal("relay", (await relays.OpenAsync(relay.Id, None))!.Value.Secret);
        using var ring = new KeyRing(Database, keys, Clock);
        await ring.ExchangeAsync(None);
        Assert.Equal("ring", Assert.Single(ring.GetAllElements()).Value);
        using var accounts = Accounts(keys);
        Assert.Equal("totp", accounts.OpenKey((await accounts.FindAsync(Person, None))!));
        Assert.Equal("event", Encoding.UTF8.GetString(new EventSeal(keys).Open(Event, await BytesAsync("SELECT sealed FROM events"))));
        Assert.Equal("snapshot", SealedParts.Open(keys, Tenant, await BytesAsync("SELECT sealed FROM snapshots")).Subject);
    }

    /// <summary>The ids of the keys that sealed what is there now.</summary>
    public async Task<string[]> SealedByAsync()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var place in SealedPlace.All)
        {
            var rows = await Database.ReadAsync(session => place.NewestAsync(session, 1000, None), None);
            found.UnionWith(rows.Select(row => Convert.ToHexString(row.Box[..4])));
        }

        return [.. found];
    }

    public Task<List<DataKeyRow>> KeysAsync() => Database.ReadAsync(session => DataKeyRows.AllAsync(session, None), None);

    public Task WriteAsync(string sql, Action<Parameters>? bind = null) =>
        Database.WriteAsync("spec", session => session.ExecuteAsync(sql, bind ?? (_ => { }), None), None);

    async Task<byte[]> BytesAsync(string sql) =>
        (await Database.ReadAsync(session => session.FirstAsync(sql, _ => { }, row => row.Bytes(0), None), None))!;

    AccountStore Accounts(DataKeys keys) => new(Database, keys, Clock, NullLogger.Instance);

    public async ValueTask DisposeAsync()
    {
        await fresh.DisposeAsync();
        folder.Dispose();
    }
}
