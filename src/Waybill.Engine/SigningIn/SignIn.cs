using Microsoft.AspNetCore.Identity;
using Waybill.Engine.Accounts;
using Waybill.Engine.Audit;
using Waybill.Engine.Storage;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.SigningIn;

/// <summary>Signs people in and out: password, then a code where they have set one up.</summary>
public sealed class SignIn
{
    readonly IDatabase database;
    readonly AccountBook accounts;
    readonly Sessions sessions;
    readonly AuditTrail audit;
    readonly AccountMails mails;
    readonly SignInThrottle throttle;
    readonly CodeAttempts attempts;
    readonly TimeProvider clock;
    readonly Account nobody;
    int verifications;

    internal SignIn(IDatabase database, AccountBook accounts, Sessions sessions, AccountMails mails, AuditTrail audit, TimeProvider clock)
    {
        (this.database, this.accounts, this.sessions, this.mails, this.audit,
            this.clock) = (database, accounts, sessions, mails, audit, clock);
        (throttle, attempts) = (new(database, audit, clock), new(database, audit, clock));
        nobody = new() { Id = default };
        nobody.PasswordHash = accounts.Hasher.HashPassword(nobody, OneTimeSecret.New());
    }

    /// <summary>
    /// Tries a password. One hash is verified whether or not there is such an account, and the same is read and written, so that the time
    /// it takes tells nothing.
    /// </summary>
    public async Task<SignInOutcome> TryPasswordAsync(string email, string password, Machine machine, CancellationToken cancellationToken)
    {
        var (key, shown, stranger) = (EmailKey.Of(email), Shown(email), HashTurn.Stranger(machine));
        if (!accounts.Devices.IsAnybodys(machine.KnownBy) && accounts.Turns.IsFullFor(stranger)) return new SignInOutcome.Busy();
        if (!await throttle.TryBeginAsync(key, shown, machine.Address, cancellationToken)) return new SignInOutcome.Throttled();
        var account = await accounts.Store.FindByNameAsync(key, cancellationToken);
        var isKnown = accounts.Devices.Find(machine.KnownBy, (account ?? nobody).Id) is not null;
        var verified = await VerifyAsync(account ?? nobody, password, isKnown ? HashTurn.Known(account!.Id) : stranger, cancellationToken);
        if (verified is null) return new SignInOutcome.Busy();
        var isRight = verified.Value && account is not null;
        if (isRight && await AdmitAsync(account!, key, machine, cancellationToken) is { } admitted) return admitted;
        await audit.NoteAsync(Actor.Somebody(machine.Address), null, Acts.SignIn, shown, isDone: false, cancellationToken);
        return new SignInOutcome.Wrong();
    }

