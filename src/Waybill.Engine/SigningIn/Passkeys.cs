using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Waybill.Engine.Accounts;
using Waybill.Engine.Audit;
using Waybill.Engine.Storage;

namespace Waybill.Engine.SigningIn;

/// <summary>
/// Passkeys (WebAuthn): one's own, and signing in by one. The authenticator makes sure who holds it, by finger, face or PIN, so that a
/// passkey counts as both factors. ASP.NET Core Identity reads and proves what authenticators say.
/// </summary>
public sealed class Passkeys
{
    const int LongestAnswer = 20_000;

    readonly IDatabase database;
    readonly AccountBook accounts;
    readonly OwnAccount own;
    readonly Sessions sessions;
    readonly AuditTrail audit;
    readonly TimeProvider clock;
    readonly PasskeyChallenges challenges;
    readonly PasskeyHandler<Account> handler;

    internal Passkeys(
        IDatabase database, AccountBook accounts, OwnAccount own, Sessions sessions, AuditTrail audit, PasskeySite site, TimeProvider clock)
    {
        (this.database, this.accounts, this.own, this.sessions, this.audit, this.clock) = (database, accounts, own, sessions, audit, clock);
        challenges = new(database, clock);
        handler = new(accounts.Manager, Options.Create(new IdentityPasskeyOptions
        {
            ServerDomain = site.Domain,
            ValidateOrigin = answer => ValueTask.FromResult(!answer.CrossOrigin && site.Has(answer.Origin)),
            UserVerificationRequirement = "required",
            ResidentKeyRequirement = "required", // or nobody could sign in without saying first who they are
            AttestationConveyancePreference = "none",
            AuthenticatorTimeout = PasskeyChallenges.Lifetime,
        }));
    }

    /// <summary>A person's, the oldest first.</summary>
    public Task<List<Passkey>> ListAsync(PersonId person, CancellationToken cancellationToken) =>
        database.ReadAsync(session => PasskeyRows.ListAsync(session, person, cancellationToken), cancellationToken);

    /// <summary>Asks for a new passkey, of who gives their password once more.</summary>
    public async Task<PasskeyAsking> BeginAddingAsync(Actor who, string name, string present, CancellationToken cancellationToken)
    {
        var (account, fault) = await own.OpenAsync(who, present, cancellationToken);
        var faults = new[] { NameFault(name), fault }.OfType<AccountFault>().ToList();
        if (account is null || faults.Count > 0) return new PasskeyAsking.Refused(faults);
        if ((await ListAsync(account.Id, cancellationToken)).Count >= Passkey.Most)
            return new PasskeyAsking.Refused([AccountFault.Of("passkey.many")]);
        var asked = await handler.MakeCreationOptionsAsync(
            new() { Id = account.Id.ToString(), Name = account.Email, DisplayName = AccountMails.Short(account.Name) }, NoRequest());
        var secret =
            await challenges.KeepAsync(new(account.Id, name.Trim(), asked.AttestationState!), account.WriteAlongAsync, cancellationToken);
        return new PasskeyAsking.Asked(asked.CreationOptionsJson, secret);
    }

    /// <summary>Takes a new passkey that the authenticator made for what <see cref="BeginAddingAsync"/> asked.</summary>
    public async Task<AccountChange> AddAsync(Actor who, string secret, string credential, CancellationToken cancellationToken)
    {
        if (await challenges.TakeAsync(secret, cancellationToken) is not { Name: { } name } asked || asked.Person != who.Person)
            return Refused();
        if (await accounts.Store.FindAsync(asked.Person!.Value, cancellationToken) is not { } account) return Refused();
        var made =
            await handler.PerformAttestationAsync(
                new() { HttpContext = NoRequest(), CredentialJson = Bounded(credential), AttestationState = asked.State });
        if (!made.Succeeded) return Refused();
        var isKept =
            await database.WriteAsync("add passkey", session => KeepAsync(session, who, account, name, made.Passkey), cancellationToken);
        return isKept ? new AccountChange.Done(account.Person) : Refused();
    }

    /// <summary>Removes one of one's own; false when there is none of that id.</summary>
    public Task<bool> RemoveAsync(Actor who, Guid id, CancellationToken cancellationToken) => database.WriteAsync(
        "remove passkey",
        async session =>
        {
            if (who.Person is not { } person || await PasskeyRows.RemoveAsync(session, person, id) is not { } name) return false;
            await audit.AppendAsync(session, who, null, Acts.RemovePasskey, name);
            return true;
        },
        cancellationToken);

    /// <summary>Asks for any passkey of ours; who holds one says by it who they are.</summary>
    public async Task<PasskeyAsking.Asked> AskAsync(CancellationToken cancellationToken)
    {
        var asked = await handler.MakeRequestOptionsAsync(user: null, NoRequest());
        var secret = await challenges.KeepAsync(new(null, null, asked.AssertionState!), _ => ValueTask.CompletedTask, cancellationToken);
        return new(asked.RequestOptionsJson, secret);
    }

    /// <summary>Lets in who answers what <see cref="AskAsync"/> asked. No code is asked for.</summary>
    public async Task<SignInOutcome> SignInAsync(string secret, string credential, Machine machine, CancellationToken cancellationToken)
    {
        if (await challenges.TakeAsync(secret, cancellationToken) is not { Person: null } asked) return new SignInOutcome.Expired();
        var given =
            await handler.PerformAssertionAsync(
                new() { HttpContext = NoRequest(), CredentialJson = Bounded(credential), AssertionState = asked.State });
        var entered = given.Succeeded
            ? await database.WriteAsync(
                "sign in with passkey", session => EnterAsync(session, given.User, given.Passkey, machine), cancellationToken)
            : null;
        if (entered is not null) return new SignInOutcome.Entered(entered, accounts.Devices.Remember(machine.KnownBy, given.User!.Id));
        await audit.NoteAsync(Actor.Somebody(machine.Address), null, Acts.PasskeyUsed, "", isDone: false, cancellationToken);
        return new SignInOutcome.Wrong();
    }

    async ValueTask<bool> KeepAsync(Session session, Actor who, Account account, string name, UserPasskeyInfo passkey)
    {
        var now = clock.GetUtcNow();
        if (await PasskeyRows.InsertAsync(session, Guid.CreateVersion7(now), account.Id, name, passkey, now) == 0) return false;
        await audit.AppendAsync(session, who, null, Acts.AddPasskey, name);
        return true;
    }

    async ValueTask<string?> EnterAsync(Session session, Account account, UserPasskeyInfo passkey, Machine machine)
    {
        if (await PasskeyRows.UseAsync(session, passkey, clock.GetUtcNow()) == 0) return null;
        var secret = await sessions.BeginAsync(session, account.Id, isHalf: false, machine);
        await audit.AppendAsync(session, account.Person.ActorAt(machine.Address), null, Acts.PasskeyUsed, passkey.Name ?? "");
        return secret;
    }

    static AccountFault? NameFault(string name) =>
        string.IsNullOrWhiteSpace(name) || name.Length > Passkey.LongestName || NewPerson.NameFault(name) is not null
            ? new("name", "passkey.name")
            : null;

    static string Bounded(string credential) => credential.Length <= LongestAnswer ? credential : "";

    /// <summary>Identity would read its own address from a request; ours is in the options.</summary>
    static DefaultHttpContext NoRequest() => new();

    static AccountChange.Refused Refused() => new([AccountFault.Of("passkey.refused")]);
}
