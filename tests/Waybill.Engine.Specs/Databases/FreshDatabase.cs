using Waybill.Engine.Storage;
using Waybill.Engine.Storage.Postgres;
using Waybill.Engine.Storage.Sqlite;
using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.Engine.Specs.Databases;

/// <summary>An empty database of its own. On PostgreSQL it can be opened by several nodes at once, a SQLite file by one.</summary>
internal sealed class FreshDatabase : IAsyncDisposable
{
    readonly Provider provider;
    readonly string place;
    readonly TemporaryFolder? folder;
    readonly List<IDatabase> opened = [];

    FreshDatabase(Provider provider, string place, TemporaryFolder? folder) =>
        (this.provider, this.place, this.folder) = (provider, place, folder);

    /// <summary>The SQLite file, or PostgreSQL's connection string.</summary>
    public string Place => place;

    public static async Task<FreshDatabase> CreateAsync(Provider provider)
    {
        if (provider == Provider.Postgres)
            return new(provider, await (await PostgresServer.SharedAsync()).CreateDatabaseAsync(), folder: null);
        var own = new TemporaryFolder();
        return new(provider, Path.Combine(own.Path, "waybill.db"), own);
    }

    /// <summary>As <see cref="CreateAsync"/>, with the engine's own schema in it.</summary>
    public static async Task<FreshDatabase> CreateMigratedAsync(Provider provider)
    {
        if (provider == Provider.Postgres) return new(provider, await MigratedDatabase.CopyOnPostgresAsync(), folder: null);
        var fresh = await CreateAsync(provider);
        await MigratedDatabase.CopyToAsync(fresh.place);
        return fresh;
    }

    /// <summary>Opens it; it is closed when this is disposed of.</summary>
    public IDatabase Open(TimeProvider clock, TimeSpan? unitLimit = null)
    {
        var limit = unitLimit ?? IDatabase.UnitLimit;
        IDatabase database = provider == Provider.Sqlite ? SqliteDatabase.Open(place, clock, limit) : PostgresDatabase.Open(place, limit);
        opened.Add(database);
        return database;
    }

    /// <summary>The engine's own schema, or as it was before a script.</summary>
    public static Task<IReadOnlyList<string>> MigrateAsync(
        IDatabase database, int before = int.MaxValue) => new SchemaRunner(database, TimeProvider.System).RunAsync(
        [.. SchemaScript.Embedded(typeof(EngineServices).Assembly, "engine", database.Provider).Where(script => script.Number < before)],
        CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        foreach (var database in opened) await database.DisposeAsync();
        folder?.Dispose();
    }
}
