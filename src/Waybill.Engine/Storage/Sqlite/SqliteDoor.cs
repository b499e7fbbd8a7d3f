using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Waybill.Engine.Storage.Sqlite;

/// <summary>
/// The single writer. Units pass one at a time; those that wait are committed together, each in its savepoint, so that one fsync serves
/// them all. This connection is also the only one that checkpoints, and its checkpoints run inside its own commits: SQLite up to 3.51.2
/// could lose a commit when one connection checkpointed while another committed. <see cref="SqliteLibrary"/> refuses those; the rule stays.
/// </summary>
internal sealed class SqliteDoor : IAsyncDisposable
{
    const int LargestGroup = 256;

    readonly Channel<PendingUnit> waiting = Channel.CreateUnbounded<PendingUnit>(new() { SingleReader = true });
    readonly Func<SqliteSession> open;
    readonly TimeSpan limit;
    readonly Task writer;
    SqliteSession? session;

    public SqliteDoor(Func<SqliteSession> open, TimeSpan limit)
    {
        this.open = open;
        this.limit = limit;
        session = open();
        writer = Task.Factory.StartNew(WriteAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    /// <summary>The open session. After trouble it is opened anew for the next unit, so that trouble which ends is over.</summary>
    SqliteSession Session => session ??= open();

    /// <summary>True after SQLite ended the whole transaction by itself, or it went with its session.</summary>
    bool TransactionIsLost => session is null || session.InAutocommit;

    public async Task<T> EnterAsync<T>(string name, Func<Session, ValueTask<T>> unit, CancellationToken cancellationToken)
    {
        UnderWay.Forbid();
        cancellationToken.ThrowIfCancellationRequested();
        var pending = new PendingUnit<T>(name, unit, cancellationToken);
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
            group.ForEach(unit => unit.Fail(SqliteFailure.Translate(broken)));
            Close();
        }
    }

    /// <summary>Commits the group; null when SQLite ended the whole transaction and the innocent have to run once more.</summary>
    async Task<List<PendingUnit>?> TryCommitAsync(List<PendingUnit> group)
    {
        var done = new List<PendingUnit>(group.Count);
        try
        {
            Session.Execute("BEGIN IMMEDIATE");
            foreach (var unit in group)
            {
                if (await RunInSavepointAsync(unit)) done.Add(unit);
                if (TransactionIsLost) return null;
            }

            Session.Execute("COMMIT");
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
        Session.Execute("SAVEPOINT unit");
        try
        {
            await RunInTimeAsync(unit);
            if (Session.IsUndone) Session.Execute("ROLLBACK TO unit");
            Session.Execute("RELEASE unit");
            return true;
        }
        catch (UnitTooSlowException slow)
        {
            unit.Fail(slow); // the others run once more, this one does not
            return false;
        }
        catch (Exception) when (TransactionIsLost)
        {
            return false; // SQLite gave up the whole transaction; who is to blame shows when each unit runs alone
        }
        catch (Exception refused)
        {
            Session.Execute("ROLLBACK TO unit");
            Session.Execute("RELEASE unit");
            unit.Fail(SqliteFailure.Translate(refused));
            return false;
        }
    }

    /// <summary>Whoever was told that nothing was kept must not run again: this time it might be kept.</summary>
    async Task CommitOneByOneAsync(List<PendingUnit> group)
    {
        foreach (var unit in group.Where(unit => !unit.IsOver))
        {
            try
            {
                Session.Execute("BEGIN IMMEDIATE");
                await RunInTimeAsync(unit);
                Session.Execute(Session.IsUndone ? "ROLLBACK" : "COMMIT");
                unit.Release();
            }
            catch (Exception refused)
            {
                RollBack();
                unit.Fail(SqliteFailure.Translate(refused));
            }
        }
    }

    async ValueTask RunInTimeAsync(PendingUnit unit)
    {
        Session.BeginUnit();
        var running = unit.RunAsync(Session);
        if (running.IsCompleted)
        {
            await running;
            return;
        }

        // Database and memory complete at once here; whatever waits for something else holds up everybody.
        var task = running.AsTask();
        try
        {
            await task.WaitAsync(limit);
        }
        catch (TimeoutException) when (!task.IsFaulted)
        {
            Close(); // what still runs keeps the old session, whose transaction is rolled back with it
            throw new UnitTooSlowException(unit.Name);
        }
    }

    void RollBack()
    {
        if (!TransactionIsLost) Session.Execute("ROLLBACK");
    }

    void Close()
    {
        var broken = session;
        session = null;
        try
        {
            broken?.Dispose();
        }
        catch (SqliteException)
        {
            // it is broken, and gone
        }
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await writer;
        session?.Dispose();
    }
}
