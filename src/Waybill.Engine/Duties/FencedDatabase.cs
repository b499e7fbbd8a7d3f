using Waybill.Engine.Storage;

namespace Waybill.Engine.Duties;

/// <summary>
/// The database as a duty under a term has it. Each unit of work first names the term, in its own transaction, and changes nothing once the
/// term is over: a node that was paused and comes back writes no more. Until the unit ends nobody else can begin the next term.
/// </summary>
sealed class FencedDatabase(IDatabase database, DutyTerms terms, DutyTerm term) : IDatabase
{
    public string Provider => database.Provider;

    public int Writers => database.Writers;

    public Task<T> WriteAsync<T>(string name, Func<Session, ValueTask<T>> unit, CancellationToken cancellationToken) => database.WriteAsync(
        name,
        async session =>
        {
            if (!await terms.HoldAsync(session, term)) throw new TermLostException(term);
            return await unit(session);
        },
        cancellationToken);

    public Task<T> ReadAsync<T>(Func<Session, ValueTask<T>> read, CancellationToken cancellationToken) =>
        database.ReadAsync(read, cancellationToken);

    public Task<DateTimeOffset> GetTimeAsync(CancellationToken cancellationToken) => database.GetTimeAsync(cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask; // it is the server's
}

/// <summary>A duty wrote after its term was over. Nothing of that write was kept.</summary>
sealed class TermLostException(DutyTerm term)
    : Exception($"Term {term.Number} of the duty '{term.Duty}' is over; this write was not kept.");
