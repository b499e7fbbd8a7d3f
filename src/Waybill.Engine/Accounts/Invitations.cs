using System.Security.Cryptography;
using System.Text;
using Waybill.Engine.Accepting;
using Waybill.Engine.Audit;
using Waybill.Engine.Composing;
using Waybill.Engine.Journal;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Accounts;

/// <summary>Invites people to a tenant or to the whole instance, by a link that comes by mail, works once, and for seven days.</summary>
public sealed class Invitations
{
    /// <summary>Open ones for one place.</summary>
    public const int Most = 100;

    readonly IDatabase database;
    readonly AccountBook accounts;
    readonly People people;
    readonly Members members;
    readonly Links links;
    readonly AccountMails mails;
    readonly Units units;
    readonly AuditTrail audit;
    readonly TimeProvider clock;

    internal Invitations(
        IDatabase database, AccountBook accounts, People people, Members members, Links links, AccountMails mails, Units units,
        AuditTrail audit, TimeProvider clock)
    {
        (this.database, this.accounts, this.people, this.members) = (database, accounts, people, members);
        (this.links, this.mails, this.units, this.audit, this.clock) = (links, mails, units, audit, clock);
    }

    /// <summary>
    /// The invitations of a place that were neither accepted nor withdrawn, the newest first; expired ones stay for 30 days.
    /// </summary>
    public Task<List<Invitation>> ListAsync(TenantId place, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.QueryAsync(
            """
            SELECT l.id, l.email, l.name, l.role, l.created_at, l.expires_at, p.email FROM links l LEFT JOIN people p ON p.id = l.created_by
            WHERE l.tenant_id = $1 AND l.kind = 'invite' AND l.used_at IS NULL ORDER BY l.id DESC
            """,
            p => p.Id(place.Value),
            row => new Invitation(
                row.Id(0), row.Text(1), row.TextOrNull(2) ?? "", Roles.Find(row.Text(3))!.Value, row.Instant(4), row.Instant(5),
                row.TextOrNull(6) ?? ""),
            cancellationToken),
        cancellationToken);

    /// <summary>Invites somebody; an open invitation of theirs to the same place counts no longer.</summary>
    public Task<AccountChange> InviteAsync(
        Actor who, Person inviter, Guest guest, Func<string, string> url, CancellationToken cancellationToken) => InviteAsync(
        who,
        guest,
        url,
        async (link, address) => (
            await mails.OwnerAsync(cancellationToken),
            await mails.InviteAsync(
                link, guest.PlaceName, inviter.Name, await LanguageAsync(guest, inviter.Language, cancellationToken), address,
                cancellationToken)),
        cancellationToken);

    /// <summary>Invites somebody by a mail of a book's own.</summary>
    public Task<AccountChange> InviteAsync(
        Actor who, Guest guest, Func<string, string> url, InvitationMail mail, CancellationToken cancellationToken) => InviteAsync(
        who, guest, url, async (_, address) => (mail.Owner, new Writing.Written(await mail.WriteAsync(address))), cancellationToken);

    async Task<AccountChange> InviteAsync(
        Actor who, Guest guest, Func<string, string> url, Func<AccountLink, string, Task<(TenantId Owner, Writing Writing)>> write,
        CancellationToken cancellationToken)
    {
        if (await FaultsAsync(guest, cancellationToken) is { Count: > 0 } faults) return new AccountChange.Refused(faults);
        var link = links.New(LinkKind.Invite) with
        {
            Email = guest.Email.Trim(),
            Name = guest.Name.Trim(),
            Tenant = guest.Place,
            Role = guest.Role
        };
        var secret = OneTimeSecret.New();
        var (owner, writing) = await write(link, url(secret));
        if (writing is not Writing.Written(var message))
            return new AccountChange.Refused([AccountFault.Unwritten(((Writing.Refused)writing).Sentence)]);
        await units.RunAsync(
            "invite",
            async unit =>
            {
                await unit.Session.HoldAsync([NameOf(guest)], CancellationToken.None); // or two at once would not see each other's
                await EndOpenAsync(unit.Session, guest);
                await links.KeepAsync(unit.Session, link, secret, who.Person);
                unit.Post(owner, message);
                unit.Finally(session => audit.AppendAsync(session, who, guest.Place, Acts.Invite, $"{link.Email}: {guest.Role.Word()}"));
            },
            cancellationToken);
        return new AccountChange.Invited(link.Email, url(secret));
    }

    async Task<string> LanguageAsync(Guest guest, string inviters, CancellationToken cancellationToken) =>
        (await accounts.Store.FindByNameAsync(EmailKey.Of(guest.Email), cancellationToken))?.Language ?? inviters;

    /// <summary>Sends an invitation anew, with a new link and seven further days; the old link works no longer.</summary>
    public async Task<AccountChange> SendAgainAsync(
        Actor who, Person inviter, TenantId place, string placeName, Guid id, Func<string, string> url,
        CancellationToken cancellationToken) =>
        (await ListAsync(place, cancellationToken)).Find(one => one.Id == id) is { } kept
            ? await InviteAsync(who, inviter, new(place, placeName, kept.Email, kept.Name, kept.Role), url, cancellationToken)
            : Gone();

    /// <summary>Withdraws an invitation; false when there is none of that id any more.</summary>
    public Task<bool> WithdrawAsync(Actor who, TenantId place, Guid id, CancellationToken cancellationToken) => database.WriteAsync(
        "withdraw invitation",
        async session =>
        {
            var email =
                await session.FirstAsync(
                    "SELECT email FROM links WHERE id = $1", p => p.Id(id), row => row.TextOrNull(0), CancellationToken.None);
            if (await EndAsync(session, place, "id = $3", p => p.Id(id)) == 0) return false;
            await audit.AppendAsync(session, who, place, Acts.Withdraw, email ?? "");
            return true;
        },
        cancellationToken);

