using Microsoft.Data.Sqlite;
using SQLitePCL;
using Waybill.Engine;
using Waybill.Engine.Storage;
using Waybill.Engine.Storage.Postgres;
using Waybill.Engine.Storage.Sqlite;
using Waybill.RacketBook;
using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Running;

public sealed class Schema_scripts
{
    /// <summary>
    /// The scripts of released versions, and what each database was given: a line is added with a release and never changed.
    /// </summary>
    public static TheoryData<string> Applied => [.. File.ReadAllLines(Repository.PathOf("tests/Fixtures/Database/schema.sha256"))];

    [Theory]
    [MemberData(nameof(Applied))]
    public void Read_as_they_did_when_they_were_applied(string applied)
    {
        if (applied.Split(' ') is not [var module, var name, var provider, var sha256]) throw new FormatException(applied);

        var script = Assert.Single(Scripts(provider), script => script.Module == module && script.Name == name);

        Assert.Equal(sha256, Convert.ToHexStringLower(script.Hash));
    }

    [Fact]
    public async Task Run_again_after_a_kill_at_any_statement_on_Sqlite()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "waybill.db");
        await using var database = SqliteDatabase.Open(path, TimeProvider.System);
        var deaths = new List<string>();
        await TraceAsync(database, () => deaths.Add(CopyOf(folder, path, deaths.Count)));
        var scripts = Scripts("sqlite");
        for (var count = 1; count <= scripts.Count; count++)
        {
            deaths.Clear();
            await RunAsync(database, scripts.Take(count));
            var whole = await CatalogueAsync(database);
            Assert.True(deaths.Count > 5, "The begin, the script, its record and the commit are statements each.");
            foreach (var death in deaths.ToArray())
            {
                await using (var dead = SqliteDatabase.Open(death, TimeProvider.System))
                {
                    await RunAsync(dead, scripts.Take(count));
                    Assert.Equal(whole, await CatalogueAsync(dead));
                }

                Directory.Delete(Path.GetDirectoryName(death)!, recursive: true);
            }
        }
    }

    [Fact]
    public async Task Run_again_after_a_kill_at_any_change_of_the_schema_on_Postgres()
    {
        await using var untroubled = PostgresDatabase.Open(await (await PostgresServer.SharedAsync()).CreateDatabaseAsync());
        await using var database = PostgresDatabase.Open(await (await PostgresServer.SharedAsync()).CreateDatabaseAsync());
        await ExecuteAsync(database, Dying);
        var scripts = Scripts("postgres");
        for (var count = 1; count <= scripts.Count; count++)
        {
            var deaths = 0;
            while (!await SurvivesAsync(database, ++deaths, scripts.Take(count))) Assert.InRange(deaths, 1, 200);
            Assert.True(deaths > 1, $"{scripts[count - 1].Name} changes something.");
        }

        await ExecuteAsync(database, "DROP EVENT TRIGGER spec_dying; DROP FUNCTION spec_dies; DROP TABLE spec_death");
        await RunAsync(untroubled, scripts);
        Assert.Equal(await CatalogueAsync(untroubled), await CatalogueAsync(database));
    }

    /// <summary>The session that runs the n-th change of the schema in its transaction ends, as it would with its process.</summary>
    const string Dying =
        """
        CREATE TABLE spec_death (at integer NOT NULL);
        INSERT INTO spec_death VALUES (0);
        CREATE FUNCTION spec_dies() RETURNS event_trigger LANGUAGE plpgsql AS $$
        DECLARE seen integer := coalesce(nullif(current_setting('spec.seen', true), ''), '0')::integer + 1;
        BEGIN
          PERFORM set_config('spec.seen', seen::text, true);
          IF seen = (SELECT at FROM spec_death) THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
        END $$;
        CREATE EVENT TRIGGER spec_dying ON ddl_command_end EXECUTE FUNCTION spec_dies()
        """;

    static async Task<bool> SurvivesAsync(PostgresDatabase database, int death, IEnumerable<SchemaScript> scripts)
    {
        await ExecuteAsync(database, $"UPDATE spec_death SET at = {death}");
        try
        {
            await RunAsync(database, scripts);
            return true;
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
    }

    /// <summary>Calls before each statement of the writer.</summary>
    static Task TraceAsync(SqliteDatabase database, Action before) => database.WriteAsync("trace", session =>
    {
        raw.sqlite3_trace(((SqliteConnection)session.Connection).Handle, (strdelegate_trace)((_, _) => before()), v: null);
        return ValueTask.FromResult(true);
    }, CancellationToken.None);

    /// <summary>The files as a kill would leave them now.</summary>
    static string CopyOf(TemporaryFolder folder, string path, int number)
    {
        var copy = Path.Combine(Directory.CreateDirectory(Path.Combine(folder.Path, $"death-{number}")).FullName, "waybill.db");
        foreach (var suffix in new[] { "", "-wal" }.Where(suffix => File.Exists(path + suffix)))
            File.Copy(path + suffix, copy + suffix, overwrite: true);
        return copy;
    }

    static List<SchemaScript> Scripts(string provider) =>
    [
        .. SchemaScript.Embedded(typeof(EngineServices).Assembly, "engine", provider),
        .. SchemaScript.Embedded(typeof(RacketBookBook).Assembly, "racketbook", provider),
    ];

    static Task RunAsync(IDatabase database, IEnumerable<SchemaScript> scripts) =>
        new SchemaRunner(database, TimeProvider.System).RunAsync([.. scripts], CancellationToken.None);

    static Task ExecuteAsync(IDatabase database, string sql) =>
        database.WriteAsync("spec", session => session.ExecuteAsync(sql, _ => { }, CancellationToken.None), CancellationToken.None);

    static Task<List<string>> CatalogueAsync(IDatabase database) => database.ReadAsync(session => session.QueryAsync(
        database.Provider == "sqlite"
            ? "SELECT name || ' ' || coalesce(sql, '') FROM sqlite_master UNION ALL SELECT module || number FROM schema_version ORDER BY 1"
            : """
              SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable FROM information_schema.columns WHERE table_schema = 'public'
              UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
              UNION ALL SELECT tgname || ' ' || proname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT tgisinternal
              UNION ALL SELECT module || number FROM schema_version ORDER BY 1
              """,
        _ => { }, row => row.Text(0), CancellationToken.None), CancellationToken.None);
}
