using Waybill.Engine.Accounts;
using Waybill.Engine.Storage;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Clients;

/// <summary>The rows of clients; a person is reached only through a client of the stringer's.</summary>
static class ClientRows
{
    const string Columns =
        """
        SELECT c.id, c.person_id, p.first_name, p.last_name, p.email, p.locale, c.nickname, c.internal_notes, c.tension_memo, c.is_self,
               CASE WHEN c.removed_at IS NULL THEN 0 ELSE 1 END, c.version
        FROM racketbook_clients c JOIN racketbook_persons p ON p.id = c.person_id WHERE c.stringer_id = $1
        """;

    /// <summary>One client, removed ones included.</summary>
    internal static ValueTask<Client?> FindAsync(Session session, StringerScope scope, Guid id, CancellationToken cancellationToken) =>
        session.FirstAsync($"{Columns} AND c.id = $2", p => p.Id(scope.Stringer.Value).Id(id), Read, cancellationToken);

    /// <summary>Clients, newest first.</summary>
    internal static ValueTask<List<Client>> ListAsync(Session session, StringerScope scope, ClientFilter filter, int limit, CancellationToken cancellationToken) => session.QueryAsync(
        $"""
        {Columns} AND ($2 IS NULL OR c.id < $2) AND c.removed_at IS NULL
          AND ($3 IS NULL OR c.sought LIKE $3 ESCAPE '!')
          AND ($4 = 0 OR EXISTS (
              SELECT 1 FROM racketbook_receipt_emit_log e WHERE e.stringer_id = c.stringer_id AND e.client_id = c.id AND e.skip_reason = 'no_address')
            AND NOT EXISTS (
              SELECT 1 FROM racketbook_receipt_emit_log e WHERE e.stringer_id = c.stringer_id AND e.client_id = c.id AND e.delivery_status = 'sent'))
        ORDER BY c.id DESC LIMIT $5
        """,
        p => p.Id(scope.Stringer.Value).Id(filter.After).Text(filter.Pattern).Number(filter.IsNeverMailed ? 1 : 0).Number(limit),
        Read,
        cancellationToken);

    internal static ValueTask<Client?> FindSelfAsync(Session session, StringerScope scope, CancellationToken cancellationToken) =>
        session.FirstAsync($"{Columns} AND c.is_self = 1", p => p.Id(scope.Stringer.Value), Read, cancellationToken);

    /// <summary>The client of the stringer's who has an address; null: none has.</summary>
    internal static ValueTask<Client?> FindByEmailAsync(Session session, StringerScope scope, string email, CancellationToken cancellationToken) => session.FirstAsync(
        $"{Columns} AND p.email_key = $2 AND c.removed_at IS NULL", p => p.Id(scope.Stringer.Value).Text(EmailKey.Of(email)), Read, cancellationToken);

    internal static async ValueTask InsertAsync(Session session, StringerScope scope, Client client, DateTimeOffset at)
    {
        var person = client.Person;
        await session.ExecuteAsync(
            "INSERT INTO racketbook_persons (id, email, email_key, first_name, last_name, locale, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            p => p.Id(person.Id).Text(person.Email).Text(Key(person.Email)).Text(person.FirstName).Text(person.LastName).Text(person.Locale).Instant(at),
            CancellationToken.None);
        await session.ExecuteAsync(
            """
            INSERT INTO racketbook_clients (id, stringer_id, person_id, nickname, internal_notes, tension_memo, sought, is_self, version, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9)
            """,
            p => p.Id(client.Id).Id(scope.Stringer.Value).Id(person.Id).Text(client.Nickname).Text(client.InternalNotes).Text(client.TensionMemo)
                .Text(Words(client)).Number(client.IsSelf ? 1 : 0).Instant(at),
            CancellationToken.None);
    }

    /// <summary>False when somebody else changed it since it was read.</summary>
    internal static async ValueTask<bool> UpdateAsync(Session session, StringerScope scope, Client client)
    {
        var changed = await session.ExecuteAsync(
            """
            UPDATE racketbook_clients SET nickname = $3, internal_notes = $4, tension_memo = $5, sought = $6, version = version + 1
            WHERE stringer_id = $1 AND id = $2 AND version = $7 AND removed_at IS NULL
            """,
            p => p.Id(scope.Stringer.Value).Id(client.Id).Text(client.Nickname).Text(client.InternalNotes).Text(client.TensionMemo).Text(Words(client))
                .Number(client.Version),
            CancellationToken.None);
        if (changed == 0) return false;
        await session.ExecuteAsync(
            """
            UPDATE racketbook_persons SET email = $3, email_key = $4, first_name = $5, last_name = $6, locale = $7
            WHERE id = (SELECT person_id FROM racketbook_clients WHERE stringer_id = $1 AND id = $2)
            """,
            p => p.Id(scope.Stringer.Value).Id(client.Id).Text(client.Person.Email).Text(Key(client.Person.Email)).Text(client.Person.FirstName)
                .Text(client.Person.LastName).Text(client.Person.Locale),
            CancellationToken.None);
        return true;
    }

    internal static async ValueTask<bool> RemoveAsync(Session session, StringerScope scope, Guid id, DateTimeOffset at) => await session.ExecuteAsync(
        "UPDATE racketbook_clients SET removed_at = $3, version = version + 1 WHERE stringer_id = $1 AND id = $2 AND removed_at IS NULL AND is_self = 0",
        p => p.Id(scope.Stringer.Value).Id(id).Instant(at),
        CancellationToken.None) == 1;

    static string Words(Client client) => $"{client.Person.Name} {client.Nickname} {client.Person.Email}".ToLowerInvariant();

    static string? Key(string? email) => string.IsNullOrWhiteSpace(email) ? null : EmailKey.Of(email);

    static Client Read(Row row) => new()
    {
        Id = row.Id(0),
        Person = new()
        {
            Id = row.Id(1),
            FirstName = row.Text(2),
            LastName = row.Text(3),
            Email = row.TextOrNull(4),
            Locale = row.TextOrNull(5),
        },
        Nickname = row.TextOrNull(6),
        InternalNotes = row.TextOrNull(7),
        TensionMemo = row.TextOrNull(8),
        IsSelf = row.Number(9) == 1,
        IsRemoved = row.Number(10) == 1,
        Version = row.Count(11),
    };
}

/// <summary>Which clients.</summary>
/// <param name="After">Continues after this one.</param>
/// <param name="Words">Within name, nickname or address.</param>
/// <param name="IsNeverMailed">Only those who never got a receipt because their address is not known.</param>
public sealed record ClientFilter(Guid? After = null, string? Words = null, bool IsNeverMailed = false)
{
    internal string? Pattern => string.IsNullOrWhiteSpace(Words) ? null : Sought.Within(Words.ToLowerInvariant());
}
