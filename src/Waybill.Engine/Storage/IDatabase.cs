namespace Waybill.Engine.Storage;

/// <summary>
/// The one door to the database: every write is a unit of work that passes through <see cref="WriteAsync{T}"/>, every read a
/// snapshot. SQLite and PostgreSQL each have an implementation and share one contract suite.
/// </summary>
public interface IDatabase : IAsyncDisposable
{
    /// <summary>Words for logs and health: <c>sqlite</c> or <c>postgres</c>.</summary>
    string Provider { get; }

    /// <summary>
    /// Runs a unit of work in one transaction and returns its result after COMMIT. The unit touches only the database and memory, for
    /// at most <see cref="UnitLimit"/>; it may run twice when the transaction around it is lost, so it keeps no state of its own. It asks
    /// the database by its session only.
    /// </summary>
    /// <param name="name">Names the unit in errors, e.g. <c>accept</c>.</param>
    /// <param name="unit">The work; what it returns is released only after COMMIT.</param>
    /// <param name="cancellationToken">Stops the waiting for a turn; a unit that has begun is finished.</param>
    /// <exception cref="InvalidOperationException">Another unit is under way here, which has to fetch what it needs before it
    /// begins.</exception>
    /// <exception cref="StorageFullException">The disk is full; nothing of the unit was kept.</exception>
    /// <exception cref="StorageUnavailableException">The database is away; whether a COMMIT under way was kept is not known.</exception>
    Task<T> WriteAsync<T>(string name, Func<Session, ValueTask<T>> unit, CancellationToken cancellationToken);

    /// <summary>Runs a read on a consistent snapshot that sees every unit committed before it began.</summary>
    /// <exception cref="InvalidOperationException">A unit is under way here, which has to fetch what it needs before it begins.</exception>
    /// <exception cref="StorageUnavailableException">The database is away.</exception>
    Task<T> ReadAsync<T>(Func<Session, ValueTask<T>> read, CancellationToken cancellationToken);

    /// <summary>The database's own time: PostgreSQL's clock, this machine's for SQLite.</summary>
    Task<DateTimeOffset> GetTimeAsync(CancellationToken cancellationToken);

    /// <summary>How many groups of engine units may be under way at once: one on SQLite, which has one writer.</summary>
    int Writers { get; }

    /// <summary>The longest that one unit of work may take: 5 s.</summary>
    static readonly TimeSpan UnitLimit = TimeSpan.FromSeconds(5);
}
