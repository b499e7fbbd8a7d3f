using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Waybill.Engine.Storage.Sqlite;

/// <summary>
/// A database in one file (WAL, <c>synchronous=FULL</c>): what was committed is on disk. One process opens it, see
/// <see cref="InstanceLock"/>; readers are read-only, writes go through the <see cref="SqliteDoor"/>.
/// </summary>
public sealed class SqliteDatabase : IDatabase
{
    const int KeptReaders = 8;
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    readonly string path;
    readonly TimeProvider clock;
    readonly SqliteDoor door;
    readonly ConcurrentBag<SqliteSession> readers = [];

    SqliteDatabase(string path, TimeProvider clock, TimeSpan unitLimit)
    {
        this.path = path;
        this.clock = clock;
        door = new SqliteDoor(OpenWriter, unitLimit);
    }

    /// <inheritdoc/>
    public string Provider => "sqlite";

    /// <inheritdoc/>
    public int Writers => 1;

    /// <summary>Opens the file, and makes it (mode 0600, as SQLite then makes those beside it) when there is none.</summary>
    /// <exception cref="UnfitSqliteException">The library is of a version that can lose commits.</exception>
    public static SqliteDatabase Open(string path, TimeProvider clock) => Open(path, clock, IDatabase.UnitLimit);

    /// <summary>As above, with another limit for a unit of work.</summary>
    internal static SqliteDatabase Open(string path, TimeProvider clock, TimeSpan unitLimit)
    {
        SqliteLibrary.Demand();
        if (!File.Exists(path)) Make(path);
        return new(path, clock, unitLimit);
    }

    static void Make(string path)
    {
        using var empty = new FileStream(
            path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
    }

    /// <inheritdoc/>
    public Task<T> WriteAsync<T>(string name, Func<Session, ValueTask<T>> unit, CancellationToken cancellationToken) =>
        door.EnterAsync(name, unit, cancellationToken);

    /// <inheritdoc/>
    public async Task<T> ReadAsync<T>(Func<Session, ValueTask<T>> read, CancellationToken cancellationToken)
    {
        UnderWay.Forbid();
        cancellationToken.ThrowIfCancellationRequested();
        if (!readers.TryTake(out var session)) session = OpenReader();
        try
        {
            session.Execute("BEGIN");
            var answer = await read(session);
            session.Execute("COMMIT");
            Keep(session);
            return answer;
        }
        catch (SqliteException failed)
        {
            session.Dispose();
            throw SqliteFailure.Translate(failed);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<DateTimeOffset> GetTimeAsync(CancellationToken cancellationToken) => Task.FromResult(clock.GetUtcNow());

    void Keep(SqliteSession session)
    {
        if (readers.Count < KeptReaders) readers.Add(session);
        else session.Dispose();
    }

    SqliteSession OpenWriter() => OpenSession(
        SqliteOpenMode.ReadWriteCreate,
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000; PRAGMA journal_size_limit=67108864; "
        + "PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY");

    SqliteSession OpenReader() => OpenSession(SqliteOpenMode.ReadOnly, "PRAGMA query_only=1; PRAGMA cache_size=-2048");

    SqliteSession OpenSession(SqliteOpenMode mode, string pragmas)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 5,
        }.ToString());
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = pragmas;
            command.ExecuteNonQuery();
            return new SqliteSession(connection);
        }
        catch (SqliteException away)
        {
            connection.Dispose();
            throw SqliteFailure.IsDamage(away) ? new StorageDamagedException(away) : new StorageUnavailableException(away);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var reader in readers) reader.Dispose();
        await door.DisposeAsync(); // last, so that it is the one that checkpoints
    }
}
