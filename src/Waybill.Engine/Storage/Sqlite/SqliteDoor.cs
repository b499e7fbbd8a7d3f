using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Waybill.Engine.Storage.Sqlite;

/// <summary>
/// The single writer. Units pass one at a time; those that wait are committed together, each in its savepoint, so that one fsync serves
/// them all. This connection is also the only one that checkpoints, and its checkpoints run inside its own commits: SQLite up to 3.51.2
/// can lose a commit when one connection checkpoints while another commits.
/// </summary>
internal sealed class SqliteDoor : IAsyncDisposable
{
    const int LargestGroup = 256;

    readonly Channel<PendingUnit> waiting = Channel.CreateUnbounded<PendingUnit>(new() { SingleReader = true });
    readonly Func<SqliteSession> open;
    readonly Task writer;
    SqliteSession session;

    public SqliteDoor(Func<SqliteSession> open)
    {
        this.open = open;
        session = open();
        writer = Task.Factory.StartNew(WriteAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    public async Task<T> EnterAsync<T>(string name, Func<Session, ValueTask<T>> unit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var pending = new PendingUnit<T>(name, unit);
        if (!waiting.Writer.TryWrite(pending)) throw new StorageUnavailableException(inner: null);
        return await pending.Task;
    }

    async Task WriteAsync()
    {
        var group = new List<PendingUnit>(LargestGroup);
        while (await waiting.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < LargestGroup && waiting.Reader.TryRead(out var unit)) group.Add(unit);
            await CommitTogetherAsync(group);
        }
    }

    async Task CommitTogetherAsync(List<PendingUnit> group)
    {
        try
        {
            var done = await TryCommitAsync(group);
            if (done is not null) done.ForEach(unit => unit.Release());
            else await CommitOneByOneAsync(group);
        }
        catch (Exception broken)
        {
            group.ForEach(unit => unit.Fail(Translate(broken)));
            Reopen();
        }
    }

    /// <summary>Commits the group; null when SQLite ended the whole transaction and the innocent have to run once more.</summary>
    async Task<List<PendingUnit>?> TryCommitAsync(List<PendingUnit> group)
    {
        var done = new List<PendingUnit>(group.Count);
        try
        {
            session.Execute("BEGIN IMMEDIATE");
            foreach (var unit in group)
            {
                if (await RunInSavepointAsync(unit)) done.Add(unit);
                if (session.InAutocommit) return null;
            }

            session.Execute("COMMIT");
            return done;
        }
        catch (SqliteException)
        {
            RollBack();
            return null;
        }
    }

    async Task<bool> RunInSavepointAsync(PendingUnit unit)
    {
        session.Execute("SAVEPOINT unit");
        try
        {
            await RunInTimeAsync(unit);
            session.Execute("RELEASE unit");
            return true;
        }
        catch (Exception) when (session.InAutocommit)
        {
            return false; // SQLite gave up the whole transaction; who is to blame shows when each unit runs alone
        }
        catch (Exception refused)
        {
            session.Execute("ROLLBACK TO unit");
            session.Execute("RELEASE unit");
            unit.Fail(Translate(refused));
            return false;
        }
    }

    async Task CommitOneByOneAsync(List<PendingUnit> group)
    {
        foreach (var unit in group)
        {
            try
            {
                session.Execute("BEGIN IMMEDIATE");
                await RunInTimeAsync(unit);
                session.Execute("COMMIT");
                unit.Release();
            }
            catch (Exception refused)
            {
                RollBack();
                unit.Fail(Translate(refused));
            }
        }
    }

    async ValueTask RunInTimeAsync(PendingUnit unit)
    {
        var running = unit.RunAsync(session);
        if (running.IsCompleted)
        {
            await running;
            return;
        }

        // Database and memory complete at once here; whatever waits for something else holds up everybody.
        var task = running.AsTask();
        try
        {
            await task.WaitAsync(IDatabase.UnitLimit);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            Reopen(); // what still runs keeps the old session, whose transaction is rolled back with it
            throw new UnitTooSlowException(unit.Name);
        }
    }

    void RollBack()
    {
        if (!session.InAutocommit) session.Execute("ROLLBACK");
    }

    void Reopen()
    {
        session.Dispose();
        session = open();
    }

    static Exception Translate(Exception refused) => refused is SqliteException { SqliteErrorCode: var code }
        ? code switch
        {
            SQLitePCL.raw.SQLITE_FULL => new StorageFullException(refused),
            SQLitePCL.raw.SQLITE_IOERR or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_READONLY => new StorageUnavailableException(refused),
            _ => refused,
        }
        : refused;

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await writer;
        session.Dispose();
    }
}
