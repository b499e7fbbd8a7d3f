using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Npgsql;
using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Kills;

/// <summary>A database that a server is killed over: how the server is told of it, and how the specs look into it.</summary>
internal abstract record DatabaseUnderKills
{
    private DatabaseUnderKills() { }

    public abstract string Name { get; }

    public abstract Dictionary<string, string> Settings { get; }

    /// <summary>A connection for this server's data. On SQLite only while the server does not run: one process a file.</summary>
    public abstract Task<DbConnection> OpenAsync(ServerProcess server);

    /// <summary>What is wrong with the database itself; empty when nothing is.</summary>
    public abstract Task<string> ComplaintsAsync(DbConnection connection);

    /// <summary>As if a day had gone by: leases of the dead have ended, and whatever was to be tried again later is due.</summary>
    public async Task LetADayPassAsync(DbConnection connection)
    {
        await using var pass = connection.CreateCommand();
        pass.CommandText = $"UPDATE outbox SET due_at = due_at - {Day}, lease_until = lease_until - {Day}";
        await pass.ExecuteNonQueryAsync();
    }

    private protected abstract string Day { get; }

    /// <summary>The file in the server's data folder.</summary>
    public sealed record Sqlite : DatabaseUnderKills
    {
        public override string Name => "SQLite";

        public override Dictionary<string, string> Settings { get; } = new(StringComparer.Ordinal);

        private protected override string Day => "86400000000";

        public override async Task<DbConnection> OpenAsync(ServerProcess server)
        {
            var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(server.DataFolder, "waybill.db"), Pooling = false };
            var connection = new SqliteConnection(file.ToString());
            await connection.OpenAsync();
            return connection;
        }

        public override async Task<string> ComplaintsAsync(DbConnection connection)
        {
            await using var check = connection.CreateCommand();
            check.CommandText = "PRAGMA integrity_check";
            return await check.ExecuteScalarAsync() is "ok" ? "" : "PRAGMA integrity_check finds the file damaged.";
        }
    }

    /// <summary>A database of its own on a PostgreSQL server.</summary>
    public sealed record Postgres(string ConnectionString) : DatabaseUnderKills
    {
        public override string Name => "PostgreSQL";

        public override Dictionary<string, string> Settings { get; } = new(StringComparer.Ordinal)
        {
            ["Database__Provider"] = "postgres",
            ["Database__ConnectionString"] = ConnectionString,
            ["WAYBILL_MASTER_KEY"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), // nodes of one database have one
        };

        private protected override string Day => "interval '1 day'";

        public static async Task<Postgres> OnAsync(PostgresServer server) => new(await server.CreateDatabaseAsync());

        public override async Task<DbConnection> OpenAsync(ServerProcess server)
        {
            var connection = new NpgsqlConnection(ConnectionString);
            await connection.OpenAsync();
            return connection;
        }

        public override Task<string> ComplaintsAsync(DbConnection connection) => Task.FromResult("");
    }
}
