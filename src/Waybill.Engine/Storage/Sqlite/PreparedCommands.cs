using Microsoft.Data.Sqlite;

namespace Waybill.Engine.Storage.Sqlite;

/// <summary>
/// The statements that a connection keeps prepared, by their text: those that were used last. Some texts are made by what people ask for,
/// and there is no end to these.
/// </summary>
internal sealed class PreparedCommands(SqliteConnection connection) : IDisposable
{
    /// <summary>More than the program has of its own on any one connection.</summary>
    public const int Most = 300;

    readonly Dictionary<string, PreparedCommand> kept = [];
    long uses;

    public int Count => kept.Count;

    /// <summary>The statement, whose parameters begin anew.</summary>
    public PreparedCommand Find(string sql)
    {
        if (!kept.TryGetValue(sql, out var found))
        {
            if (kept.Count == Most) Drop();
            kept.Add(sql, found = Prepare(sql));
        }

        found.LastUse = ++uses;
        found.Parameters.Rewind();
        return found;
    }

    public void Dispose()
    {
        foreach (var one in kept.Values) one.Command.Dispose();
    }

    void Drop()
    {
        var (sql, oldest) = kept.MinBy(one => one.Value.LastUse);
        oldest.Command.Dispose();
        kept.Remove(sql);
    }

    PreparedCommand Prepare(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return new(command, new SqliteParameters(command));
    }
}

/// <summary>One of them.</summary>
internal sealed record PreparedCommand(SqliteCommand Command, SqliteParameters Parameters)
{
    public long LastUse { get; set; }
}
