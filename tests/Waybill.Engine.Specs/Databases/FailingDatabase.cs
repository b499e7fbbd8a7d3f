using System.Data.Common;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Specs.Databases;

/// <summary>A database one of whose calls fails: the n-th statement of a write, whichever it is; or of a read too.</summary>
internal sealed class FailingDatabase(IDatabase inner) : IDatabase
{
    int left = int.MaxValue;

    public string Provider => inner.Provider;

    public int Writers => inner.Writers;

    public bool CountsReads { get; init; }

    /// <summary>Lets the n-th statement from now fail, and no other.</summary>
    public void FailAt(int n) => left = n;

    public Task<T> WriteAsync<T>(string name, Func<Session, ValueTask<T>> unit, CancellationToken cancellationToken) =>
        inner.WriteAsync(name, session => unit(new FailingSession(session, Count)), cancellationToken);

    public Task<T> ReadAsync<T>(Func<Session, ValueTask<T>> read, CancellationToken cancellationToken) =>
        inner.ReadAsync(session => read(CountsReads ? new FailingSession(session, Count) : session), cancellationToken);

    public Task<DateTimeOffset> GetTimeAsync(CancellationToken cancellationToken) => inner.GetTimeAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    void Count()
    {
        if (--left == 0) throw new IOException("The disk hiccuped.");
    }

    sealed class FailingSession(Session inner, Action count) : Session
    {
        public override DbConnection Connection => inner.Connection;

        public override DbTransaction? Transaction => inner.Transaction;

        public override WordIndex Words => inner.Words;

        public override void Undo() => inner.Undo();

        public override string AmongLocked(string select) => inner.AmongLocked(select);

        public override string Microseconds(string from, string to) => inner.Microseconds(from, to);

        public override ValueTask HoldAsync(IReadOnlyList<Guid> names, CancellationToken cancellationToken) =>
            inner.HoldAsync(names, cancellationToken);

        public override ValueTask<int> ExecuteAsync(string sql, Action<Parameters> bind, CancellationToken cancellationToken)
        {
            count();
            return inner.ExecuteAsync(sql, bind, cancellationToken);
        }

        public override ValueTask<int[]> ExecuteManyAsync<TRow>(
            string sql, IReadOnlyList<TRow> rows, Action<Parameters, TRow> bind, CancellationToken cancellationToken)
        {
            count();
            return inner.ExecuteManyAsync(sql, rows, bind, cancellationToken);
        }

        public override ValueTask InsertManyAsync<TRow>(
            string insert, IReadOnlyList<TRow> rows, Action<Parameters, TRow> bind, CancellationToken cancellationToken)
        {
            count();
            return inner.InsertManyAsync(insert, rows, bind, cancellationToken);
        }

        public override ValueTask<List<T>> QueryAsync<T>(
            string sql, Action<Parameters> bind, Func<Row, T> map, CancellationToken cancellationToken)
        {
            count();
            return inner.QueryAsync(sql, bind, map, cancellationToken);
        }
    }
}
