using Waybill.Testing.Real;

namespace Waybill.Engine.Specs.Databases;

/// <summary>A database of each kind whose schema is brought up once in this process: hundreds of specs get a copy of it.</summary>
static class MigratedDatabase
{
    static readonly Lazy<Task<byte[]>> SqliteFile = new(MakeFileAsync);
    static readonly Lazy<Task<string>> OnPostgres = new(MakeOnPostgresAsync);

    /// <summary>Writes the copy of the SQLite file to this path.</summary>
    public static async Task CopyToAsync(string path)
    {
        await using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        await file.WriteAsync(await SqliteFile.Value);
    }

    /// <summary>Makes a copy on the shared PostgreSQL, and gives the connection string for it.</summary>
    public static async Task<string> CopyOnPostgresAsync() =>
        await (await PostgresServer.SharedAsync()).CreateDatabaseAsync(await OnPostgres.Value);

    static async Task<byte[]> MakeFileAsync()
    {
        await using var fresh = await FreshDatabase.CreateAsync(Provider.Sqlite);
        await using (var database = fresh.Open(TimeProvider.System)) await FreshDatabase.MigrateAsync(database);
        return await File.ReadAllBytesAsync(fresh.Place); // closed, so that all of it is in the file
    }

    static async Task<string> MakeOnPostgresAsync()
    {
        await using var fresh = await FreshDatabase.CreateAsync(Provider.Postgres);
        await FreshDatabase.MigrateAsync(fresh.Open(TimeProvider.System));
        return fresh.Place; // the last connection is closed when this returns
    }
}
