using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Waybill.Engine.Storage.Sqlite;

/// <summary>
/// One prepared statement that changes rows, bound and run without a command and a reader in between: a message takes a dozen of these,
/// and those two would cost about as much as the statement itself.
/// </summary>
internal sealed class SqliteStatement : Parameters, IDisposable
{
    readonly sqlite3 database;
    readonly sqlite3_stmt statement;
    readonly int[] places;
    int next;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(database, sql, out statement));
        places = [.. Enumerable.Range(1, raw.sqlite3_bind_parameter_count(statement)).Select(Place)];
    }

    /// <summary>Runs it for the row that was bound, and says how many rows it changed.</summary>
    public int Run()
    {
        next = 0;
        var end = raw.sqlite3_step(statement);
        var changed = end == raw.SQLITE_DONE ? raw.sqlite3_changes(database) : 0;
        Check(raw.sqlite3_reset(statement)); // says again what went wrong in the step
        return changed;
    }

    public void Dispose() => statement.Dispose();

    private protected override void AddId(Guid? value)
    {
        Span<byte> id = stackalloc byte[16];
        if (value?.TryWriteBytes(id, bigEndian: true, out _) == true) Check(raw.sqlite3_bind_blob(statement, Next(), id));
        else AddNull();
    }

    private protected override void AddInstant(DateTimeOffset? value) => AddNumber(value is { } at ? Micros.From(at) : null);

    private protected override void AddText(string? value)
    {
        if (value is null) AddNull();
        else if (value.Length == 0) Check(raw.sqlite3_bind_text(statement, Next(), "")); // no octets have no address, which would mean NULL
        else Check(raw.sqlite3_bind_text(statement, Next(), Encoding.UTF8.GetBytes(value)));
    }

    private protected override void AddNumber(long? value)
    {
        if (value is { } number) Check(raw.sqlite3_bind_int64(statement, Next(), number));
        else AddNull();
    }

    private protected override void AddBytes(byte[]? value)
    {
        if (value is null) AddNull();
        else Check(raw.sqlite3_bind_blob(statement, Next(), value));
    }

    void AddNull() => Check(raw.sqlite3_bind_null(statement, Next()));

    int Next() => places[next++];

    /// <summary>SQLite numbers parameters as they first occur in the text: $2 may be its first.</summary>
    int Place(int number) => raw.sqlite3_bind_parameter_index(statement, "$" + number.ToString(CultureInfo.InvariantCulture));

    void Check(int code) => SqliteException.ThrowExceptionForRC(code, database);
}
