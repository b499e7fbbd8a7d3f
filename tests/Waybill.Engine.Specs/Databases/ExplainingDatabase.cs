using System.Data.Common;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Specs.Databases;

/// <summary>A database that is asked, before each query of a read, how it will go about it.</summary>
internal sealed class ExplainingDatabase(IDatabase inner) : IDatabase
{
    readonly List<string> plans = [];

    /// <summary>How the queries so far were answered, one plan for each.</summary>
    public IReadOnlyList<string> Plans => plans;

    public string Provider => inner.Provider;

    public int Writers => inner.Writers;

    public Task<T> WriteAsync<T>(string name, Func<Session, ValueTask<T>> unit, CancellationToken cancellationToken) =>
        inner.WriteAsync(name, unit, cancellationToken);

    public Task<T> ReadAsync<T>(Func<Session, ValueTask<T>> read, CancellationToken cancellationToken) =>
        inner.ReadAsync(session => read(new ExplainingSession(session, Provider == "sqlite", plans)), cancellationToken);

    public Task<DateTimeOffset> GetTimeAsync(CancellationToken cancellationToken) => inner.GetTimeAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    sealed class ExplainingSession(Session inner, bool isSqlite, List<string> plans) : Session
    {
        public override DbConnection Connection => inner.Connection;

        public override DbTransaction? Transaction => inner.Transaction;

        public override WordIndex Words => inner.Words;

        public override void Undo() => inner.Undo();

        public override string AmongLocked(string select) => inner.AmongLocked(select);

        public override string Microseconds(string from, string to) => inner.Microseconds(from, to);

        public override ValueTask HoldAsync(IReadOnlyList<Guid> names, CancellationToken cancellationToken) =>
            inner.HoldAsync(names, cancellationToken);

        public override ValueTask<int> ExecuteAsync(string sql, Action<Parameters> bind, CancellationToken cancellationToken) =>
            inner.ExecuteAsync(sql, bind, cancellationToken);

        public override ValueTask<int[]> ExecuteManyAsync<TRow>(
            string sql, IReadOnlyList<TRow> rows, Action<Parameters, TRow> bind, CancellationToken cancellationToken) =>
            inner.ExecuteManyAsync(sql, rows, bind, cancellationToken);

        public override ValueTask InsertManyAsync<TRow>(
            string insert, IReadOnlyList<TRow> rows, Action<Parameters, TRow> bind, CancellationToken cancellationToken) =>
            inner.InsertManyAsync(insert, rows, bind, cancellationToken);

        public override async ValueTask<List<T>> QueryAsync<T>(
            string sql, Action<Parameters> bind, Func<Row, T> map, CancellationToken cancellationToken)
        {
            var plan =
                await inner.QueryAsync(
                    (isSqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + sql, bind, row => row.Text(isSqlite ? 3 : 0), cancellationToken);
            plans.Add(string.Join('\n', plan));
            return await inner.QueryAsync(sql, bind, map, cancellationToken);
        }
    }
}
