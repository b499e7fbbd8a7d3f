using Waybill.Engine.Storage;

namespace Waybill.Engine.Secrets;

/// <summary>A column of sealed values, and what binds each of them to its row.</summary>
internal sealed class SealedPlace
{
    readonly string column;
    readonly string order;
    readonly string from;
    readonly string select;
    readonly string update;
    readonly Func<Row, SealedRow> read;

    SealedPlace(
        int script, string table, string key, string column, string order, Func<Row, SealedRow> read, string owner = "NULL",
        string only = "TRUE", string also = "")
    {
        Script = script;
        (this.column, this.order, this.read, Key) = (column, order, read, key);
        from = $"FROM {table} WHERE {column} IS NOT NULL AND {only}";
        select = $"SELECT {key}, {column}, {owner} {from}";
        update = $"UPDATE {table} SET {column} = $1{also} WHERE {key} = $2 AND {column} = $3";
    }

    /// <summary>All there are.</summary>
    public static IReadOnlyList<SealedPlace> All { get; } =
    [
        new(
            7, "protection_keys", "name", "box", "created_at DESC",
            row => new(Guid.Empty, row.Text(0), row.Bytes(1), KeyRing.Context(row.Text(0)))),
        new(5, "relays", "id", "secret", "updated_at DESC", row => Named(row, id => SealingContext.Relay(id))),
        // The version grows, so that who read the account before writes no old value back.
        new(
            7, "people", "id", "totp_key", "id DESC", row => Named(row, id => SealingContext.Authenticator(id)),
            also: ", version = version + 1"),
        new(3, "events", "id", "sealed", "id DESC", row => Named(row, id => SealingContext.Event(id))),
        new(2, "snapshots", "message_id", "sealed", "message_id DESC",
            row => Named(row, _ => SealingContext.MessageParts(row.IdOrNull(2) ?? Guid.Empty)),
            // the index is one of those
            owner: "(SELECT m.tenant_id FROM messages m WHERE m.id = message_id)", only: "sealed_until IS NOT NULL"),
    ];

    /// <summary>The script of the schema that made the column.</summary>
    public int Script { get; }

    string Key { get; }

    bool IsNamed => Key == "name";

    /// <summary>The newest values.</summary>
    public ValueTask<List<SealedRow>> NewestAsync(Session session, int count, CancellationToken cancellationToken) =>
        session.QueryAsync($"{select} ORDER BY {order} LIMIT $1", p => p.Number(count), read, cancellationToken);

    /// <summary>The rows whose values were not sealed with this key, without the values.</summary>
    public ValueTask<List<SealedRow>> OthersAsync(Session session, byte[] key, CancellationToken cancellationToken) => session.QueryAsync(
        $"SELECT {Key} {from} AND substr({column}, 1, 4) <> $1",
        p => p.Bytes(key),
        row => IsNamed ? new SealedRow(Guid.Empty, row.Text(0), [], "") : new SealedRow(row.Id(0), "", [], ""),
        cancellationToken);

    /// <summary>These rows with their values.</summary>
    public ValueTask<List<SealedRow>> FindAsync(
        Session session, IReadOnlyList<SealedRow> rows, CancellationToken cancellationToken) => session.QueryAsync(
        $"{select} AND {Key} {Session.OneOf(1, rows.Count)}",
        p =>
        {
            foreach (var row in rows) Bind(p, row);
        },
        read,
        cancellationToken);

    /// <summary>Puts new values in place of those that were read, unless they were erased or set anew meanwhile.</summary>
    public async ValueTask<int> ReplaceAsync(Session session, IReadOnlyList<(SealedRow Row, byte[] Box)> values) =>
        (await session.ExecuteManyAsync(
            update, values, (p, one) => Bind(p.Bytes(one.Box), one.Row).Bytes(one.Row.Box), CancellationToken.None)).Sum();

    /// <summary>Whether any value was sealed with this key.</summary>
    public async ValueTask<bool> HasAnyOfAsync(
        Session session, byte[] key, CancellationToken cancellationToken) => (await session.QueryAsync(
        $"SELECT 1 {from} AND substr({column}, 1, 4) = $1 LIMIT 1", p => p.Bytes(key), _ => true, cancellationToken)).Count > 0;

    Parameters Bind(Parameters p, SealedRow row) => IsNamed ? p.Text(row.Name) : p.Id(row.Id);

    static SealedRow Named(Row row, Func<Guid, string> context) => new(row.Id(0), "", row.Bytes(1), context(row.Id(0)));
}

/// <summary>One sealed value.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Name">Its row, where that has a name and no id.</param>
/// <param name="Box">The value.</param>
/// <param name="Context">What binds it to its place.</param>
internal sealed record SealedRow(Guid Id, string Name, byte[] Box, string Context);
