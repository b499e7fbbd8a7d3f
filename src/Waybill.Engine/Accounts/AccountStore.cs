using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Audit;
using Waybill.Engine.Secrets;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Accounts;

/// <summary>
/// Keeps accounts for ASP.NET Core Identity by our own statements. An account and what goes along with it are one unit of work; one that
/// somebody else changed meanwhile is not written.
/// </summary>
internal sealed partial class AccountStore(IDatabase database, DataKeys keys, TimeProvider clock, ILogger log) :
    IUserPasswordStore<Account>, IUserSecurityStampStore<Account>, IUserTwoFactorRecoveryCodeStore<Account>,
    IUserPasskeyStore<Account>
{
    /// <summary>Somebody else has this address.</summary>
    public const string EmailTaken = "email.taken";

    const string Columns = "id, email, email_key, name, language, password_hash, stamp, totp_key, totp_step, version";

    readonly byte[] codeKey = keys.Derive("recovery codes");

    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken) =>
        WriteAsync(user, InsertAsync, EmailTaken, cancellationToken);

    public Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken) =>
        WriteAsync(user, UpdateAsync, AccountFault.Outdated, cancellationToken);

    /// <summary>People are removed by <see cref="People"/>, which knows who must stay.</summary>
    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        FindAsync(PersonId.Parse(userId, null), cancellationToken);

    public Task<Account?> FindAsync(PersonId id, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.FirstAsync(
            $"SELECT {Columns} FROM people WHERE id = $1 AND removed_at IS NULL", p => p.Id(id.Value), Read, cancellationToken),
        cancellationToken);

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.FirstAsync(
            $"SELECT {Columns} FROM people WHERE email_key = $1 AND removed_at IS NULL", p => p.Text(normalizedUserName), Read,
            cancellationToken),
        cancellationToken);

    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) =>
        Set(() => user.Email = userName ?? "");

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.EmailKey);

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) =>
        Set(() => user.EmailKey = normalizedName ?? "");

    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken cancellationToken) =>
        Set(() => user.PasswordHash = passwordHash);

    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task SetSecurityStampAsync(Account user, string stamp, CancellationToken cancellationToken) => Set(() => user.Stamp = stamp);

    public Task<string?> GetSecurityStampAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Stamp);

    public Task ReplaceCodesAsync(Account user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken)
    {
        var hashes = recoveryCodes.Select(code => RecoveryCode.Hash(codeKey, user.Id, code)).ToList();
        user.With(async session =>
        {
            await session.ExecuteAsync("DELETE FROM recovery_codes WHERE person_id = $1", p => p.Id(user.Id.Value), CancellationToken.None);
            if (hashes.Count == 0) return;
            await session.InsertManyAsync(
                "INSERT INTO recovery_codes (person_id, hash) VALUES ($1, $2)", hashes, (p, hash) => p.Id(user.Id.Value).Bytes(hash),
                CancellationToken.None);
        });
        return Task.CompletedTask;
    }

    /// <summary>The code is gone at once: of two who give the same one, one is let in.</summary>
    public Task<bool> RedeemCodeAsync(Account user, string code, CancellationToken cancellationToken)
    {
        var given = RecoveryCode.Hash(codeKey, user.Id, code);
        return database.WriteAsync("redeem recovery code", session => RedeemAsync(session, user.Id, given), cancellationToken);
    }

    /// <summary>All are looked at, each in the same time, so that the time tells nothing.</summary>
    static async ValueTask<bool> RedeemAsync(Session session, PersonId person, byte[] given)
    {
        var kept = await session.QueryAsync(
            "SELECT hash FROM recovery_codes WHERE person_id = $1", p => p.Id(person.Value), row => row.Bytes(0), CancellationToken.None);
        byte[]? found = null;
        foreach (var hash in kept)
            if (CryptographicOperations.FixedTimeEquals(hash, given)) found = hash;
        return found is not null && await session.ExecuteAsync(
            "DELETE FROM recovery_codes WHERE person_id = $1 AND hash = $2", p => p.Id(person.Value).Bytes(found),
            CancellationToken.None) == 1;
    }

    public Task<int> CountCodesAsync(Account user, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.FirstAsync(
            "SELECT count(*) FROM recovery_codes WHERE person_id = $1", p => p.Id(user.Id.Value), row => row.Count(0), cancellationToken),
        cancellationToken);

    /// <summary>The authenticator's key of a person as it is kept.</summary>
    public byte[] SealKey(PersonId id, string key) => keys.Seal(Encoding.ASCII.GetBytes(key), SealingContext.Authenticator(id.Value));

    /// <summary>
    /// The authenticator's key in Base32; null when there is none, and when the master key file is another: no code is right then, and the
    /// log says why. It is opened only where a code is checked, so that all else of the account goes on.
    /// </summary>
    public string? OpenKey(Account user)
    {
        if (user.SealedKey is null) return null;
        try
        {
            return Encoding.ASCII.GetString(keys.Open(user.SealedKey, SealingContext.Authenticator(user.Id.Value)));
        }
        catch (CryptographicException locked)
        {
            LogLocked(user.Id, locked.Message);
            return null;
        }
    }

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken) =>
        await database.ReadAsync(session => PasskeyRows.OfAsync(session, user.Id, cancellationToken), cancellationToken);

    public Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        database.ReadAsync(session => PasskeyRows.FindAsync(session, user.Id, credentialId, cancellationToken), cancellationToken);

    public async Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            session => PasskeyRows.OwnerAsync(session, credentialId, cancellationToken), cancellationToken) is { } owner
            ? await FindAsync(owner, cancellationToken)
            : null;

    /// <summary>Passkeys are written by <c>Passkeys</c>, with the audit in the same unit.</summary>
    public Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>See <see cref="AddOrUpdatePasskeyAsync"/>.</summary>
    public Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public void Dispose()
    {
        // the database is not ours
    }

    async Task<IdentityResult> WriteAsync(
        Account user, Func<Session, Account, ValueTask<int>> write, string otherwise, CancellationToken cancellationToken)
    {
        try
        {
            var written = await database.WriteAsync(
                "write account",
                async session =>
                {
                    if (await write(session, user) == 0) return false;
                    await user.WriteAlongAsync(session);
                    return true;
                },
                cancellationToken);
            if (written) user.Version++;
            return written ? IdentityResult.Success : Failed(otherwise);
        }
        catch (NotThisTimeException why)
        {
            return Failed(why.Code);
        }
    }

    ValueTask<int> InsertAsync(Session session, Account user) => session.ExecuteAsync(
        $"""
        INSERT INTO people ({Columns}, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10)
        ON CONFLICT (email_key) WHERE removed_at IS NULL DO NOTHING
        """,
        p => Bind(p, user).Instant(clock.GetUtcNow()),
        CancellationToken.None);

    ValueTask<int> UpdateAsync(Session session, Account user) => session.ExecuteAsync(
        """
        UPDATE people SET email = $2, email_key = $3, name = $4, language = $5, password_hash = $6, stamp = $7, totp_key = $8, totp_step = $9,
            version = version + 1
        WHERE id = $1 AND version = $10 AND removed_at IS NULL
        """,
        p => Bind(p, user).Number(user.Version),
        CancellationToken.None);

    static Parameters Bind(Parameters p, Account user) => p
        .Id(user.Id.Value).Text(user.Email).Text(user.EmailKey).Text(user.Name).Text(user.Language).Text(user.PasswordHash).Text(user.Stamp)
        .Bytes(user.SealedKey).Number(user.TotpStep);

    static Account Read(Row row) => new()
    {
        Id = new(row.Id(0)),
        Email = row.Text(1),
        EmailKey = row.Text(2),
        Name = row.Text(3),
        Language = row.Text(4),
        PasswordHash = row.TextOrNull(5),
        Stamp = row.Text(6),
        SealedKey = row.BytesOrNull(7),
        TotpStep = row.Number(8),
        Version = row.Number(9),
    };

    static IdentityResult Failed(string code) => IdentityResult.Failed(new IdentityError { Code = code, Description = code });

    static Task Set(Action set)
    {
        set();
        return Task.CompletedTask;
    }

    [LoggerMessage(
        2911, LogLevel.Error,
        "No code of {Person} can be right, for the master key file is another than the one of their second factor: {Reason}")]
    partial void LogLocked(PersonId person, string reason);
}
