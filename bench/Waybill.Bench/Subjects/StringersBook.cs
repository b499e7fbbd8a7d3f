using Waybill.Engine;
using Waybill.Engine.Acting;
using Waybill.Engine.Audit;
using Waybill.Engine.Blobs;
using Waybill.Engine.Storage;
using Waybill.Engine.Storage.Sqlite;
using Waybill.Engine.Tenancy;
using Waybill.RacketBook;
using Waybill.RacketBook.Exports;
using Waybill.Testing;

namespace Waybill.Bench.Subjects;

/// <summary>A SQLite file with one stringer's book in it; the anchors read the same file.</summary>
internal sealed class StringersBook : IAsyncDisposable
{
    const int Clients = 200, Rackets = 50, Strings = 50;

    static readonly DateTimeOffset Noon = new(2026, 4, 21, 12, 0, 0, TimeSpan.Zero);

    readonly TemporaryFolder folder = new();
    readonly Guid stringer = NewId();

    StringersBook() => Database = SqliteDatabase.Open(Path, TimeProvider.System);

    public string Path => System.IO.Path.Combine(folder.Path, "waybill.db");

    public IDatabase Database { get; }

    /// <summary>Its files lie beside it, as a server's do.</summary>
    public ExportDesk Exports
    {
        get
        {
            var blobs = DiskBlobs.Open(System.IO.Path.Combine(folder.Path, "blobs"), TimeProvider.System);
            return new(Database, blobs, new(Database, blobs, TimeProvider.System), TimeProvider.System);
        }
    }

    public Waybill.RacketBook.Tenancy.StringerScope Book =>
        new(new TenantId(stringer), Actor.CommandLine, stringer, ActorKind.Member, "bench");

    public static async Task<StringersBook> MakeAsync(int orders)
    {
        var book = new StringersBook();
        var scripts = SchemaScript.Embedded(typeof(EngineServices).Assembly, "engine", "sqlite")
            .Concat(SchemaScript.Embedded(typeof(RacketBookBook).Assembly, "racketbook", "sqlite"));
        await new SchemaRunner(book.Database, TimeProvider.System).RunAsync([.. scripts], CancellationToken.None);
        await book.FillAsync(orders);
        return book;
    }

    async Task FillAsync(int orders)
    {
        Guid[] persons = Ids(Clients), clients = Ids(Clients), rackets = Ids(Rackets), strings = Ids(Strings);
        await InsertAsync(
            "INSERT INTO racketbook_stringers (id, email, email_key, status, locale, display_name, labour, is_demo, version, created_at) "
                + "VALUES ($1, 'a@b.example', 'a@b.example', 'active', 'de', 'Court Side Strings', 2500, 0, 1, $2)",
            [stringer],
            (p, id, _) => p.Id(id).Instant(Noon));
        await InsertAsync(
            "INSERT INTO racketbook_persons (id, email, first_name, last_name, created_at) VALUES ($1, $2, $3, $4, $5)",
            persons,
            (
                p, id,
                i) => p.Id(id).Text(Invariant($"client{i}@example.org")).Text("Änn").Text(Invariant($"Meier & Söhne {i}")).Instant(Noon));
        await InsertAsync(
            "INSERT INTO racketbook_clients (id, stringer_id, person_id, nickname, internal_notes, sought, is_self, version, created_at) "
                + "VALUES ($1, $2, $3, $4, 'likes it soft', '', $5, 1, $6)",
            clients,
            (p, id, i) => p.Id(id).Id(stringer).Id(persons[i]).Text(Invariant($"Ann {i}")).Number(i == 0 ? 1 : 0).Instant(Noon));
        await InsertAsync(
            "INSERT INTO racketbook_rackets (id, stringer_id, visibility, maker, model, head_size, pattern, serial, source, version, "
                + "created_at) VALUES ($1, $2, 'catalogue_private', 'Wilson', $3, 9800, '16x19', $4, 'manual', 1, $5)",
            rackets,
            (p, id, i) => p.Id(id).Id(stringer).Text(Invariant($"Blade 98 v{i}")).Text(Invariant($"PA98_2023_{i}")).Instant(Noon));
        await InsertAsync(
            "INSERT INTO racketbook_strings (id, stringer_id, visibility, maker, model, gauge, source, version, created_at) VALUES ($1, "
                + "$2, 'catalogue_private', 'Babolat', $3, '1.25', 'manual', 1, $4)",
            strings,
            (p, id, i) => p.Id(id).Id(stringer).Text(Invariant($"RPM Blast {i}")).Instant(Noon));
        await InsertAsync(
            OrderSql, Ids(orders),
            (p, id, i) => p.Id(id).Id(stringer).Id(clients[i % Clients]).Id(rackets[i % Rackets]).Id(strings[i % Strings])
            .Text(Invariant($"Grommets worn at {i % 12} o'clock: replace <them> next time.")).Text(Invariant($"2026-{i:0000}"))
            .Instant(Noon));
    }

    const string OrderSql =
        """
        INSERT INTO racketbook_orders
            (id, stringer_id, client_id, racket_id, main_string_id, main_tension, main_price, main_byo, cross_maker, cross_model, cross_gauge, cross_tension, cross_price, cross_byo,
             cross_colour, method, labour, dynamic_tension, comment, ordered_at, strung_at, returned_at, receipt_number, version, created_at)
        VALUES ($1, $2, $3, $4, $5, 2450, 1850, 0, 'Luxilon', 'Alu Power', '1.30', 2300, 1200, 1,
             'silver', 'two knots', 2500, 3650, $6, '2026-04-20', '2026-04-21', '2026-04-22', $7, 1, $8)
        """;

    async Task InsertAsync(string sql, Guid[] ids, Action<Parameters, Guid, int> bind)
    {
        foreach (var some in ids.Index().Chunk(1_000))
            await Database.WriteAsync(
                "fill", session => session.ExecuteManyAsync(sql, some, (p, one) => bind(p, one.Item, one.Index), CancellationToken.None),
                CancellationToken.None);
    }

    static Guid[] Ids(int count) => [.. Enumerable.Range(0, count).Select(_ => NewId())];

    static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        folder.Dispose();
    }
}
