using Waybill.Engine.Accounts;
using Waybill.Engine.Storage;
using Waybill.Engine.Tables;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Clients;

/// <summary>The rows of clients; a person is reached only through a client of the stringer's.</summary>
static class ClientRows
{
    internal static Table<Client> Table { get; } = new Table<Client>("racketbook_clients", "stringer_id")
        .Without(nameof(Client.Person))
        .Computed<bool>(nameof(Client.IsRemoved), "{0}.removed_at IS NOT NULL")
        .Derived("person_id", client => client.Person.Id)
        .Derived("sought", client => $"{client.Person.Name} {client.Nickname} {client.Person.Email}".ToLowerInvariant())
        .Fixed("person_id", "is_self")
        .Created();

    internal static Table<Person> Persons { get; } = new Table<Person>("racketbook_persons")
        .Derived("email_key", person => string.IsNullOrWhiteSpace(person.Email) ? null : EmailKey.Of(person.Email))
        .Created();

    static readonly View<Client> View = new(
        () => $"{Table.Columns("c")}, {Persons.Columns("p")}",
        Sql.Text("racketbook_clients c JOIN racketbook_persons p ON p.id = c.person_id"),
        "c",
        stringer => Table.TenantIs("c", stringer),
        Read);

    /// <summary>One client, removed ones included.</summary>
    internal static ValueTask<Client?> FindAsync(Session session, StringerScope scope, Guid id, CancellationToken cancellationToken) =>
        View.Of(scope.Stringer).FindAsync(session, id, cancellationToken);

    /// <summary>Clients, newest first.</summary>
    internal static ValueTask<List<Client>> ListAsync(
        Session session, StringerScope scope, ClientFilter filter, int limit, CancellationToken cancellationToken)
    {
        Sql where = $"c.removed_at IS NULL AND ({filter.Pattern} IS NULL OR c.sought LIKE {filter.Pattern} ESCAPE '!')";
        if (filter.IsNeverMailed) where = $"{where} AND {Sql.Text(NeverMailed)}";
        return View.Of(scope.Stringer).NewestAsync(session, where, filter.After, limit, cancellationToken);
    }

    /// <summary>A page of all, removed ones included, the oldest first.</summary>
    internal static ValueTask<List<Client>> PageAsync(
        Session session, StringerScope scope, Guid? after, int limit, CancellationToken cancellationToken) =>
        View.Of(scope.Stringer).OldestAsync(session, Sql.Text("1 = 1"), after, limit, cancellationToken);

    internal static ValueTask<Client?> FindSelfAsync(Session session, StringerScope scope, CancellationToken cancellationToken) =>
        View.Of(scope.Stringer).FirstAsync(session, $"c.is_self = {true}", cancellationToken);

    /// <summary>The client of the stringer's who has an address; null: none has.</summary>
    internal static ValueTask<Client?> FindByEmailAsync(
        Session session, StringerScope scope, string email, CancellationToken cancellationToken) =>
        View.Of(scope.Stringer).FirstAsync(session, $"p.email_key = {EmailKey.Of(email)} AND c.removed_at IS NULL", cancellationToken);

    internal static async ValueTask InsertAsync(Session session, StringerScope scope, Client client, DateTimeOffset at)
    {
        await Persons.InsertAsync(session, client.Person, at);
        await Table.InsertAsync(session, scope.Stringer, client with { Version = 1 }, at);
    }

    /// <summary>False when somebody else changed it since it was read.</summary>
    internal static async ValueTask<bool> UpdateAsync(Session session, StringerScope scope, Client client) =>
        await Table.UpdateAsync(session, scope.Stringer, client, "removed_at IS NULL") && await Persons.UpdateAsync(session, client.Person);

    internal static async ValueTask<bool> RemoveAsync(
        Session session, StringerScope scope, Guid id, DateTimeOffset at) => await session.ExecuteAsync(
        $"""
        UPDATE racketbook_clients SET removed_at = {at}, version = version + 1
        WHERE stringer_id = {scope.Stringer} AND id = {id} AND removed_at IS NULL AND is_self = {false}
        """) == 1;

    const string NeverMailed =
        """
        EXISTS (SELECT 1 FROM racketbook_receipt_emit_log e
            WHERE e.stringer_id = c.stringer_id AND e.client_id = c.id AND e.skip_reason = 'no_address')
        AND NOT EXISTS (SELECT 1 FROM racketbook_receipt_emit_log e
            WHERE e.stringer_id = c.stringer_id AND e.client_id = c.id AND e.delivery_status = 'sent')
        """;

    static Client Read(Row row)
    {
        var at = 0;
        return Table.Read(row, ref at) with { Person = Persons.Read(row, ref at) };
    }
}

/// <summary>Which clients.</summary>
/// <param name="After">Continues after this one.</param>
/// <param name="Words">Within name, nickname or address.</param>
/// <param name="IsNeverMailed">Only those who never got a receipt because their address is not known.</param>
public sealed record ClientFilter(Guid? After = null, string? Words = null, bool IsNeverMailed = false)
{
    internal string? Pattern => string.IsNullOrWhiteSpace(Words) ? null : Sought.Within(Words.ToLowerInvariant());
}
