using System.Data;
using System.Net.Sockets;
using Npgsql;

namespace Waybill.Engine.Storage.Postgres;

/// <summary>PostgreSQL 15 or later, any number of nodes. A unit of work is a pooled connection and a transaction.</summary>
public sealed class PostgresDatabase : IDatabase
{
    /// <summary>SQLSTATE of idle_in_transaction_session_timeout.</summary>
    const string IdleInTransaction = "25P03";

    const int MostRuns = 4;

    static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    readonly NpgsqlDataSource source;
    readonly TimeSpan unitLimit;

    PostgresDatabase(NpgsqlDataSource source, TimeSpan unitLimit) => (this.source, this.unitLimit) = (source, unitLimit);

    /// <inheritdoc/>
    public string Provider => "postgres";

    /// <inheritdoc/>
    public int Writers => 3;

    /// <summary>The pool, for code that needs a connection of its own (advisory locks, LISTEN).</summary>
    internal NpgsqlDataSource Source => source;

    /// <summary>Opens the pool; nothing is connected yet.</summary>
    /// <exception cref="ArgumentException">The connection string is not one.</exception>
    public static PostgresDatabase Open(string connectionString) => Open(connectionString, IDatabase.UnitLimit);

    /// <summary>
    /// The same for <see cref="SchemaRunner"/>: to index millions of rows takes minutes, and a start that gave up would never get further.
    /// </summary>
    public static PostgresDatabase OpenForUpgrade(string connectionString) =>
        Open(new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0 }.ConnectionString, Timeout.InfiniteTimeSpan);

    /// <summary>As above, with another limit for a unit of work.</summary>
    internal static PostgresDatabase Open(string connectionString, TimeSpan unitLimit)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
            ApplicationName = "waybill",
        };
        // A server that runs with synchronous_commit=off would acknowledge what it can still lose; a process that is frozen inside a unit
        // would keep its rows locked, and its work from whoever takes over. The last one of an option counts.
        settings.Options =
            $"{settings.Options} -c synchronous_commit=on -c timezone=UTC -c idle_in_transaction_session_timeout=10s".TrimStart();
        if (settings.Timeout == 15) settings.Timeout = 5;
        return new(NpgsqlDataSource.Create(settings), unitLimit);
    }

    /// <inheritdoc/>
    public Task<T> WriteAsync<T>(string name, Func<Session, ValueTask<T>> unit, CancellationToken cancellationToken) =>
        RunAsync(name, IsolationLevel.ReadCommitted, session => UnderWay.RunAsync(name, unit, session), cancellationToken);

    /// <inheritdoc/>
    public Task<T> ReadAsync<T>(Func<Session, ValueTask<T>> read, CancellationToken cancellationToken) =>
        RunAsync("read", IsolationLevel.RepeatableRead, read, cancellationToken);

    /// <inheritdoc/>
    public Task<DateTimeOffset> GetTimeAsync(CancellationToken cancellationToken) => ReadAsync(
        async session => (await session.QueryAsync("SELECT clock_timestamp()", _ => { }, row => row.Instant(0), cancellationToken))[0],
        cancellationToken);

    async Task<T> RunAsync<T>(string name, IsolationLevel isolation, Func<Session, ValueTask<T>> unit, CancellationToken cancellationToken)
    {
        UnderWay.Forbid();
        for (var run = 1; ; run++)
        {
            try
            {
                return await RunOnceAsync(name, isolation, unit, cancellationToken);
            }
            catch (PostgresException victim) when (run < MostRuns && IsVictim(victim))
            {
                // the database rolled it back so that another unit could go on; a unit may run again
            }
            catch (Exception failed) when (Translate(failed) is not null)
            {
                throw Translate(failed)!;
            }
        }
    }

    async Task<T> RunOnceAsync<T>(
        string name, IsolationLevel isolation, Func<Session, ValueTask<T>> unit, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(isolation, cancellationToken);
        using var tooSlow = new CancellationTokenSource();
        var session = new PostgresSession(connection, transaction, tooSlow.Token);
        var result = await InTimeAsync(name, unit(session), tooSlow);
        if (session.IsUndone) await transaction.RollbackAsync(CancellationToken.None);
        else await transaction.CommitAsync(CancellationToken.None); // begun is finished: a COMMIT that is given up may have happened
        return result;
    }

    static bool IsVictim(PostgresException failed) =>
        failed.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;

    async Task<T> InTimeAsync<T>(string name, ValueTask<T> running, CancellationTokenSource tooSlow)
    {
        var task = running.AsTask();
        try
        {
            return await task.WaitAsync(unitLimit);
        }
        catch (TimeoutException) when (!task.IsFaulted)
        {
            await tooSlow.CancelAsync(); // the server ends the statement under way, and what still runs can start no other
            await Task.WhenAny(task, Task.Delay(Farewell));
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
        NpgsqlException { InnerException: SocketException or IOException or TimeoutException or null } =>
            new StorageUnavailableException(failed),
        SocketException or TimeoutException => new StorageUnavailableException(failed),
        _ => null,
    };

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => source.DisposeAsync();
}
