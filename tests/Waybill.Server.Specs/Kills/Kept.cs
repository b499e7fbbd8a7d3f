using System.Data.Common;
using System.Globalization;

namespace Waybill.Server.Specs.Kills;

/// <summary>What the database has in the end.</summary>
/// <param name="Messages">All messages.</param>
/// <param name="Attempts">All attempts of all messages.</param>
/// <param name="Waiting">Rows that are left in the outbox.</param>
/// <param name="Burnt">How many of those are held, or were tried before as far as their stream's policy counts.</param>
public sealed record Kept(IReadOnlyList<KeptMessage> Messages, IReadOnlyList<KeptAttempt> Attempts, long Waiting, long Burnt)
{
    /// <summary>Reads it all, with statements that both databases understand.</summary>
    public static async Task<Kept> ReadAsync(DbConnection connection)
    {
        var messages = await QueryAsync(
            connection,
            "SELECT m.id, m.subject, m.status, m.header_id, s.bytes_hash FROM messages m LEFT JOIN snapshots s ON s.message_id = m.id",
            row => new KeptMessage(Id(row, 0), row.GetString(1), row.GetString(2), row.GetString(3), Hash(row, 4)));
        var attempts = await QueryAsync(
            connection,
            "SELECT message_id, node, outcome FROM attempts",
            row => new KeptAttempt(Id(row, 0), PidOf(row.GetString(1)), row.IsDBNull(2) ? "open" : row.GetString(2)));
        var burnt = await CountAsync(connection, "SELECT count(*) FROM outbox WHERE state <> 'queued' OR begun = 1 OR attempt > 0");
        return new(messages, attempts, await WaitingAsync(connection), burnt);
    }

    public static Task<long> WaitingAsync(DbConnection connection) => CountAsync(connection, "SELECT count(*) FROM outbox");

    public static async Task<long> CountAsync(DbConnection connection, string sql) =>
        (await QueryAsync(connection, sql, row => row.GetInt64(0)))[0];

    static async Task<List<T>> QueryAsync<T>(DbConnection connection, string sql, Func<DbDataReader, T> map)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync()) rows.Add(map(reader));
        return rows;
    }

    static string Id(DbDataReader row, int column) =>
        (row.GetValue(column) is byte[] octets ? new Guid(octets, bigEndian: true) : row.GetGuid(column)).ToString();

    static string Hash(DbDataReader row, int column) =>
        row.IsDBNull(column) ? "" : Convert.ToHexStringLower(row.GetFieldValue<byte[]>(column));

    // A node is called machine:pid:random.
    static int PidOf(string node) => int.Parse(node.Split(':')[^2], CultureInfo.InvariantCulture);
}

/// <summary>One message of the journal; the hash is the one of its bytes, empty before they were composed.</summary>
public sealed record KeptMessage(string Id, string Subject, string Status, string HeaderId, string Hash);

/// <summary>One attempt: which process made it, and how it ended; <c>open</c> when nobody knows yet.</summary>
public sealed record KeptAttempt(string Message, int Pid, string Outcome);
