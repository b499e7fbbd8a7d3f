using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;
using Waybill.Testing.Real;

namespace Waybill.Bench.Subjects;

/// <summary>The database of a server under test: SQLite in its data folder, or a PostgreSQL of our own with fsync on.</summary>
internal sealed class JournalDatabase : IAsyncDisposable
{
    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    readonly PostgresServer? server;
    readonly Func<DbConnection> connect;

    JournalDatabase(PostgresServer? server, IReadOnlyDictionary<string, string> settings, Func<DbConnection> connect) =>
        (this.server, Settings, this.connect) = (server, settings, connect);

    /// <summary>What the server has to be told.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    public static async Task<JournalDatabase> StartAsync(bool isPostgres)
    {
        if (!isPostgres) return new(server: null, new Dictionary<string, string>(), NoFolderYet);
        var started = await PostgresServer.StartAsync(durable: true);
        var connection = await started.CreateDatabaseAsync();
        var settings = new Dictionary<string, string> { ["Database__Provider"] = "postgres", ["Database__ConnectionString"] = connection };
        return new(started, settings, () => new NpgsqlConnection(connection));
    }

    /// <summary>The same for a server with this data folder.</summary>
    public JournalDatabase At(string folder) => server is null
        ? new(server: null, Settings, () => new SqliteConnection($"Data Source={folder}/waybill.db;Mode=ReadOnly;Pooling=False"))
        : this;

    static DbConnection NoFolderYet() => throw new InvalidOperationException("A SQLite file lies in a server's folder.");

    /// <summary>The PostgreSQL port, for an anchor on the same server.</summary>
    public int? Port => server?.Port;

    public async Task<long> CountAsync(string sql)
    {
        await using var connection = connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until every message is settled; every 20 ms it looks whether one is left in the outbox.</summary>
    public async Task<TimeSpan> WaitUntilSettledAsync()
    {
        var clock = Stopwatch.StartNew();
        const string isOneLeft = "SELECT count(*) FROM (SELECT 1 FROM outbox WHERE scheduled = 0 LIMIT 1) AS one";
        while (await CountAsync(isOneLeft) > 0) await Task.Delay(Glance);
        return clock.Elapsed;
    }

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
