using Waybill.Engine.Accepting;
using Waybill.Engine.Audit;
using Waybill.Engine.Bus;
using Waybill.Engine.Composing;
using Waybill.Engine.Events;

namespace Waybill.Engine.Accounts;

/// <summary>
/// Links by which people choose a new password. Who asks for one gets the same answer in the same time whether or not there is such an
/// account: the question is put on the bus, and what is done about it is done afterwards.
/// </summary>
public sealed class PasswordResets
{
    /// <summary>Links that one person is sent within an hour.</summary>
    const int Most = 3;

    readonly AccountBook accounts;
    readonly Links links;
    readonly AccountMails mails;
    readonly Units units;
    readonly AuditTrail audit;
    readonly TimeProvider clock;

    internal PasswordResets(AccountBook accounts, Links links, AccountMails mails, Units units, AuditTrail audit, TimeProvider clock) =>
        (this.accounts, this.links, this.mails, this.units, this.audit, this.clock) = (accounts, links, mails, units, audit, clock);

    /// <summary>What the bus keeps of the question: the address only until it is answered.</summary>
    public static EventType Asked { get; } = new(ResetAsked.EventName, ["email"], TimeSpan.FromHours(1));

    /// <summary>What is wrong with an address, as far as that can be told to anybody.</summary>
    public static IReadOnlyList<AccountFault> Faults(string email) =>
        NewPerson.EmailFault(email) is { } fault ? [AccountFault.Of(fault)] : [];

    /// <summary>Takes the question in.</summary>
    public async Task AskAsync(string email, string address, CancellationToken cancellationToken)
    {
        var owner = await mails.OwnerAsync(cancellationToken);
        await units.RunAsync(
            "ask for reset",
            unit =>
            {
                unit.Publish(owner, new ResetAsked(email));
                unit.Finally(session => audit.AppendAsync(session, Actor.Somebody(address), null, Acts.AskReset, EmailKey.Of(email)));
                return ValueTask.CompletedTask;
            },
            cancellationToken);
    }

    /// <summary>Answers it: with a mail, if there is such an account.</summary>
    public async Task AnswerAsync(ResetAsked asked, Handling handling, Func<string, string> url, CancellationToken cancellationToken)
    {
        if (handling.Tenant != await mails.OwnerAsync(cancellationToken) // anybody may publish an event that is called so
            || await accounts.Store.FindByNameAsync(EmailKey.Of(asked.Email), cancellationToken) is not { } account
            || await links.CountAsync(account.Id, clock.GetUtcNow() - Links.Lifetime(LinkKind.Reset), cancellationToken) >= Most)
        {
            await handling.CommitAsync(_ => ValueTask.CompletedTask);
            return;
        }

        var secret = OneTimeSecret.New();
        var writing = await mails.ResetAsync(account.Person, url(secret), cancellationToken);
        if (writing is not Writing.Written(var message)) throw new InvalidOperationException(((Writing.Refused)writing).Sentence);
        await handling.CommitAsync(async unit =>
        {
            await links.KeepAsync(unit.Session, links.New(LinkKind.Reset) with { Person = account.Id }, secret, by: null);
            unit.Post(handling.Tenant, message);
        });
    }

    /// <summary>Makes a link for who cannot be sent one; null when there is no such account. Whoever may ask owns the data.</summary>
    public async Task<MadeReset?> MakeLinkAsync(string email, CancellationToken cancellationToken)
    {
        if (await accounts.Store.FindByNameAsync(EmailKey.Of(email), cancellationToken) is not { } account) return null;
        var link = links.New(LinkKind.Reset) with { Person = account.Id };
        var secret = OneTimeSecret.New();
        await units.RunAsync(
            "make reset link",
            async unit =>
            {
                await links.KeepAsync(unit.Session, link, secret, by: null);
                await audit.AppendAsync(unit.Session, Actor.CommandLine, null, Acts.MakeResetLink, account.Email);
            },
            cancellationToken);
        return new(account.Person, secret, link.ExpiresAt);
    }

    /// <summary>Chooses a new password by a link. All sessions and all other such links end; the second factor stays.</summary>
    public async Task<AccountChange> ResetAsync(
        AccountLink link, string password, string address, string resetUrl, CancellationToken cancellationToken)
    {
        if (link.Person is not { } person || await accounts.Store.FindAsync(person, cancellationToken) is not { } account)
            return new AccountChange.Refused([AccountFault.Of(AccountFault.LinkGone)]);
        if (PasswordRules.Objection(password, account.Email, account.Name) is { } objection)
            return new AccountChange.Refused([AccountFault.Of(objection)]);
        account.PasswordHash = await accounts.HashAsync(account, password, CancellationToken.None);
        account.With(async session =>
        {
            await links.UseAsync(session, link.Id);
            await links.EndResetsAsync(session, person);
            await Sessions.EndAllAsync(session, person, butFor: null);
        });
        account.Finally(session => audit.AppendAsync(session, account.Person.ActorAt(address), null, Acts.Reset, account.Email));
        var wake = await mails.TellOfPasswordAsync(account, address, resetUrl, cancellationToken);
        var change = AccountChange.Of(account, await accounts.Manager.UpdateSecurityStampAsync(account));
        if (change is AccountChange.Done) wake();
        return change;
    }
}

/// <summary>A link to a new password; its secret is seen here and never again.</summary>
public sealed record MadeReset(Person Person, string Secret, DateTimeOffset ExpiresAt);

/// <summary>Somebody asked for a new password.</summary>
/// <param name="Email">For this address, whoever has it.</param>
[EventName(EventName)]
public sealed record ResetAsked(string Email)
{
    /// <summary>The event's type.</summary>
    public const string EventName = "waybill.reset_asked";
}
