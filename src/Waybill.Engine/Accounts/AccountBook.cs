using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waybill.Engine.Secrets;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Accounts;

/// <summary>ASP.NET Core Identity over our store: it hashes, checks and stamps; our units write.</summary>
internal sealed class AccountBook : IDisposable
{
    /// <summary>What OWASP asks of PBKDF2 with SHA-512.</summary>
    const int Iterations = 210_000;

    /// <param name="database">Keeps them.</param>
    /// <param name="keys">Seals the keys of authenticators.</param>
    /// <param name="clock">The time.</param>
    /// <param name="log">Identity's.</param>
    /// <param name="iterations">Of a hash; fewer for specs, which hash many.</param>
    public AccountBook(
        IDatabase database, DataKeys keys, TimeProvider clock, ILogger<UserManager<Account>> log, int iterations = Iterations)
    {
        Store = new(database, keys, clock, log);
        Devices = new(keys, clock);
        Hasher = new PasswordHasher<Account>(Options.Create(new PasswordHasherOptions { IterationCount = iterations }));
        Manager = new(
            Store, Options.Create(new IdentityOptions()), Hasher, userValidators: [], passwordValidators: [new PasswordRules()],
            new EmailKey(), new IdentityErrorDescriber(), services: null!, log);
    }

    public AccountStore Store { get; }

    public PasswordHasher<Account> Hasher { get; }

    public UserManager<Account> Manager { get; }

    public KnownDevices Devices { get; }

    /// <summary>Half of the cores: the others go on with the mail.</summary>
    public HashQueue Turns { get; } = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Hashes for somebody who proved already who they are.</summary>
    public async Task<T> HashAsync<T>(Func<Task<T>> hash, CancellationToken cancellationToken)
    {
        await Turns.TryEnterAsync(HashTurn.Proven, cancellationToken);
        try
        {
            return await hash();
        }
        finally
        {
            Turns.Leave();
        }
    }

    /// <summary>The hash of a new password of somebody who proved already who they are.</summary>
    public Task<string> HashAsync(Account account, string password, CancellationToken cancellationToken) =>
        HashAsync(() => Task.FromResult(Hasher.HashPassword(account, password)), cancellationToken);

    public void Dispose()
    {
        Manager.Dispose();
        Store.Dispose();
    }
}