    /// <summary>Tries a code of the authenticator, or a recovery code, for the half session that a cookie holds.</summary>
    /// <param name="secret">What the cookie holds.</param>
    /// <param name="code">What was typed.</param>
    /// <param name="machine">Where.</param>
    /// <param name="resetUrl">Where the person chooses another password, if somebody else knows it.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async Task<SignInOutcome> TryCodeAsync(
        string secret, string code, Machine machine, string resetUrl, CancellationToken cancellationToken)
    {
        if (await sessions.FindHalfAsync(secret, cancellationToken) is not { } half) return new SignInOutcome.Expired();
        switch (await attempts.BeginAsync(half, accounts.Devices.Find(machine.KnownBy, half.Person.Id), machine.Address, cancellationToken))
        {
            case CodeAttempt.Throttled: return new SignInOutcome.CodesThrottled();
            case CodeAttempt.Made attempt: return await TryCodeAsync(half, code, attempt, machine, resetUrl, cancellationToken);
            default: return new SignInOutcome.Expired();
        }
    }

    async Task<SignInOutcome> TryCodeAsync(
        SignedIn half, string code, CodeAttempt.Made attempt, Machine machine, string resetUrl, CancellationToken cancellationToken)
    {
        var outcome = await JudgeAsync(half, code, machine, cancellationToken);
        if (outcome is not SignInOutcome.Wrong) return outcome;
        if (attempt.IsLastOfAll) await mails.TellOfCodesAsync(database, half.Person, machine.Address, resetUrl, cancellationToken);
        if (!attempt.IsLastOfOne) return outcome;
        await database.WriteAsync(
            "end half session", session => Sessions.EndAsync(session, half.Person.Id, half.Session), CancellationToken.None);
        return new SignInOutcome.Expired();
    }

    async Task<SignInOutcome> JudgeAsync(SignedIn half, string code, Machine machine, CancellationToken cancellationToken)
    {
        if (await accounts.Store.FindAsync(half.Person.Id, cancellationToken) is not { } account) return new SignInOutcome.Expired();
        if (Totp.StepOf(accounts.Store.OpenKey(account), code, clock.GetUtcNow()) is { } step)
            return await AdmitByStepAsync(account, step, half, machine, cancellationToken);
        if (await accounts.Manager.RedeemTwoFactorRecoveryCodeAsync(account, code) is { Succeeded: true })
            return await EnterAsync(account, half, Acts.RecoveryCodeUsed, machine, cancellationToken);
        await audit.NoteAsync(half.Person.ActorAt(machine.Address), null, Acts.Code, "", isDone: false, cancellationToken);
        return new SignInOutcome.Wrong();
    }

    /// <summary>What the audit keeps of it, for ever: people type passwords into the field above.</summary>
    static string Shown(string email) => Address.TryParse(email.Trim(), out _, out _) ? EmailKey.Of(email) : "(not an address)";

    /// <summary>Ends one's own session.</summary>
    public Task SignOutAsync(SessionId session, Actor who, CancellationToken cancellationToken) => database.WriteAsync(
        "sign out",
        async unit =>
        {
            if (who.Person is not { } person || !await Sessions.EndAsync(unit, person, session)) return false;
            await audit.AppendAsync(unit, who, null, Acts.SignOut, "");
            return true;
        },
        cancellationToken);

    /// <summary>How many passwords were verified; the specs count.</summary>
    internal int Verifications => verifications;

    /// <summary>Null: too many wait.</summary>
    async Task<bool?> VerifyAsync(Account account, string password, HashTurn turn, CancellationToken cancellationToken)
    {
        if (!await accounts.Turns.TryEnterAsync(turn, cancellationToken)) return null;
        try
        {
            Interlocked.Increment(ref verifications);
            return accounts.Hasher.VerifyHashedPassword(
                account, account.PasswordHash ?? nobody.PasswordHash!, password) != PasswordVerificationResult.Failed;
        }
        finally
        {
            accounts.Turns.Leave();
        }
    }

    /// <summary>Null when what was verified is no longer so.</summary>
    Task<SignInOutcome?> AdmitAsync(
        Account account, string key, Machine machine, CancellationToken cancellationToken) => database.WriteAsync<SignInOutcome?>(
        "sign in",
        async session =>
        {
            if (!await IsStillAsync(session, account)) return null;
            var needsCode = account.SealedKey is not null;
            await SignInThrottle.ForgetAsync(session, key, machine.Address);
            var secret = await sessions.BeginAsync(session, account.Id, needsCode, machine);
            if (needsCode) return new SignInOutcome.NeedsCode(secret);
            await audit.AppendAsync(session, account.Person.ActorAt(machine.Address), null, Acts.SignIn, account.Email);
            return new SignInOutcome.Entered(secret, accounts.Devices.Remember(machine.KnownBy, account.Id));
        },
        cancellationToken);

    /// <summary>
    /// A code that was used, or an older one, is wrong: of two who give the same one, one is let in. It is another version of the account,
    /// so that no form that was read before writes the older step back.
    /// </summary>
    async Task<SignInOutcome> AdmitByStepAsync(
        Account account, long step, SignedIn half, Machine machine, CancellationToken cancellationToken)
    {
        var isFresh = await database.WriteAsync(
            "use code",
            async session => await session.ExecuteAsync(
                "UPDATE people SET totp_step = $2, version = version + 1 WHERE id = $1 AND totp_step < $2 AND removed_at IS NULL",
                p => p.Id(account.Id.Value).Number(step),
                CancellationToken.None) == 1,
            cancellationToken);
        if (isFresh) return await EnterAsync(account, half, Acts.SignIn, machine, cancellationToken);
        await audit.NoteAsync(half.Person.ActorAt(machine.Address), null, Acts.Code, "used before", isDone: false, cancellationToken);
        return new SignInOutcome.Wrong();
    }

    /// <summary>The half session ends and a whole one begins, under another secret.</summary>
    Task<SignInOutcome> EnterAsync(
        Account account, SignedIn half, string act, Machine machine,
        CancellationToken cancellationToken) => database.WriteAsync<SignInOutcome>(
        "sign in with code",
        async session =>
        {
            if (!await IsStillAsync(session, account) || !await Sessions.EndAsync(session, account.Id, half.Session))
                return new SignInOutcome.Expired();
            await CodeAttempts.ForgiveAsync(session, account.Id, accounts.Devices.Find(machine.KnownBy, account.Id));
            var secret = await sessions.BeginAsync(session, account.Id, isHalf: false, machine);
            await audit.AppendAsync(session, account.Person.ActorAt(machine.Address), null, act, account.Email);
            return new SignInOutcome.Entered(secret, accounts.Devices.Remember(machine.KnownBy, account.Id));
        },
        cancellationToken);

    /// <summary>
    /// Whether the credentials are those that were verified: a hash takes its time, and a password that was changed meanwhile lets nobody
    /// in. Whoever would change them now waits for this unit, and ends what it began.
    /// </summary>
    static async ValueTask<bool> IsStillAsync(Session session, Account account) => await session.ExecuteAsync(
        "UPDATE people SET totp_step = totp_step WHERE id = $1 AND stamp = $2 AND removed_at IS NULL",
        p => p.Id(account.Id.Value).Text(account.Stamp),
        CancellationToken.None) == 1;
}
