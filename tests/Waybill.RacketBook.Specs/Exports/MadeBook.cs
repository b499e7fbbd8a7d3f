using Waybill.Engine;
using Waybill.Engine.Acting;
using Waybill.Engine.Audit;
using Waybill.Engine.Blobs;
using Waybill.Engine.Storage;
using Waybill.Engine.Storage.Postgres;
using Waybill.Engine.Storage.Sqlite;
using Waybill.Engine.Tenancy;
using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Exports;
using Waybill.RacketBook.Logos;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Stringers;
using Waybill.RacketBook.Tenancy;
using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.RacketBook.Specs.Exports;

/// <summary>A database with books in it, whose rows are written directly.</summary>
sealed class MadeBook : IAsyncDisposable
{
    internal static readonly DateTimeOffset Noon = new(2026, 4, 21, 12, 0, 0, TimeSpan.Zero);
    internal static readonly DateOnly Today = new(2026, 4, 21);

    static readonly Lazy<Task<byte[]>> Migrated = new(MigrateAsync);

    static long ids;

    readonly TemporaryFolder folder = new();

    MadeBook(byte[] file)
    {
        var path = Path.Combine(folder.Path, "waybill.db");
        File.WriteAllBytes(path, file);
        Database = SqliteDatabase.Open(path, Clock);
    }

    MadeBook(string postgres) => Database = PostgresDatabase.Open(postgres);

    internal IDatabase Database { get; }

    internal ManualClock Clock { get; } = new(Noon);

    internal IBlobStore Blobs => field ??= DiskBlobs.Open(Path.Combine(folder.Path, "blobs"), Clock);

    internal LogoShelf Logos => new(Database, Blobs, Clock);

    internal ExportDesk Exports => new(Database, Blobs, Logos, Clock);

    internal static async Task<MadeBook> CreateAsync(bool isPostgres = false)
    {
        if (!isPostgres) return new MadeBook(await Migrated.Value);
        var book = new MadeBook(await (await PostgresServer.SharedAsync()).CreateDatabaseAsync());
        await MigrateAsync(book.Database);
        return book;
    }

    /// <summary>A SQLite file with the schema in it, of which each spec gets a copy.</summary>
    static async Task<byte[]> MigrateAsync()
    {
        using var place = new TemporaryFolder();
        var path = Path.Combine(place.Path, "waybill.db");
        await using (var database = SqliteDatabase.Open(path, TimeProvider.System)) await MigrateAsync(database);
        return await File.ReadAllBytesAsync(path);
    }

    static Task MigrateAsync(IDatabase database)
    {
        var scripts = SchemaScript.Embedded(typeof(EngineServices).Assembly, "engine", database.Provider)
            .Concat(SchemaScript.Embedded(typeof(RacketBookBook).Assembly, "racketbook", database.Provider));
        return new SchemaRunner(database, TimeProvider.System).RunAsync([.. scripts], CancellationToken.None);
    }

    /// <summary>Somebody's book, with themselves as the only client.</summary>
    internal async Task<Shop> OpenShopAsync(string name = "Court Side Strings")
    {
        var stringer = new Stringer
        {
            Id = TenantId.New(TimeProvider.System),
            Email = $"{NewId():N}@strings.example",
            Status = StringerStatus.Active,
            Locale = "en",
            DisplayName = name
        };
        await WriteAsync(async session => await StringerRows.InsertAsync(session, stringer, Noon));
        var shop = new Shop(this, stringer, new StringerScope(stringer.Id, Actor.CommandLine, stringer.Id.Value, ActorKind.Member, "made"));
        return shop with
        {
            Self =
            await shop.AddAsync(new Client { Id = NewId(), Person = new() { Id = NewId(), FirstName = name }, IsSelf = true })
        };
    }

    internal Task WriteAsync(Func<Session, ValueTask> write) =>
        Database.WriteAsync("make", async session => { await write(session); return true; }, CancellationToken.None);

    internal Task<long> CountAsync(string table) => Database.ReadAsync(
        session => session.FirstAsync($"SELECT count(*) FROM {table}", _ => { }, row => row.Number(0), CancellationToken.None),
        CancellationToken.None);

    /// <summary>Each comes after the one before, also within a millisecond.</summary>
    internal static Guid NewId() => Guid.CreateVersion7(Noon.AddMilliseconds(Interlocked.Increment(ref ids)));

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        folder.Dispose();
    }
}

/// <summary>One stringer's book.</summary>
sealed record Shop(MadeBook Book, Stringer Stringer, StringerScope Scope)
{
    internal Client Self { get; init; } = null!;

    internal async Task<Client> AddAsync(Client client)
    {
        await Book.WriteAsync(session => ClientRows.InsertAsync(session, Scope, client, MadeBook.Noon));
        return client;
    }

    internal Task<Client> AddClientAsync(string first, string last, string? email = null) =>
        AddAsync(
            new Client
            {
                Id = MadeBook.NewId(),
                Person = new() { Id = MadeBook.NewId(), FirstName = first, LastName = last, Email = email }
            });

    internal async Task<Racket> AddRacketAsync(string model, Visibility visibility = Visibility.Private)
    {
        var racket = new Racket
        {
            Id = MadeBook.NewId(),
            CreatedBy = Stringer.Id,
            Visibility = visibility,
            Maker = "Wilson",
            Model = model,
            HeadSize = 98,
            Pattern = "16x19",
            Serial = "PA98_2023_45"
        };
        await Book.WriteAsync(async session => await CatalogueRows.Rackets.InsertAsync(session, racket, MadeBook.Noon));
        return racket;
    }

    internal async Task<TennisString> AddStringAsync(string model, Visibility visibility = Visibility.Private)
    {
        var one = new TennisString
        {
            Id = MadeBook.NewId(),
            CreatedBy = Stringer.Id,
            Visibility = visibility,
            Maker = "Babolat",
            Model = model,
            Gauge = "1.25"
        };
        await Book.WriteAsync(async session => await CatalogueRows.Strings.InsertAsync(session, one, MadeBook.Noon));
        return one;
    }

    internal Order Job(Client client, Racket racket, TennisString? main = null) => new()
    {
        Id = MadeBook.NewId(),
        Stringer = Stringer.Id,
        Client = client.Id,
        Racket = racket.Id,
        Main = new() { String = main?.Id, Model = main is null ? "Hand-written" : null, Tension = 24.5m, Price = 18.5m },
        Cross =
            new() { Maker = "Luxilon", Model = "Alu Power", Gauge = "1.30", Tension = 23, Price = 12, IsClients = true, Colour = "silver" },
        Labour = 25,
        DynamicTension = 36.5m,
        Comment = "=HYPERLINK(\"http://example.org\")",
        Days = new(new(2026, 4, 20), new(2026, 4, 21)),
        ReceiptNumber = null,
        CreatedAt = MadeBook.Noon,
    };

    internal async Task<Order> AddAsync(Order order)
    {
        await Book.WriteAsync(async session => await OrderRows.InsertAsync(session, order));
        return order;
    }

    /// <summary>A book with one of everything.</summary>
    internal async Task<Order> FillAsync(string number = "2026-0042") => await AddAsync(
        Job(
            await AddClientAsync("Ann", "Meier", "ann@example.org"), await AddRacketAsync("Blade 98"),
            await AddStringAsync("RPM Blast")) with
        { ReceiptNumber = number });
}
