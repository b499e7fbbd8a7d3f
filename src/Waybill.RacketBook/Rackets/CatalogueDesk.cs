using Waybill.Engine.Storage;
using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Rackets;

/// <summary>The rackets and strings that a stringer sees. What all share is changed by nobody; a stringer's own is theirs.</summary>
public sealed class CatalogueDesk(IDatabase database, TimeProvider clock)
{
    /// <summary>One racket.</summary>
    public Task<Racket?> FindRacketAsync(StringerScope scope, Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => CatalogueRows.Rackets.FindListedAsync(session, scope.Stringer, id, cancellationToken), cancellationToken);

    /// <summary>Rackets, newest first.</summary>
    public Task<List<Racket>> ListRacketsAsync(
        StringerScope scope, CatalogueFilter filter, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(session => CatalogueRows.Rackets.ListAsync(session, scope, filter, limit, cancellationToken), cancellationToken);

    /// <summary>One string.</summary>
    public Task<TennisString?> FindStringAsync(StringerScope scope, Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => CatalogueRows.Strings.FindListedAsync(session, scope.Stringer, id, cancellationToken), cancellationToken);

    /// <summary>Strings, newest first.</summary>
    public Task<List<TennisString>> ListStringsAsync(
        StringerScope scope, CatalogueFilter filter, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(session => CatalogueRows.Strings.ListAsync(session, scope, filter, limit, cancellationToken), cancellationToken);

    /// <summary>Writes a racket down.</summary>
    public Task<Saving<Racket>> CreateAsync(
        StringerScope scope, Racket wanted, CancellationToken cancellationToken) => database.WriteAsync<Saving<Racket>>(
        "create racket", session => AddAsync(session, scope, wanted, clock.GetUtcNow()), cancellationToken);

    /// <summary>The same within a unit of work.</summary>
    internal static async ValueTask<Saving<Racket>> AddAsync(Session session, StringerScope scope, Racket wanted, DateTimeOffset now)
    {
        var racket = wanted with { Id = Guid.CreateVersion7(now), CreatedBy = scope.Stringer, Version = 1 };
        if (await OwnerFaultAsync(session, scope, racket) is { } fault) return new Saving<Racket>.Refused(fault);
        await CatalogueRows.Rackets.InsertAsync(session, racket, now);
        return new Saving<Racket>.Done(racket);
    }

    /// <summary>Corrects a racket of the stringer's own.</summary>
    public Task<Saving<Racket>> ChangeAsync(
        StringerScope scope, Guid id, int? expected, Func<Racket, Racket> change,
        CancellationToken cancellationToken) => database.WriteAsync<Saving<Racket>>(
        "change racket",
        async session =>
        {
            if (await CatalogueRows.Rackets.FindListedAsync(session, scope.Stringer, id, CancellationToken.None) is not { } present)
                return new Saving<Racket>.Missing();
            if (present.Visibility == Visibility.Shared)
                return new Saving<Racket>.Refused(new BookFault("", "catalogue.shared"), isConflict: true);
            if (expected is { } version && version != present.Version) return new Saving<Racket>.Stale();
            var wanted = change(present);
            if (await OwnerFaultAsync(session, scope, wanted) is { } fault) return new Saving<Racket>.Refused(fault);
            return await CatalogueRows.Rackets.UpdateAsync(session, scope, wanted)
                ? new Saving<Racket>.Done(wanted with { Version = wanted.Version + 1 })
                : new Saving<Racket>.Stale();
        },
        cancellationToken);

    /// <summary>Writes a string down.</summary>
    public Task<Saving<TennisString>> CreateAsync(
        StringerScope scope, TennisString wanted, CancellationToken cancellationToken) => database.WriteAsync<Saving<TennisString>>(
        "create string",
        async session =>
        {
            var now = clock.GetUtcNow();
            var fresh = wanted with { Id = Guid.CreateVersion7(now), CreatedBy = scope.Stringer, Version = 1 };
            await CatalogueRows.Strings.InsertAsync(session, fresh, now);
            return new Saving<TennisString>.Done(fresh);
        },
        cancellationToken);

    /// <summary>Corrects a string of the stringer's own.</summary>
    public Task<Saving<TennisString>> ChangeAsync(
        StringerScope scope, Guid id, int? expected, Func<TennisString, TennisString> change,
        CancellationToken cancellationToken) => database.WriteAsync<Saving<TennisString>>(
        "change string",
        async session =>
        {
            if (await CatalogueRows.Strings.FindListedAsync(session, scope.Stringer, id, CancellationToken.None) is not { } present)
                return new Saving<TennisString>.Missing();
            if (present.Visibility == Visibility.Shared)
                return new Saving<TennisString>.Refused(new BookFault("", "catalogue.shared"), isConflict: true);
            if (expected is { } version && version != present.Version) return new Saving<TennisString>.Stale();
            var wanted = change(present);
            return await CatalogueRows.Strings.UpdateAsync(session, scope, wanted)
                ? new Saving<TennisString>.Done(wanted with { Version = wanted.Version + 1 })
                : new Saving<TennisString>.Stale();
        },
        cancellationToken);

    /// <summary>
    /// Takes a racket or a string of the stringer's own out of the lists; orders that name it stay as they are. False: there is none, or it
    /// is shared.
    /// </summary>
    public Task<bool> RemoveAsync(
        StringerScope scope, Moderation.CatalogueKind kind, Guid id, CancellationToken cancellationToken) => database.WriteAsync(
        "remove from catalogue",
        session => kind == Moderation.CatalogueKind.Racket
            ? CatalogueRows.Rackets.RemoveAsync(session, scope, id, clock.GetUtcNow())
            : CatalogueRows.Strings.RemoveAsync(session, scope, id, clock.GetUtcNow()),
        cancellationToken);

    static async ValueTask<BookFault?> OwnerFaultAsync(Session session, StringerScope scope, Racket racket) => racket switch
    {
        { Visibility: Visibility.OneOff, OwnerClient: null } => new("owner_client_id", "racket.owner-needed"),
        { Visibility: not Visibility.OneOff, OwnerClient: not null } => new("owner_client_id", "racket.owner-odd"),
        { OwnerClient: { } owner } when await ClientRows.FindAsync(session, scope, owner, CancellationToken.None) is null =>
            new("owner_client_id", "client.missing"),
        _ => null,
    };
}
