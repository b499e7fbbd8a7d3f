using Waybill.Engine.Audit;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Accounts;

/// <summary>
/// What somebody who is signed in changes of their own account. Whatever would keep an intruder in, or the person out, asks for the
/// password once more, and as seldom as signing in does.
/// </summary>
public sealed class OwnAccount
{
    const int Codes = 10;

    readonly IDatabase database;
    readonly AccountBook accounts;
    readonly AccountMails mails;
    readonly AuditTrail audit;
    readonly TimeProvider clock;
    readonly SignInThrottle throttle;

    internal OwnAccount(IDatabase database, AccountBook accounts, AccountMails mails, AuditTrail audit, TimeProvider clock)
    {
        (this.database, this.accounts, this.mails, this.audit, this.clock) = (database, accounts, mails, audit, clock);
        throttle = new(database, audit, clock);
    }

    /// <summary>A fresh key for an authenticator, in Base32.</summary>
    public static string NewAuthenticatorKey() => Totp.NewKey();

    /// <summary>The address by which an authenticator takes a key over.</summary>
    public static string AuthenticatorUri(Person person, string key) =>
        $"otpauth://totp/Waybill:{Uri.EscapeDataString(person.Email)}?secret={key}&issuer=Waybill";

    /// <summary>How many recovery codes are left.</summary>
    public async Task<int> CountCodesAsync(PersonId person, CancellationToken cancellationToken) =>
        await accounts.Store.CountCodesAsync(new() { Id = person }, cancellationToken);

    /// <summary>Changes name and language.</summary>
    public async Task<AccountChange> ChangeProfileAsync(Actor who, string name, string language, CancellationToken cancellationToken)
    {
        AccountFault[] faults = [
            .. new[] { NewPerson.NameFault(name), NewPerson.LanguageFault(language) }.OfType<string>().Select(AccountFault.Of)];
        if (faults.Length > 0) return new AccountChange.Refused(faults);
        if (await FindAsync(who, cancellationToken) is not { } account) return Gone();
        (account.Name, account.Language) = (name.Trim(), language);
        account.Finally(session => audit.AppendAsync(session, who, null, Acts.ChangeProfile, account.Name));
        return AccountChange.Of(account, await accounts.Manager.UpdateAsync(account));
    }

