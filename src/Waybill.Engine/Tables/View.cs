using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Tables;

/// <summary>
/// What is read of one table or of several that are joined, in one statement. It is read through <see cref="Of"/>, which names a tenant, or
/// <see cref="OfAll"/>, which says that it does not: there is no third way.
/// </summary>
public sealed class View<T>
{
    readonly Lazy<string> columns;
    readonly Sql from;
    readonly string key;
    readonly Func<TenantId, Sql>? seenBy;
    readonly Func<Row, T> read;

    /// <summary>A view.</summary>
    /// <param name="columns">What is read.</param>
    /// <param name="from">Of which tables.</param>
    /// <param name="key">What the statement calls the table whose <c>id</c> names a row.</param>
    /// <param name="seenBy">The condition that a tenant sees a row; null: rows are nobody's.</param>
    /// <param name="read">Reads a row.</param>
    public View(Func<Sql> columns, Sql from, string key, Func<TenantId, Sql>? seenBy, Func<Row, T> read) =>
        (this.columns, this.from, this.key, this.seenBy, this.read) = (new(() => columns().ToString()), from, key, seenBy, read);

    /// <summary>The rows that a tenant sees.</summary>
    /// <exception cref="InvalidOperationException">Rows are nobody's.</exception>
    public Rows<T> Of(TenantId tenant) => seenBy is null
        ? throw new InvalidOperationException($"The rows of {key} are nobody's.")
        : new(this, seenBy(tenant));

    /// <summary>The rows of everybody: for what the program does for all, or an admin.</summary>
    public Rows<T> OfAll() => new(this, Sql.Text("1 = 1"));

    internal ValueTask<List<T>> ListAsync(Session session, Sql where, CancellationToken cancellationToken) =>
        session.QueryAsync($"SELECT {Sql.Text(columns.Value)} FROM {from} WHERE {where}", read, cancellationToken);

    internal Sql Key => Sql.Text(key + ".id");
}

/// <summary>The rows of a view that one tenant sees.</summary>
public sealed class Rows<T>
{
    readonly View<T> view;
    readonly Sql seen;

    internal Rows(View<T> view, Sql seen) => (this.view, this.seen) = (view, seen);

    /// <summary>One; null: there is none, or it is another's.</summary>
    public ValueTask<T?> FindAsync(Session session, Guid id, CancellationToken cancellationToken) =>
        FirstAsync(session, $"{view.Key} = {id}", cancellationToken);

    /// <summary>The newest for which a condition holds.</summary>
    public async ValueTask<T?> FirstAsync(Session session, Sql where, CancellationToken cancellationToken) =>
        (await NewestAsync(session, where, after: null, limit: 1, cancellationToken)) is [var first] ? first : default;

    /// <summary>All for which a condition holds, the oldest first.</summary>
    public ValueTask<List<T>> ListAsync(Session session, Sql where, CancellationToken cancellationToken) =>
        view.ListAsync(session, $"{seen} AND ({where}) ORDER BY {view.Key}", cancellationToken);

    /// <summary>A page of them, the newest first.</summary>
    /// <param name="session">Reads.</param>
    /// <param name="where">The condition.</param>
    /// <param name="after">The last of the page before; null: there is none.</param>
    /// <param name="limit">The most of them.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public ValueTask<List<T>> NewestAsync(Session session, Sql where, Guid? after, int limit, CancellationToken cancellationToken) =>
        view.ListAsync(session, $"{seen} AND ({where}){After("<", after)} ORDER BY {view.Key} DESC LIMIT {limit}", cancellationToken);

    /// <summary>A page of them, the oldest first. Rows are sought by their ids, so that the last page costs what the first does.</summary>
    public ValueTask<List<T>> OldestAsync(Session session, Sql where, Guid? after, int limit, CancellationToken cancellationToken) =>
        view.ListAsync(session, $"{seen} AND ({where}){After(">", after)} ORDER BY {view.Key} LIMIT {limit}", cancellationToken);

    Sql After(string sign, Guid? after)
    {
        if (after is not { } last) return Sql.Text("");
        return $" AND {view.Key} {Sql.Text(sign)} {last}";
    }
}
