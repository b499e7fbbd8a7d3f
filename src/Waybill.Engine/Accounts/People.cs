using Microsoft.AspNetCore.Identity;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Accounts;

/// <summary>Makes people and says who they are. Every act is in the audit, in the same unit of work.</summary>
public sealed class People
{
    /// <summary>What units hold that must see each other's owners.</summary>
    static readonly Guid Owners = new("6f776e65-7273-4000-8000-000000000001");

    readonly IDatabase database;
    readonly AccountBook accounts;
    readonly Links links;
    readonly AuditTrail audit;
    readonly TimeProvider clock;

    internal People(IDatabase database, AccountBook accounts, Links links, AuditTrail audit, TimeProvider clock) =>
        (this.database, this.accounts, this.links, this.audit, this.clock) = (database, accounts, links, audit, clock);

    /// <summary>Whether anybody owns the instance.</summary>
    public Task<bool> HasOwnerAsync(CancellationToken cancellationToken) => database.ReadAsync(session => HasOwnerAsync(session), cancellationToken);

    /// <summary>The secret of a link that makes the first owner; null when there is one.</summary>
    public Task<string?> MakeFirstLinkAsync(CancellationToken cancellationToken) => database.WriteAsync<string?>(
        "make first link",
        async session => await HasOwnerAsync(session) ? null : await links.MakeAsync(session, links.New(LinkKind.First), by: null),
        cancellationToken);

    /// <summary>Makes the first owner by a link.</summary>
    public async Task<AccountChange> MakeFirstOwnerAsync(AccountLink link, NewPerson person, string address, CancellationToken cancellationToken) =>
        link.Kind == LinkKind.First
            ? await MakeOwnerAsync(person, address, session => links.UseAsync(session, link.Id), cancellationToken)
            : throw new ArgumentException("Only a first link makes the first owner.", nameof(link));

    /// <summary>Makes the first owner for an unattended start; nothing happens when there is one.</summary>
    public async Task<AccountChange?> SeedOwnerAsync(NewPerson person, CancellationToken cancellationToken) =>
        await HasOwnerAsync(cancellationToken) ? null : await MakeOwnerAsync(person, "", _ => ValueTask.CompletedTask, cancellationToken);

    async Task<AccountChange> MakeOwnerAsync(NewPerson person, string address, Func<Session, ValueTask> first, CancellationToken cancellationToken)
    {
        if (person.Faults() is { Count: > 0 } faults) return new AccountChange.Refused(faults);
        cancellationToken.ThrowIfCancellationRequested();
        var account = NewAccount(person);
        account.With(first).With(async session =>
        {
            await session.HoldAsync([Owners], CancellationToken.None);
            if (await HasOwnerAsync(session)) throw new NotThisTimeException(AccountFault.LinkGone);
            await JoinAsync(session, account.Id, new Membership(TenantId.Everybody, Role.Owner));
            await audit.AppendAsync(session, Actor.Of(account.Person, address), null, Acts.FirstOwner, account.Email);
        });
        return Answer(account, await accounts.Manager.CreateAsync(account, person.Password));
    }

    Account NewAccount(NewPerson person) => new()
    {
        Id = PersonId.New(clock),
        Email = person.Email.Trim(),
        Name = person.Name.Trim(),
        Language = person.Language,
    };

    ValueTask<int> JoinAsync(Session session, PersonId person, Membership membership) => session.ExecuteAsync(
        """
        INSERT INTO memberships (person_id, tenant_id, role, created_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (person_id, tenant_id) DO UPDATE SET role = EXCLUDED.role
        """,
        p => p.Id(person.Value).Id(membership.Tenant.Value).Text(membership.Role.Word()).Instant(clock.GetUtcNow()),
        CancellationToken.None);

    static async ValueTask<bool> HasOwnerAsync(Session session) => await session.FirstAsync(
        "SELECT count(*) FROM memberships WHERE tenant_id = $1 AND role = 'owner'", p => p.Id(TenantId.Everybody.Value), row => row.Count(0), CancellationToken.None) > 0;

    static AccountChange Answer(Account account, IdentityResult result) => result.Succeeded
        ? new AccountChange.Done(account.Person)
        : new AccountChange.Refused([.. result.Errors.Select(error => AccountFault.Of(error.Code))]);
}
