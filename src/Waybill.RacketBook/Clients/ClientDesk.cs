using Waybill.Engine.Storage;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Clients;

/// <summary>A stringer's clients.</summary>
public sealed class ClientDesk(IDatabase database, TimeProvider clock)
{
    /// <summary>One client.</summary>
    public Task<Client?> FindAsync(StringerScope scope, Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(session => ClientRows.FindAsync(session, scope, id, cancellationToken), cancellationToken);

    /// <summary>Clients, newest first.</summary>
    public Task<List<Client>> ListAsync(StringerScope scope, ClientFilter filter, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(session => ClientRows.ListAsync(session, scope, filter, limit, cancellationToken), cancellationToken);

    /// <summary>
    /// Makes a client, and the person behind it. Nobody has proved that an address is theirs, so no person of another stringer's is taken
    /// for it.
    /// </summary>
    public Task<Saving<Client>> CreateAsync(
        StringerScope scope, Client wanted, CancellationToken cancellationToken) => database.WriteAsync<Saving<Client>>(
        "create client", session => AddAsync(session, scope, wanted, clock.GetUtcNow()), cancellationToken);

    /// <summary>The same within a unit of work.</summary>
    internal static async ValueTask<Saving<Client>> AddAsync(Session session, StringerScope scope, Client wanted, DateTimeOffset now)
    {
        var client = wanted with
        {
            Id = Guid.CreateVersion7(now),
            Person = wanted.Person with { Id = Guid.CreateVersion7(now) },
            Version = 1
        };
        await session.HoldAsync([scope.Stringer.Value], CancellationToken.None); // or two at once would not see each other's address
        if (await FaultAsync(session, scope, client) is { } fault) return new Saving<Client>.Refused(fault, isConflict: true);
        await ClientRows.InsertAsync(session, scope, client, now);
        return new Saving<Client>.Done(client);
    }

    /// <summary>Changes a client. A new address is where the next receipt goes; no earlier one is sent again.</summary>
    public Task<Saving<Client>> ChangeAsync(
        StringerScope scope, Guid id, int? expected, Func<Client, Client> change,
        CancellationToken cancellationToken) => database.WriteAsync<Saving<Client>>(
        "change client",
        async session =>
        {
            await session.HoldAsync([scope.Stringer.Value], CancellationToken.None);
            if (await ClientRows.FindAsync(session, scope, id, CancellationToken.None) is not { IsRemoved: false } present)
                return new Saving<Client>.Missing();
            if (expected is { } version && version != present.Version) return new Saving<Client>.Stale();
            var wanted = change(present) with { IsSelf = present.IsSelf };
            if (wanted.Person.Name.Length == 0) return new Saving<Client>.Refused(new BookFault("first_name", "text.needed"));
            if (await FaultAsync(session, scope, wanted) is { } fault) return new Saving<Client>.Refused(fault, isConflict: true);
            return await ClientRows.UpdateAsync(session, scope, wanted)
                ? new Saving<Client>.Done(wanted with { Version = wanted.Version + 1 })
                : new Saving<Client>.Stale();
        },
        cancellationToken);

    /// <summary>Removes a client; what was strung for them stays. The stringer's own profile stays too.</summary>
    public Task<Saving<Client>> RemoveAsync(
        StringerScope scope, Guid id, CancellationToken cancellationToken) => database.WriteAsync<Saving<Client>>(
        "remove client",
        async session =>
        {
            if (await ClientRows.FindAsync(session, scope, id, CancellationToken.None) is not { IsRemoved: false } present)
                return new Saving<Client>.Missing();
            if (present.IsSelf) return new Saving<Client>.Refused(new BookFault("", "client.self"), isConflict: true);
            return await ClientRows.RemoveAsync(session, scope, id, clock.GetUtcNow())
                ? new Saving<Client>.Done(present)
                : new Saving<Client>.Missing();
        },
        cancellationToken);

    /// <summary>The stringer's own profile, whose orders are self-jobs.</summary>
    public Task<Client?> FindSelfAsync(StringerScope scope, CancellationToken cancellationToken) =>
        database.ReadAsync(session => ClientRows.FindSelfAsync(session, scope, cancellationToken), cancellationToken);

    static async ValueTask<BookFault?> FaultAsync(Session session, StringerScope scope, Client client) =>
        !string.IsNullOrWhiteSpace(client.Person.Email)
        && await ClientRows.FindByEmailAsync(session, scope, client.Person.Email, CancellationToken.None) is { } other
        && other.Id != client.Id
            ? new("email", "client.email-taken", other.Person.Name)
            : null;
}
