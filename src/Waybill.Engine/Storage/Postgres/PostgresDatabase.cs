using System.Net.Sockets;
using Npgsql;

namespace Waybill.Engine.Storage.Postgres;

/// <summary>PostgreSQL 15 or later, any number of nodes. A unit of work is a pooled connection and a transaction.</summary>
public sealed class PostgresDatabase : IDatabase
{
    /// <summary>SQLSTATE of idle_in_transaction_session_timeout.</summary>
    const string IdleInTransaction = "25P03";

    readonly NpgsqlDataSource source;

    PostgresDatabase(NpgsqlDataSource source) => this.source = source;

    /// <inheritdoc/>
    public string Provider => "postgres";

    /// <inheritdoc/>
    public int Writers => 3;

    /// <summary>The pool, for code that needs a connection of its own (advisory locks, LISTEN).</summary>
    internal NpgsqlDataSource Source => source;

    /// <summary>Opens the pool; nothing is connected yet.</summary>
    /// <exception cref="ArgumentException">The connection string is not one.</exception>
    public static PostgresDatabase Open(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
            // A server that runs with synchronous_commit=off would acknowledge what it can still lose; a process that is frozen inside
            // a unit would keep its rows locked, and its work from whoever takes over.
            Options = "-c synchronous_commit=on -c timezone=UTC -c idle_in_transaction_session_timeout=10s",
            ApplicationName = "waybill",
        };
        if (settings.Timeout == 15) settings.Timeout = 5;
        return new(NpgsqlDataSource.Create(settings));
    }

    /// <inheritdoc/>
    public Task<T> WriteAsync<T>(string name, Func<Session, ValueTask<T>> unit, CancellationToken cancellationToken) =>
        RunAsync(name, unit, cancellationToken);

    /// <inheritdoc/>
    public Task<T> ReadAsync<T>(Func<Session, ValueTask<T>> read, CancellationToken cancellationToken) =>
        RunAsync("read", read, cancellationToken);

    /// <inheritdoc/>
    public Task<DateTimeOffset> GetTimeAsync(CancellationToken cancellationToken) => ReadAsync(
        async session => (await session.QueryAsync("SELECT clock_timestamp()", _ => { }, row => row.Instant(0), cancellationToken))[0],
        cancellationToken);

    async Task<T> RunAsync<T>(string name, Func<Session, ValueTask<T>> unit, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var result = await InTimeAsync(name, unit(new PostgresSession(connection, transaction)));
            await transaction.CommitAsync(CancellationToken.None); // begun is finished: a COMMIT that is given up may have happened
            return result;
        }
        catch (Exception failed) when (Translate(failed) is not null)
        {
            throw Translate(failed)!;
        }
    }

    static async Task<T> InTimeAsync<T>(string name, ValueTask<T> running)
    {
        var task = running.AsTask();
        try
        {
            return await task.WaitAsync(IDatabase.UnitLimit);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new UnitTooSlowException(name);
        }
    }

    static StorageException? Translate(Exception failed) => failed switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => new StorageFullException(failed),
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or IdleInTransaction } =>
            new StorageUnavailableException(failed),
        PostgresException { IsTransient: true } or NpgsqlException { IsTransient: true } => new StorageUnavailableException(failed),
        PostgresException => null,
        NpgsqlException { InnerException: SocketException or IOException or TimeoutException or null } => new StorageUnavailableException(failed),
        SocketException or TimeoutException => new StorageUnavailableException(failed),
        _ => null,
    };

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => source.DisposeAsync();
}