    /// <summary>Changes the password; all other sessions end, and a mail says so.</summary>
    /// <param name="who">Whose.</param>
    /// <param name="session">The session that stays.</param>
    /// <param name="present">The present password.</param>
    /// <param name="fresh">The new one.</param>
    /// <param name="resetUrl">Where they choose another if it was not them.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async Task<AccountChange> ChangePasswordAsync(
        Actor who, SessionId session, string present, string fresh, string resetUrl, CancellationToken cancellationToken)
    {
        var (account, fault) = await OpenAsync(who, present, cancellationToken);
        if (account is null) return new AccountChange.Refused([fault!]);
        var objection = fresh == present ? "password.same" : PasswordRules.Objection(fresh, account.Email, account.Name);
        if (objection is not null) return new AccountChange.Refused([AccountFault.Of(objection)]);
        account.PasswordHash = await accounts.HashAsync(account, fresh, cancellationToken);
        EndOthers(account, session);
        var wake = await mails.TellOfPasswordAsync(account, who.Address, resetUrl, cancellationToken);
        account.Finally(unit => audit.AppendAsync(unit, who, null, Acts.ChangePassword, account.Email));
        var change = AccountChange.Of(account, await accounts.Manager.UpdateSecurityStampAsync(account));
        if (change is AccountChange.Done) wake();
        return change;
    }

    /// <summary>Turns the second factor on, once a code shows that the authenticator has the key. All other sessions end.</summary>
    public async Task<AccountChange> TurnTotpOnAsync(
        Actor who, SessionId session, string key, string code, string present, CancellationToken cancellationToken)
    {
        if (!Totp.IsKey(key)) return new AccountChange.Refused([AccountFault.Of(AccountFault.Outdated)]);
        var (account, fault) = await OpenAsync(who, present, cancellationToken);
        var step = Totp.StepOf(key, code, clock.GetUtcNow());
        if (account is null || step is null)
            return new AccountChange.Refused(
                [.. new[] { step is null ? AccountFault.Of("code.wrong") : null, fault }.OfType<AccountFault>()]);
        if (account.SealedKey is not null) return new AccountChange.Refused([AccountFault.Of(AccountFault.Outdated)]);
        (account.SealedKey, account.TotpStep) = (accounts.Store.SealKey(account.Id, key), step.Value);
        EndOthers(account, session);
        return await WithNewCodesAsync(account, who, Acts.TotpOn);
    }

    /// <summary>Makes new recovery codes; the old ones are good for nothing then.</summary>
    public async Task<AccountChange> RenewCodesAsync(Actor who, string present, CancellationToken cancellationToken)
    {
        var (account, fault) = await OpenAsync(who, present, cancellationToken);
        if (account is null) return new AccountChange.Refused([fault!]);
        return account.SealedKey is null
            ? new AccountChange.Refused([AccountFault.Of(AccountFault.Outdated)])
            : await WithNewCodesAsync(account, who, Acts.RecoveryCodes);
    }

    /// <summary>Turns the second factor off.</summary>
    public async Task<AccountChange> TurnTotpOffAsync(Actor who, string present, CancellationToken cancellationToken)
    {
        var (account, fault) = await OpenAsync(who, present, cancellationToken);
        if (account is null) return new AccountChange.Refused([fault!]);
        account.SealedKey = null;
        await accounts.Store.ReplaceCodesAsync(account, [], cancellationToken);
        account.Finally(session => audit.AppendAsync(session, who, null, Acts.TotpOff, account.Email));
        return AccountChange.Of(account, await accounts.Manager.UpdateSecurityStampAsync(account));
    }

    /// <summary>Ends one of one's sessions; false when there is none of that id.</summary>
    public Task<bool> RevokeAsync(Actor who, SessionId session, CancellationToken cancellationToken) => database.WriteAsync(
        "revoke session",
        async unit =>
        {
            if (who.Person is not { } person || !await Sessions.EndAsync(unit, person, session)) return false;
            await audit.AppendAsync(unit, who, null, Acts.Revoke, "");
            return true;
        },
        cancellationToken);

    /// <summary>Ends all of one's sessions but one, and says how many.</summary>
    public Task<int> RevokeOthersAsync(Actor who, SessionId session, CancellationToken cancellationToken) => database.WriteAsync(
        "revoke other sessions",
        async unit =>
        {
            var ended = who.Person is { } person ? await Sessions.EndAllAsync(unit, person, session) : 0;
            if (ended > 0) await audit.AppendAsync(unit, who, null, Acts.Revoke, $"{ended}");
            return ended;
        },
        cancellationToken);

    /// <summary>These are credentials: a sign-in under way that was verified by older ones does not get in.</summary>
    async Task<AccountChange> WithNewCodesAsync(Account account, Actor who, string act)
    {
        account.Stamp = OneTimeSecret.New();
        account.Finally(session => audit.AppendAsync(session, who, null, act, account.Email));
        var codes = await accounts.Manager.GenerateNewTwoFactorRecoveryCodesAsync(account, Codes);
        return codes is null
            ? new AccountChange.Refused([AccountFault.Of(AccountFault.Outdated)])
            : new AccountChange.DoneWithCodes(account.Person, [.. codes]);
    }

    static void EndOthers(Account account, SessionId session) =>
        account.With(async unit => await Sessions.EndAllAsync(unit, account.Id, session));

    /// <summary>The account, if the password is right; else what is wrong with it.</summary>
    internal async Task<(Account? Account, AccountFault? Fault)> OpenAsync(Actor who, string present, CancellationToken cancellationToken)
    {
        var attempts = "password of " + who.Person;
        if (!await throttle.TryBeginAnywhereAsync(attempts, who.Address, cancellationToken))
            return (null, AccountFault.Of("present.throttled"));
        if (await FindAsync(who, cancellationToken) is not { } account) return (null, AccountFault.Of(AccountFault.Outdated));
        if (await accounts.HashAsync(() => accounts.Manager.CheckPasswordAsync(account, present), cancellationToken))
        {
            await database.WriteAsync(
                "forget failures", session => SignInThrottle.ForgetAsync(session, attempts, SignInThrottle.Anywhere), cancellationToken);
            return (account, null); // whatever else is wrong with what they ask for, they are who they are
        }

        await audit.NoteAsync(who, null, Acts.Present, "", isDone: false, cancellationToken);
        return (null, AccountFault.Of("present.wrong"));
    }

    Task<Account?> FindAsync(Actor who, CancellationToken cancellationToken) =>
        who.Person is { } person ? accounts.Store.FindAsync(person, cancellationToken) : Task.FromResult<Account?>(null);

    static AccountChange.Refused Gone() => new([AccountFault.Of(AccountFault.Outdated)]);
}
