using Waybill.Engine.Audit;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Accounts;

/// <summary>Makes people and says who they are. Every act is in the audit, in the same unit of work.</summary>
public sealed class People
{
    readonly IDatabase database;
    readonly AccountBook accounts;
    readonly Links links;
    readonly Members members;
    readonly AuditTrail audit;
    readonly TimeProvider clock;

    internal People(IDatabase database, AccountBook accounts, Links links, Members members, AuditTrail audit, TimeProvider clock) =>
        (this.database, this.accounts, this.links, this.members, this.audit,
            this.clock) = (database, accounts, links, members, audit, clock);

    /// <summary>Whether anybody owns the instance.</summary>
    public Task<bool> HasOwnerAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => HasOwnerAsync(session), cancellationToken);

    /// <summary>The secret of a link that makes the first owner; null when there is one.</summary>
    public Task<string?> MakeFirstLinkAsync(CancellationToken cancellationToken) => database.WriteAsync<string?>(
        "make first link",
        async session => await HasOwnerAsync(session) ? null : await links.MakeAsync(session, links.New(LinkKind.First), by: null),
        cancellationToken);

    /// <summary>Makes the first owner by a link.</summary>
    public async Task<AccountChange> MakeFirstOwnerAsync(
        AccountLink link, NewPerson person, string address, CancellationToken cancellationToken) =>
        link.Kind == LinkKind.First
            ? await MakeOwnerAsync(person, address, session => links.UseAsync(session, link.Id), cancellationToken)
            : throw new ArgumentException("Only a first link makes the first owner.", nameof(link));

    /// <summary>Makes the first owner for an unattended start; nothing happens when there is one.</summary>
    public async Task<AccountChange?> SeedOwnerAsync(NewPerson person, CancellationToken cancellationToken) =>
        await HasOwnerAsync(cancellationToken) ? null : await MakeOwnerAsync(person, "", _ => ValueTask.CompletedTask, cancellationToken);

    /// <summary>Makes somebody with what else is to happen in the same unit.</summary>
    internal async Task<AccountChange> MakeAsync(
        NewPerson person, Func<Session, Person, ValueTask> also, CancellationToken cancellationToken)
    {
        if (person.Faults() is { Count: > 0 } faults) return new AccountChange.Refused(faults);
        cancellationToken.ThrowIfCancellationRequested();
        var account = new Account
        {
            Id = PersonId.New(clock),
            Email = person.Email.Trim(),
            Name = person.Name.Trim(),
            Language = person.Language
        };
        account.With(session => also(session, account.Person));
        return AccountChange.Of(
            account, await accounts.HashAsync(() => accounts.Manager.CreateAsync(account, person.Password), CancellationToken.None));
    }

    Task<AccountChange> MakeOwnerAsync(
        NewPerson person, string address, Func<Session, ValueTask> first, CancellationToken cancellationToken) => MakeAsync(
        person,
        async (session, made) =>
        {
            await first(session);
            await session.HoldAsync([Members.Owners], CancellationToken.None);
            if (await HasOwnerAsync(session)) throw new NotThisTimeException(AccountFault.LinkGone);
            await members.JoinAsync(session, made.Id, new Membership(TenantId.Everybody, Role.Owner));
            await audit.AppendAsync(session, made.ActorAt(address), null, Acts.FirstOwner, made.Email);
        },
        cancellationToken);

    static ValueTask<bool> HasOwnerAsync(Session session) => Members.HasOwnerAsync(session, TenantId.Everybody);
}
