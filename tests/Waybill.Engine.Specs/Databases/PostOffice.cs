using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Waybill.Books;
using Waybill.Engine.Accepting;
using Waybill.Engine.Brands;
using Waybill.Engine.Catalogue;
using Waybill.Engine.Composing;
using Waybill.Engine.Journal;
using Waybill.Engine.Keys;
using Waybill.Engine.Leasing;
using Waybill.Engine.Messages;
using Waybill.Engine.Nodes;
using Waybill.Engine.Outbox;
using Waybill.Engine.Relays;
using Waybill.Engine.Requests;
using Waybill.Engine.Routing;
using Waybill.Engine.Secrets;
using Waybill.Engine.Storage;
using Waybill.Engine.Suppression;
using Waybill.Engine.Tenancy;
using Waybill.Mime.Addresses;
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
        Streams = NewStreams();
        Suppressions = new(Database, clock);
        Outbox = Node("here");
        Lane = new(Outbox, clock);
        Intake = new(Streams, Links, Lane, Wakeup, clock, AcceptorLog);
        Acceptor = NewAcceptor();
        Journal = new(Database);
        Content = new(Database, clock);
        Attachments = new(Content, new Engine.Composing.DocumentKinds([Receipt]));
        Composer = new(Attachments, Master, clock);
        Tenants = new(Database, clock);
        Brands = new(Database, clock);
        Requests = new(Database, clock, NullLogger<RequestLog>.Instance);
        Publishing = new(Database);
        AccountTemplates = new(Books.SelectMany(book => book.AccountTemplates).Select(alias => new AccountTemplate(alias)));
        Templates = new(Database, Publishing, AccountTemplates, clock);
        var compiled = new CompiledTemplates();
        var sender = Sender;
        var unnamed = new UnnamedBrand(sender);
        Writer =
            new(
                Templates, AccountTemplates, compiled, Brands, unnamed,
                new BrandSender(new RelayTable(Database, Master, clock), sender, new(Database, clock), Tenants), Tenants, Streams, Links,
                Master, clock);
        Recomposing = new(Templates, AccountTemplates, compiled, Brands, unnamed, Tenants);
        Previewing = new(Publishing, Brands, unnamed, Tenants);
        Relays = new(Database, Master, clock);
    }

    /// <summary>A kind of document that gives its data's <c>number</c> back.</summary>
    public static DocumentKind Receipt { get; } =
        new("specs.receipt", 1, "text/plain", data => Encoding.UTF8.GetBytes($"Receipt {data.GetProperty("number").GetString()}\n"));

    public static async Task<PostOffice> OpenAsync(Provider provider, ManualClock? clock = null, Func<IDatabase, IDatabase>? around = null)
    {
        var office = new PostOffice(await FreshDatabase.CreateMigratedAsync(provider), clock ?? Noon.Clock(), around);
        office.Tenant = await office.TenantAsync(Waybill.Engine.Tenancy.Tenants.First);
        return office;
    }

    /// <summary>The streams of the engine and of all books.</summary>
    public static IReadOnlyList<Book> Books { get; } = [RacketBook.RacketBookBook.Book, Keysat.KeysatBook.Book, Kyora.KyoraBook.Book];

    public ManualClock Clock { get; }

    public IDatabase Database { get; }

    /// <summary>Where the database is.</summary>
    public string Place => fresh.Place;

    public Acceptor Acceptor { get; }

    public MessageIntake Intake { get; }

    public AccountTemplates AccountTemplates { get; }

    public StreamTable Streams { get; }

    public SuppressionList Suppressions { get; }

    public InlineLane Lane { get; }

    public MessageOutbox Outbox { get; }

    /// <summary>What acceptance wrote to the log.</summary>
    public KeptLog<MessageIntake> AcceptorLog { get; } = new();

    public UnsubscribeLinks Links { get; } = new(
        DataKeys.FromMaster(MasterKey.Parse(Convert.ToBase64String(new byte[32]))), new Uri("https://mail.example.org"));

    public MessageJournal Journal { get; }

    public ContentStore Content { get; }

    public Composer Composer { get; }

    public AttachmentContent Attachments { get; }

    public DataKeys Master { get; } =
        DataKeys.FromMaster(MasterKey.Parse(Convert.ToBase64String([.. Enumerable.Range(1, 32).Select(n => (byte)n)])));

    public Tenants Tenants { get; }

    public BrandBook Brands { get; }

    public TemplateStore Templates { get; }

    public Publishing Publishing { get; }

    public MailWriter Writer { get; }

    public Recomposing Recomposing { get; }

    public Previewing Previewing { get; }

    public RequestLog Requests { get; }

    public RelayTable Relays { get; }

    public DefaultSender Sender { get; } = new(Mailbox.Parse("Corner Shop <shop@example.com>"), ["example.com"]);

    public Wakeup Wakeup { get; } = new();

    public TenantId Tenant { get; private set; }

    public ApiKeyId Key { get; } = new(Guid.CreateVersion7());

    /// <summary>The database once more, after it was closed.</summary>
    public IDatabase OpenAgain() => fresh.Open(Clock);

    public async Task<TenantId> TenantAsync(string name) => (await Tenants.EnsureAsync(name, CancellationToken.None)).Id;

    /// <summary>Another node's outbox. On PostgreSQL it has connections of its own.</summary>
    public MessageOutbox Node(string name)
    {
        var outbox = new MessageOutbox(Database.Writers > 1 && nodes.Count > 0 ? fresh.Open(Clock) : Database, name, Clock);
        nodes.Add(outbox);
        return outbox;
    }

    /// <summary>Another acceptor on the same database.</summary>
    public Acceptor NewAcceptor(IDatabase? database = null) => new(database ?? Database, Intake, Master, Clock);

    public Janitor NewJanitor() => new(Content, Requests, Clock);

    public Retention NewRetention() => new(Streams, new Tenants(Database, Clock), Clock, NullLogger<Retention>.Instance);

    /// <summary>The table of streams as another node has it.</summary>
    public StreamTable NewStreams() => new(Database, Books.SelectMany(book => book.Streams), Clock, NullLogger<StreamTable>.Instance);

    /// <summary>Takes in one message and tells where it stands.</summary>
    public async Task<Standing> StandingAsync(NewMessage message) =>
        ((Acceptance.Accepted)await Acceptor.AcceptAsync(Tenant, Key, [message], key: null, _ => "{}")).Standings.Single();

    /// <summary>Puts addresses on the tenant's suppression list.</summary>
    public Task SuppressAsync(params string[] addresses) =>
        Suppressions.AddAsync(
            Tenant, [.. addresses.Select(Address.Parse)], SuppressionOrigin.Bounce, stream: null, source: null, CancellationToken.None);

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

    /// <summary>A claim whose attempt is open, of a message that is taken in for it.</summary>
    public async Task<Claim> BeginOneAfterAsync(Task<MessageId> acceptance)
    {
        var message = await acceptance;
        var claim = (await Outbox.ClaimAsync(10, CancellationToken.None)).Single(one => one.Message == message);
        Assert.True(await Outbox.BeginAsync(Begun(claim)));
        return claim;
    }

    public Beginning Begun(Claim claim) =>
        new(
            claim, "relay", Clock.GetUtcNow(), new Composition(1, "<id@example.com>", Clock.GetUtcNow(), "boundary"), new byte[32],
            BytesSize: 100);

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
