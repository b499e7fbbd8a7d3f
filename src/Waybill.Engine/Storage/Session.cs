using System.Data.Common;

namespace Waybill.Engine.Storage;

/// <summary>
/// One transaction's connection, with statements that are written once for both databases: parameters are <c>$1</c>, <c>$2</c>, …
/// </summary>
public abstract class Session
{
    /// <summary>The connection under the transaction, for code that brings its own mapping (EF Core). It is not to be closed.</summary>
    public abstract DbConnection Connection { get; }

    /// <summary>The transaction that this session lives in.</summary>
    public abstract DbTransaction? Transaction { get; }

    /// <summary>
    /// The unit ends without a COMMIT: nothing that it wrote is kept, and whoever waits for it has its result all the same. A read has
    /// nothing to undo.
    /// </summary>
    public abstract void Undo();

    /// <summary>
    /// The condition "is among these rows, which I now hold": on PostgreSQL rows that another node holds are passed over, and the array
    /// keeps the planner from running the SELECT twice; SQLite has one writer.
    /// </summary>
    public abstract string AmongLocked(string select);

    /// <summary>
    /// Waits until no other unit holds any of these names, and holds them until this one ends: what two units would add to one thing
    /// without seeing each other, they add one after the other. Two names may count as one. Nothing on SQLite, which has one writer.
    /// </summary>
    public abstract ValueTask HoldAsync(IReadOnlyList<Guid> names, CancellationToken cancellationToken);

    /// <summary>The microseconds between two columns of instants, as a whole number.</summary>
    public abstract string Microseconds(string from, string to);

    /// <summary>How this database is asked for messages by words.</summary>
    public abstract WordIndex Words { get; }

    /// <summary>The condition "is one of <paramref name="count"/> values", whose parameters begin at <paramref name="first"/>.</summary>
    public static string OneOf(int first, int count) =>
        "IN ("
            + string.Join(
                ", ", Enumerable.Range(first, count).Select(n => "$" + n.ToString(System.Globalization.CultureInfo.InvariantCulture)))
                    + ")";

    /// <summary>Runs a statement and says how many rows it changed.</summary>
    public abstract ValueTask<int> ExecuteAsync(string sql, Action<Parameters> bind, CancellationToken cancellationToken);

    /// <summary>
    /// Runs one statement for many rows, in order and in as few round trips as the database allows; gives the count for each.
    /// </summary>
    public abstract ValueTask<int[]> ExecuteManyAsync<TRow>(
        string sql, IReadOnlyList<TRow> rows, Action<Parameters, TRow> bind, CancellationToken cancellationToken);

    /// <summary>
    /// Inserts many rows, in one statement where the database can. <paramref name="insert"/> is an INSERT with one VALUES list, in which
    /// each parameter stands once and in order.
    /// </summary>
    public abstract ValueTask InsertManyAsync<TRow>(
        string insert, IReadOnlyList<TRow> rows, Action<Parameters, TRow> bind, CancellationToken cancellationToken);

    /// <summary>Runs a query and maps every row of its answer.</summary>
    public abstract ValueTask<List<T>> QueryAsync<T>(
        string sql, Action<Parameters> bind, Func<Row, T> map, CancellationToken cancellationToken);

    /// <summary>Runs a query and maps its first row; <c>default</c> when there is none.</summary>
    public async ValueTask<T?> FirstAsync<T>(string sql, Action<Parameters> bind, Func<Row, T> map, CancellationToken cancellationToken)
    {
        var rows = await QueryAsync(sql, bind, map, cancellationToken);
        return rows.Count > 0 ? rows[0] : default;
    }
}
