using Waybill.Engine.Accounts;
using Waybill.Engine.Audit;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.RacketBook.Stringers;

/// <summary>
/// Which persons administer the book of all. A stringer who is made an admin is one person: the one with the stringer's own address who
/// works in their book, or runs the instance. Until that person has come the row names nobody.
/// </summary>
static class AdminRows
{
    /// <summary>The stringers as whom a person administers; closed books are not among them.</summary>
    internal static ValueTask<List<TenantId>> OfAsync(
        Session session, Guid person, CancellationToken cancellationToken) => session.QueryAsync(
        """
        SELECT a.stringer_id FROM racketbook_admins a JOIN racketbook_stringers s ON s.id = a.stringer_id
        WHERE a.person_id = $1 AND s.status <> 'disabled'
        """,
        p => p.Id(person),
        row => new TenantId(row.Id(0)),
        cancellationToken);

    /// <summary>Whether a stringer was made an admin, and nobody has come to be it.</summary>
    internal static async ValueTask<bool> IsVacantAsync(
        Session session, TenantId stringer, CancellationToken cancellationToken) => await session.FirstAsync(
        "SELECT count(*) FROM racketbook_admins WHERE stringer_id = $1 AND person_id IS NULL", p => p.Id(stringer.Value),
        row => row.Count(0), cancellationToken) > 0;

    /// <summary>Whether the row names the person who is the stringer now.</summary>
    internal static async ValueTask<bool> IsSettledAsync(Session session, Stringer stringer) =>
        (await session.QueryAsync(
            "SELECT person_id FROM racketbook_admins WHERE stringer_id = $1", p => p.Id(stringer.Id.Value), row => row.IdOrNull(0),
            CancellationToken.None))
        is [var named] && named == (await FindAsync(session, stringer))?.Value;

    /// <summary>Makes a stringer an admin: who they are now is found anew.</summary>
    internal static async ValueTask GiveAsync(Session session, Stringer stringer, DateTimeOffset at)
    {
        var person = await FindAsync(session, stringer);
        await session.ExecuteAsync(
            """
            INSERT INTO racketbook_admins (stringer_id, person_id, created_at) VALUES ($1, $2, $3)
            ON CONFLICT (stringer_id) DO UPDATE SET person_id = excluded.person_id
            """,
            p => p.Id(stringer.Id.Value).Id(person?.Value).Instant(at),
            CancellationToken.None);
    }

    /// <summary>Makes a stringer none any more.</summary>
    internal static ValueTask<int> TakeAsync(Session session, TenantId stringer) =>
        session.ExecuteAsync("DELETE FROM racketbook_admins WHERE stringer_id = $1", p => p.Id(stringer.Value), CancellationToken.None);

    /// <summary>The person who is a stringer; null: they have not come yet, or only read there.</summary>
    internal static async ValueTask<PersonId?> FindAsync(Session session, Stringer stringer)
    {
        if (await Members.FindAsync(session, stringer.Id, stringer.Email) is { } member)
            return member.Role.WorksInBook() ? member.Person.Id : null;
        return await Members.FindAsync(session, TenantId.Everybody, stringer.Email) is { Role: >= Role.Operator } runner
            ? runner.Person.Id
            : null;
    }
}
