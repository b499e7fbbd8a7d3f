using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Waybill.Engine.Storage.Sqlite;

/// <summary>
/// A connection with its prepared statements. SQLite has no asynchronous I/O: everything here completes before it returns. SQLite does not
/// lock its connections (<see cref="SqliteLibrary"/>), so that this does: a unit that took too long may be at a statement while its session
/// is closed.
/// </summary>
internal sealed class SqliteSession(SqliteConnection connection) : Session, IDisposable
{
    static readonly TimeSpan BetweenInterrupts = TimeSpan.FromMilliseconds(10);

    readonly Lock gate = new();
    volatile bool isClosed;
    readonly PreparedCommands prepared = new(connection);
    readonly Dictionary<string, SqliteStatement> statements = [];

    public override DbConnection Connection => connection;

    /// <summary>None: the door opens its transactions by statement, so that savepoints and groups are one mechanism.</summary>
    public override DbTransaction? Transaction => null;

    public override WordIndex Words { get; } = new SqliteWords();

    public override string AmongLocked(string select) => $"IN ({select})";

    public override string Microseconds(string from, string to) => $"({to} - {from})";

    public override ValueTask HoldAsync(IReadOnlyList<Guid> names, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Whether the unit under way is not to be kept. The door asks for it, and begins anew with the next unit.</summary>
    public bool IsUndone { get; private set; }

    public override void Undo() => IsUndone = true;

    public void BeginUnit() => IsUndone = false;

    /// <summary>True outside a transaction, also after SQLite ended one by itself.</summary>
    public bool InAutocommit => SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) != 0;

    public void Execute(string sql)
    {
        using var only = Enter();
        prepared.Find(sql).Command.ExecuteNonQuery();
    }

    public override ValueTask<int> ExecuteAsync(string sql, Action<Parameters> bind, CancellationToken cancellationToken)
    {
        using var only = Enter();
        var (command, parameters) = prepared.Find(sql);
        bind(parameters);
        return new(command.ExecuteNonQuery());
    }

    public override ValueTask<int[]> ExecuteManyAsync<TRow>(
        string sql, IReadOnlyList<TRow> rows, Action<Parameters, TRow> bind, CancellationToken cancellationToken)
    {
        using var only = Enter();
        var statement = Keep(sql);
        var changed = new int[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            bind(statement, rows[i]);
            changed[i] = statement.Run();
        }

        return new(changed);
    }

    public override async ValueTask InsertManyAsync<TRow>(
        string insert, IReadOnlyList<TRow> rows, Action<Parameters, TRow> bind, CancellationToken cancellationToken) =>
        await ExecuteManyAsync(insert, rows, bind, cancellationToken);

    public override ValueTask<List<T>> QueryAsync<T>(
        string sql, Action<Parameters> bind, Func<Row, T> map, CancellationToken cancellationToken)
    {
        using var only = Enter();
        var (command, parameters) = prepared.Find(sql);
        bind(parameters);
        using var reader = command.ExecuteReader();
        var row = new SqliteRow(reader);
        var answer = new List<T>();
        while (reader.Read()) answer.Add(map(row));
        return new(answer);
    }

    SqliteStatement Keep(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement)) statements.Add(sql, statement = new(connection, sql));
        return statement;
    }

    /// <exception cref="ObjectDisposedException">The session was closed: the unit took too long.</exception>
    Lock.Scope Enter()
    {
        var entered = gate.EnterScope();
        if (!isClosed) return entered;
        entered.Dispose();
        throw new ObjectDisposedException(nameof(SqliteSession), "The unit of work took too long, and its session was closed.");
    }

    /// <summary>Ends the statement that another thread is at, and closes the connection once that thread has left it.</summary>
    public void Dispose()
    {
        isClosed = true;
        while (!gate.TryEnter(BetweenInterrupts)) SQLitePCL.raw.sqlite3_interrupt(connection.Handle);
        try
        {
            foreach (var statement in statements.Values) statement.Dispose();
            prepared.Dispose();
            connection.Dispose();
        }
        finally
        {
            gate.Exit();
        }
    }
}