    /// <summary>The person who has the invited address already; null: nobody does.</summary>
    public async Task<Person?> FindInvitedAsync(AccountLink link, CancellationToken cancellationToken) =>
        (await accounts.Store.FindByNameAsync(EmailKey.Of(link.Email!), cancellationToken))?.Person;

    /// <summary>Accepts an invitation by making an account; its address is the one that the invitation was sent to.</summary>
    public Task<AccountChange> AcceptAsync(
        AccountLink link, NewPerson person, string address, CancellationToken cancellationToken) => people.MakeAsync(
        person with { Email = link.Email! }, (session, made) => JoinAsync(session, link, made, address), cancellationToken);

    /// <summary>Accepts an invitation as somebody who has an account and is signed in.</summary>
    public async Task<AccountChange> AcceptAsync(AccountLink link, Person person, string address, CancellationToken cancellationToken)
    {
        if (EmailKey.Of(link.Email!) != EmailKey.Of(person.Email)) return Gone();
        try
        {
            return await database.WriteAsync<AccountChange>(
                "accept invitation",
                async session =>
                {
                    await JoinAsync(session, link, person, address);
                    return new AccountChange.Done(person);
                },
                cancellationToken);
        }
        catch (NotThisTimeException)
        {
            return Gone();
        }
    }

    async ValueTask JoinAsync(Session session, AccountLink link, Person person, string address)
    {
        await links.UseAsync(session, link.Id);
        await members.JoinAsync(session, person.Id, new(link.Tenant!.Value, link.Role!.Value));
        await audit.AppendAsync(session, person.ActorAt(address), link.Tenant, Acts.Accept, $"{person.Email}: {link.Role.Value.Word()}");
    }

    async Task<IReadOnlyList<AccountFault>> FaultsAsync(Guest guest, CancellationToken cancellationToken)
    {
        if (!Roles.In(guest.Place).Contains(guest.Role)) return [AccountFault.Of(AccountFault.RoleWrong)];
        if (NewPerson.EmailFault(guest.Email) is { } wrong) return [AccountFault.Of(wrong)];
        if (guest.Name.Length > 0 && NewPerson.NameFault(guest.Name) is { } unnamable) return [AccountFault.Of(unnamable)];
        var key = EmailKey.Of(guest.Email);
        if ((await members.ListAsync(guest.Place, cancellationToken)).Any(member => EmailKey.Of(member.Person.Email) == key))
            return [AccountFault.Of("email.member")];
        return (await ListAsync(guest.Place, cancellationToken)).Count(one => one.ExpiresAt > clock.GetUtcNow()) < Most
            ? []
            : [AccountFault.Of("invite.many")];
    }

    /// <summary>Ends the open ones of this address, however it was spelled then.</summary>
    async ValueTask EndOpenAsync(Session session, Guest guest)
    {
        var open = await session.QueryAsync(
            "SELECT id, email FROM links WHERE tenant_id = $1 AND kind = 'invite' AND used_at IS NULL",
            p => p.Id(guest.Place.Value),
            row => (Id: row.Id(0), Email: row.Text(1)),
            CancellationToken.None);
        var key = EmailKey.Of(guest.Email);
        foreach (var (id,
            _) in open.Where(one => EmailKey.Of(one.Email) == key)) await EndAsync(session, guest.Place, "id = $3", p => p.Id(id));
    }

    static Guid NameOf(Guest guest) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{guest.Place}/{EmailKey.Of(guest.Email)}")).AsSpan(0, 16));

    ValueTask<int> EndAsync(Session session, TenantId place, string which, Func<Parameters, Parameters> bind) => session.ExecuteAsync(
        $"UPDATE links SET used_at = $2 WHERE tenant_id = $1 AND kind = 'invite' AND used_at IS NULL AND {which}",
        p => bind(p.Id(place.Value).Instant(clock.GetUtcNow())),
        CancellationToken.None);

    static AccountChange.Refused Gone() => new([AccountFault.Of(AccountFault.LinkGone)]);
}

/// <summary>Who is invited, where to, and as what.</summary>
/// <param name="Place">The tenant; <see cref="TenantId.Everybody"/>: the whole instance.</param>
/// <param name="PlaceName">What the mail calls it.</param>
/// <param name="Email">Their address.</param>
/// <param name="Name">What they are called, if the inviter knows; else empty.</param>
/// <param name="Role">As what.</param>
public sealed record Guest(TenantId Place, string PlaceName, string Email, string Name, Role Role);

/// <summary>An invitation in a book's own words.</summary>
/// <param name="Owner">Whose journal has it.</param>
/// <param name="WriteAsync">Writes it; given the link.</param>
public sealed record InvitationMail(TenantId Owner, Func<string, Task<NewMessage>> WriteAsync);

/// <summary>An invitation that was not accepted yet.</summary>
/// <param name="Id">Its id; it is not what the link holds.</param>
/// <param name="Email">Who is invited.</param>
/// <param name="Name">What they are called; empty: the inviter did not say.</param>
/// <param name="Role">As what.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="ExpiresAt">Until when.</param>
/// <param name="By">The address of who invited them.</param>
public sealed record Invitation(
    Guid Id, string Email, string Name, Role Role, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, string By);
