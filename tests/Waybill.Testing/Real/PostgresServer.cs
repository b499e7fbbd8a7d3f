using Npgsql;

namespace Waybill.Testing.Real;

/// <summary>A PostgreSQL of our own on 127.0.0.1, user <c>postgres</c>, no password.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    static readonly Lazy<Task<PostgresServer>> Shared = new(() => StartAsync());
    static int databases;
    readonly RealService service;

    PostgresServer(RealService service, int port) => (this.service, Port) = (service, port);

    public int Port { get; }

    /// <summary>The one that all specs of this process share; the first to ask starts it. Never dispose of it.</summary>
    public static Task<PostgresServer> SharedAsync() => Shared.Value;

    /// <summary>One for a spec that restarts it. Unless <paramref name="durable"/>, fsync is off: fast, and no good for crashes.</summary>
    public static async Task<PostgresServer> StartAsync(bool durable = false)
    {
        var port = FreePorts.Take();
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["PG_DURABLE"] = durable ? "1" : "" };
        return new(await RealService.StartAsync("postgres", [port], settings), port);
    }

    /// <summary>Makes an empty database, or a copy of one that nobody is connected to, and gives the connection string for it.</summary>
    public async Task<string> CreateDatabaseAsync(string? copyOf = null)
    {
        var name = FormattableString.Invariant($"waybill_{Interlocked.Increment(ref databases)}");
        await using var connection = new NpgsqlConnection(ConnectionString("postgres", pooling: false));
        await connection.OpenAsync();
        var template = copyOf is null ? "template1" : new NpgsqlConnectionStringBuilder(copyOf).Database;
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name} TEMPLATE {template}", connection);
        await create.ExecuteNonQueryAsync();
        return ConnectionString(name, pooling: true);
    }

    /// <summary>Ends every session at once, as a crash would, and recovers.</summary>
    public Task RestartImmediatelyAsync() => service.RunAsync("restart", "QUIT");

    /// <summary>Nobody answers from now on, until <see cref="ResumeAsync"/>.</summary>
    public Task StopImmediatelyAsync() => service.RunAsync("stop", "QUIT");

    /// <summary>Starts it again on the same port and data.</summary>
    public Task ResumeAsync() => service.RunAsync("start", Port);

    public ValueTask DisposeAsync() => service.DisposeAsync();

    string ConnectionString(string database, bool pooling) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = "postgres",
        Database = database,
        Pooling = pooling,
        MaxPoolSize = 20,
    }.ConnectionString;
}
