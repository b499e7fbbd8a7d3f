using System.Buffers.Binary;
using System.Data.Common;
using Npgsql;

namespace Waybill.Engine.Storage.Postgres;

/// <param name="connection">The unit's own.</param>
/// <param name="transaction">The unit's own.</param>
/// <param name="tooSlow">Ends the statement under way when the unit's time is up.</param>
internal sealed class PostgresSession(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken tooSlow) : Session
{
    /// <summary>
    /// As many different locks as names come to: a server keeps some 6400 unless told otherwise, and all its units share them.
    /// </summary>
    const int Locks = 4096;

    public override DbConnection Connection => connection;

    public override DbTransaction? Transaction => transaction;

    public override WordIndex Words { get; } = new PostgresWords();

    /// <summary>Whether the unit is not to be kept.</summary>
    public bool IsUndone { get; private set; }

    public override void Undo() => IsUndone = true;

    public override string AmongLocked(string select) => $"= ANY(ARRAY({select} FOR UPDATE SKIP LOCKED))";

    public override string Microseconds(string from, string to) => $"CAST(extract(epoch FROM {to} - {from}) * 1000000 AS bigint)";

    public override async ValueTask HoldAsync(IReadOnlyList<Guid> names, CancellationToken cancellationToken)
    {
        if (names.Count == 0) return;
        // In one order everywhere, so that two units never wait for each other in a circle.
        await using var command = new NpgsqlCommand(
            "SELECT pg_advisory_xact_lock(7829, name) FROM unnest($1) AS name", connection, transaction);
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. names.Select(LockOf).Distinct().Order()] });
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tooSlow, cancellationToken);
        await command.ExecuteNonQueryAsync(either.Token);
    }

    public override async ValueTask<int> ExecuteAsync(string sql, Action<Parameters> bind, CancellationToken cancellationToken)
    {
        await using var command = Prepare(sql, bind);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tooSlow, cancellationToken);
        return await command.ExecuteNonQueryAsync(either.Token);
    }

    public override async ValueTask<int[]> ExecuteManyAsync<TRow>(
        string sql, IReadOnlyList<TRow> rows, Action<Parameters, TRow> bind, CancellationToken cancellationToken)
    {
        if (rows.Count == 0) return [];
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var row in rows)
        {
            var command = new NpgsqlBatchCommand(sql);
            bind(new PostgresParameters(command.Parameters), row);
            batch.BatchCommands.Add(command);
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(tooSlow, cancellationToken);
        await batch.ExecuteNonQueryAsync(either.Token);
        return [.. batch.BatchCommands.Cast<NpgsqlBatchCommand>().Select(command => command.RecordsAffected)];
    }

    public override async ValueTask InsertManyAsync<TRow>(
        string insert, IReadOnlyList<TRow> rows, Action<Parameters, TRow> bind, CancellationToken cancellationToken)
    {
        if (rows.Count == 0) return;
        var columns = new PostgresColumns(rows.Count);
        foreach (var row in rows) bind(columns.NextRow(), row);
        await using var command = new NpgsqlCommand(columns.InsertAll(insert), connection, transaction);
        columns.AddTo(command.Parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public override async ValueTask<List<T>> QueryAsync<T>(
        string sql, Action<Parameters> bind, Func<Row, T> map, CancellationToken cancellationToken)
    {
        await using var command = Prepare(sql, bind);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tooSlow, cancellationToken);
        await using var reader = await command.ExecuteReaderAsync(either.Token);
        var row = new PostgresRow(reader);
        var answer = new List<T>();
        while (await reader.ReadAsync(either.Token)) answer.Add(map(row));
        return answer;
    }

    static int LockOf(Guid name) => BinaryPrimitives.ReadUInt16BigEndian(name.ToByteArray(bigEndian: true)) % Locks;

    NpgsqlCommand Prepare(string sql, Action<Parameters> bind)
    {
        var command = new NpgsqlCommand(sql, connection, transaction);
        bind(new PostgresParameters(command.Parameters));
        return command;
    }
}
