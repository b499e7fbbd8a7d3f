using Waybill.Engine;
using Waybill.Engine.Storage;
using Waybill.Engine.Storage.Postgres;
using Waybill.Engine.Storage.Sqlite;
using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.RacketBook.Specs;

public sealed class Upgrading_to_days_and_flags
{
    static readonly DateTimeOffset Noon = new(2026, 4, 21, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Keeps_every_day_and_every_yes_and_no_of_a_book(bool isPostgres)
    {
        using var folder = new TemporaryFolder();
        await using IDatabase database = isPostgres
            ? PostgresDatabase.Open(await (await PostgresServer.SharedAsync()).CreateDatabaseAsync())
            : SqliteDatabase.Open(Path.Combine(folder.Path, "waybill.db"), new ManualClock(Noon));
        var scripts = SchemaScript.Embedded(typeof(RacketBookBook).Assembly, "racketbook", database.Provider);
        await RunAsync(
            database,
            [.. SchemaScript.Embedded(typeof(EngineServices).Assembly, "engine", database.Provider),
                .. scripts.Where(script => script.Number < 3)]);
        await database.WriteAsync("make", async session =>
        {
            await StringerAsync(session, 1, isDemo: 1);
            await StringerAsync(session, 2, isDemo: 0);
            await ClientAsync(session, 1, isSelf: 1);
            await ClientAsync(session, 2, isSelf: 0);
            await OrderAsync(session, 1, mainByo: 1, crossByo: 0, "2024-02-29", "2026-04-21");
            await OrderAsync(session, 2, mainByo: 0, crossByo: 1, ordered: null, strung: null);
            return true;
        }, CancellationToken.None);

        await RunAsync(database, [.. scripts]);

        Assert.Equal([true, false], await ReadAsync(database, "SELECT is_demo FROM racketbook_stringers ORDER BY id", row => row.Flag(0)));
        Assert.Equal([true, false], await ReadAsync(database, "SELECT is_self FROM racketbook_clients ORDER BY id", row => row.Flag(0)));
        Assert.Equal(
            [(true, false, new DateOnly(2024, 2, 29), new DateOnly(2026, 4, 21), null), (false, true, null, null, (DateOnly?)null)],
            await ReadAsync(
                database,
                "SELECT main_byo, cross_byo, ordered_at, strung_at, paid_at FROM racketbook_orders ORDER BY id",
                row => (row.Flag(0), row.Flag(1), row.DayOrNull(2), row.DayOrNull(3), row.DayOrNull(4))));
        await Assert.ThrowsAnyAsync<Exception>(
            () => database.WriteAsync("second self", session => ClientAsync(session, 3, isSelf: null), CancellationToken.None));
    }

    static Guid Id(byte number) => new([.. new byte[15], number]);

    static Task RunAsync(IDatabase database, SchemaScript[] scripts) =>
        new SchemaRunner(database, TimeProvider.System).RunAsync(scripts, CancellationToken.None);

    static Task<List<T>> ReadAsync<T>(IDatabase database, string sql, Func<Row, T> read) =>
        database.ReadAsync(session => session.QueryAsync(sql, _ => { }, read, CancellationToken.None), CancellationToken.None);

    static ValueTask<int> StringerAsync(Session session, byte id, int isDemo) => session.ExecuteAsync(
        """
        INSERT INTO racketbook_stringers (id, email, email_key, status, locale, display_name, labour, is_demo, version, created_at)
        VALUES ($1, $2, $2, 'active', 'en', 'Strings', 2500, $3, 1, $4)
        """,
        p => p.Id(Id(id)).Text($"{id}@strings.example").Number(isDemo).Instant(Noon),
        CancellationToken.None);

    /// <summary>A client of the first stringer.</summary>
    /// <param name="session">Writes.</param>
    /// <param name="id">Its number.</param>
    /// <param name="isSelf">As it was kept before; null: yes, as it is kept now.</param>
    static ValueTask<int> ClientAsync(Session session, byte id, int? isSelf) => session.ExecuteAsync(
        "INSERT INTO racketbook_clients (id, stringer_id, person_id, sought, is_self, version, created_at) VALUES ($1, $2, $1, '', $3, 1, "
            + "$4)",
        p => (isSelf is { } number ? p.Id(Id(id)).Id(Id(1)).Number(number) : p.Id(Id(id)).Id(Id(1)).Flag(true)).Instant(Noon),
        CancellationToken.None);

    static ValueTask<int> OrderAsync(
        Session session, byte id, int mainByo, int crossByo, string? ordered, string? strung) => session.ExecuteAsync(
        """
        INSERT INTO racketbook_orders (id, stringer_id, client_id, racket_id, main_byo, cross_byo, ordered_at, strung_at, version, created_at)
        VALUES ($1, $2, $3, $3, $4, $5, $6, $7, 1, $8)
        """,
        p => p.Id(Id(id)).Id(Id(1)).Id(Id(2)).Number(mainByo).Number(crossByo).Text(ordered).Text(strung).Instant(Noon),
        CancellationToken.None);
}
