using Waybill.Engine.Audit;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Accounts;

/// <summary>Who is what in a tenant, or in the whole instance (<see cref="TenantId.Everybody"/>). One owner always stays.</summary>
public sealed class Members(IDatabase database, AuditTrail audit, TimeProvider clock)
{
    /// <summary>What units hold that must see each other's owners.</summary>
    internal static readonly Guid Owners = new("6f776e65-7273-4000-8000-000000000001");

    static readonly string Of =
        $"SELECT {PersonColumns.Of("p")}, m.role, m.created_at FROM memberships m JOIN people p ON p.id = m.person_id WHERE m.tenant_id = "
            + $"$1";

    /// <summary>The people of a place, by address.</summary>
    public Task<List<Member>> ListAsync(TenantId place, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.QueryAsync(Of + " ORDER BY p.email_key", p => p.Id(place.Value), Read, cancellationToken), cancellationToken);

    /// <summary>Who of a place has this address, however it is spelled; null: nobody.</summary>
    public static ValueTask<Member?> FindAsync(Session session, TenantId place, string email) => session.FirstAsync(
        Of + " AND p.email_key = $2 AND p.removed_at IS NULL", p => p.Id(place.Value).Text(EmailKey.Of(email)), Read,
        CancellationToken.None);

    /// <summary>Gives somebody another role there.</summary>
    public Task<AccountChange> ChangeRoleAsync(
        Actor who, TenantId place, PersonId person, Role role, CancellationToken cancellationToken) => ChangeAsync(
        place,
        person,
        role,
        async (session, member) =>
        {
            await session.ExecuteAsync(
                "UPDATE memberships SET role = $3 WHERE person_id = $1 AND tenant_id = $2",
                p => p.Id(person.Value).Id(place.Value).Text(role.Word()),
                CancellationToken.None);
            await audit.AppendAsync(session, who, place, Acts.ChangeRole, $"{member.Person.Email}: {member.Role.Word()} → {role.Word()}");
        },
        cancellationToken);

    /// <summary>Removes somebody from there. Who is nowhere any more has no account any more: their address may be invited again.</summary>
    public Task<AccountChange> RemoveAsync(Actor who, TenantId place, PersonId person, CancellationToken cancellationToken) => ChangeAsync(
        place,
        person,
        after: null,
        async (session, member) =>
        {
            await session.ExecuteAsync(
                "DELETE FROM memberships WHERE person_id = $1 AND tenant_id = $2", p => p.Id(person.Value).Id(place.Value),
                CancellationToken.None);
            if (await CountAsync(session, "person_id = $1", person.Value) == 0) await EraseAsync(session, person);
            await audit.AppendAsync(session, who, place, Acts.Remove, member.Person.Email);
        },
        cancellationToken);

    /// <summary>Makes somebody a member within the unit that lets them in; who is one already stays what they are.</summary>
    /// <exception cref="NotThisTimeException">They are removed: what has no account must count for no owner.</exception>
    internal async ValueTask JoinAsync(Session session, PersonId person, Membership membership)
    {
        await session.HoldAsync([Owners], CancellationToken.None);
        var present = await session.FirstAsync(
            "SELECT count(*) FROM people WHERE id = $1 AND removed_at IS NULL", p => p.Id(person.Value), row => row.Count(0),
            CancellationToken.None);
        if (present == 0) throw new NotThisTimeException(AccountFault.LinkGone);
        await session.ExecuteAsync(
            "INSERT INTO memberships (person_id, tenant_id, role, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (person_id, tenant_id) "
                + "DO NOTHING",
            p => p.Id(person.Value).Id(membership.Tenant.Value).Text(membership.Role.Word()).Instant(clock.GetUtcNow()),
            CancellationToken.None);
    }

    internal static async ValueTask<bool> HasOwnerAsync(Session session, TenantId place) =>
        await CountAsync(session, "tenant_id = $1 AND role = 'owner'", place.Value) > 0;

    Task<AccountChange> ChangeAsync(
        TenantId place, PersonId person, Role? after, Func<Session, Member, ValueTask> change,
        CancellationToken cancellationToken) => database.WriteAsync<AccountChange>(
        "change membership",
        async session =>
        {
            await session.HoldAsync([Owners], CancellationToken.None);
            var member =
                await session.FirstAsync(
                    Of + " AND m.person_id = $2", p => p.Id(place.Value).Id(person.Value), Read, CancellationToken.None);
            if (member is null) return Refused(AccountFault.Outdated);
            if (after is { } role && !Roles.In(place).Contains(role)) return Refused(AccountFault.RoleWrong);
            if (member.Role == Role.Owner && after != Role.Owner
                && await CountAsync(session, "tenant_id = $1 AND role = 'owner'", place.Value) == 1) return Refused("role.last-owner");
            await change(session, member);
            return new AccountChange.Done(member.Person);
        },
        cancellationToken);

    /// <summary>The row stays, for the audit names it; no credential does.</summary>
    async ValueTask EraseAsync(Session session, PersonId person)
    {
        await session.ExecuteAsync("DELETE FROM sessions WHERE person_id = $1", p => p.Id(person.Value), CancellationToken.None);
        await session.ExecuteAsync("DELETE FROM recovery_codes WHERE person_id = $1", p => p.Id(person.Value), CancellationToken.None);
        await PasskeyRows.RemoveAllAsync(session, person);
        await session.ExecuteAsync("DELETE FROM links WHERE person_id = $1", p => p.Id(person.Value), CancellationToken.None);
        await session.ExecuteAsync(
            "UPDATE people SET password_hash = NULL, totp_key = NULL, version = version + 1, removed_at = $2 WHERE id = $1",
            p => p.Id(person.Value).Instant(clock.GetUtcNow()),
            CancellationToken.None);
    }

    static ValueTask<int> CountAsync(Session session, string which, Guid id) =>
        session.FirstAsync($"SELECT count(*) FROM memberships WHERE {which}", p => p.Id(id), row => row.Count(0), CancellationToken.None);

    static AccountChange.Refused Refused(string code) => new([AccountFault.Of(code)]);

    static Member Read(Row row) => new(PersonColumns.Read(row, 0), Roles.Find(row.Text(5))!.Value, row.Instant(6));
}
