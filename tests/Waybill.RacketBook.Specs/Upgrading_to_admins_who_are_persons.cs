using Waybill.Engine;
using Waybill.Engine.Storage;
using Waybill.Engine.Storage.Postgres;
using Waybill.Engine.Storage.Sqlite;
using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.RacketBook.Specs;

public sealed class Upgrading_to_admins_who_are_persons
{
    static readonly DateTimeOffset Noon = new(2026, 4, 21, 12, 0, 0, TimeSpan.Zero);
    static readonly Guid Stefan = Id(1), Bea = Id(2), Elsewhere = Id(3), Viewer = Id(4), Owner = Id(5);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Makes_members_of_invited_stringers_and_an_admin_of_the_one_whose_address_it_is(bool isPostgres)
    {
        using var folder = new TemporaryFolder();
        await using IDatabase database = isPostgres
            ? PostgresDatabase.Open(await (await PostgresServer.SharedAsync()).CreateDatabaseAsync())
            : SqliteDatabase.Open(Path.Combine(folder.Path, "waybill.db"), new ManualClock(Noon));
        var scripts = Scripts(typeof(RacketBookBook).Assembly, "racketbook", database);
        await RunAsync(database, [.. Scripts(typeof(EngineServices).Assembly, "engine", database), scripts[0]]);
        await database.WriteAsync("make", async session =>
        {
            await StringerAsync(session, Id(11), "stefan@strings.example", "admin");
            await StringerAsync(session, Id(12), "bea@strings.example", "stringer");
            await StringerAsync(session, Id(13), "gone@strings.example", "admin");
            await PersonAsync(session, Stefan, "stefan@strings.example", Id(11), "viewer");
            await PersonAsync(session, Bea, "bea@strings.example", Id(12), "viewer");
            await PersonAsync(session, Elsewhere, "else@strings.example", Id(14), "viewer");
            await PersonAsync(session, Viewer, "books@strings.example", Id(11), "viewer");
            await PersonAsync(session, Owner, "boss@strings.example", Id(11), "owner");
            return true;
        }, CancellationToken.None);

        await RunAsync(database, [.. scripts]);

        Assert.Equal(
            ["member", "member", "viewer", "viewer", "owner"],
            await TextsAsync(database, "SELECT role FROM memberships ORDER BY person_id"));
        Assert.Equal([(Id(11), Stefan), (Id(13), null)], await database.ReadAsync(session => session.QueryAsync(
            "SELECT stringer_id, person_id FROM racketbook_admins ORDER BY stringer_id", _ => { }, row => (row.Id(0), row.IdOrNull(1)),
            CancellationToken.None), CancellationToken.None));
    }

    static Guid Id(byte number) => new([.. new byte[15], number]);

    static IReadOnlyList<SchemaScript> Scripts(System.Reflection.Assembly assembly, string module, IDatabase database) =>
        SchemaScript.Embedded(assembly, module, database.Provider);

    static Task RunAsync(IDatabase database, SchemaScript[] scripts) =>
        new SchemaRunner(database, TimeProvider.System).RunAsync(scripts, CancellationToken.None);

    static Task<List<string>> TextsAsync(IDatabase database, string sql) =>
        database.ReadAsync(
            session => session.QueryAsync(sql, _ => { }, row => row.Text(0), CancellationToken.None), CancellationToken.None);

    static ValueTask<int> StringerAsync(Session session, Guid id, string email, string role) => session.ExecuteAsync(
        """
        INSERT INTO racketbook_stringers (id, email, email_key, role, status, locale, display_name, labour, is_demo, version, created_at)
        VALUES ($1, $2, $2, $3, 'active', 'en', 'Strings', 2500, 0, 1, $4)
        """,
        p => p.Id(id).Text(email).Text(role).Instant(Noon),
        CancellationToken.None);

    static async ValueTask PersonAsync(Session session, Guid id, string email, Guid tenant, string role)
    {
        await session.ExecuteAsync(
            "INSERT INTO people (id, email, email_key, name, language, stamp, totp_step, version, created_at) VALUES ($1, $2, $2, 'Name', "
                + "'en', 'stamp', 0, 1, $3)",
            p => p.Id(id).Text(email).Instant(Noon),
            CancellationToken.None);
        await session.ExecuteAsync(
            "INSERT INTO memberships (person_id, tenant_id, role, created_at) VALUES ($1, $2, $3, $4)",
            p => p.Id(id).Id(tenant).Text(role).Instant(Noon), CancellationToken.None);
    }
}
