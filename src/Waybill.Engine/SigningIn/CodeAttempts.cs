using System.Security.Cryptography;
using System.Text;
using Waybill.Engine.Accounts;
using Waybill.Engine.Audit;
using Waybill.Engine.Storage;

namespace Waybill.Engine.SigningIn;

/// <summary>
/// How often a code of the second factor may be guessed: five times by one half session, and ten times an hour for one account, from
/// wherever. Whoever gives a code gave the password before; so this keeps nobody out by somebody who does not know it. A device on which
/// the person signed in before is counted by itself, so that not even one who knows the password keeps them out. An attempt counts from its
/// beginning, so that many at once are no way around.
/// </summary>
internal sealed class CodeAttempts(IDatabase database, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Wrong codes that end a half session.</summary>
    public const int MostOfOne = 5;

    /// <summary>Codes for an account in <see cref="Window"/>.</summary>
    public const int Most = 10;

    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>Counts an attempt, or says why it may not be made.</summary>
    public Task<CodeAttempt> BeginAsync(
        SignedIn half, string? device, string address, CancellationToken cancellationToken) => database.WriteAsync(
        "begin code", session => BeginAsync(session, half, device, address), cancellationToken);

    async ValueTask<CodeAttempt> BeginAsync(Session session, SignedIn half, string? device, string address)
    {
        var tries = await session.FirstAsync(
            "UPDATE sessions SET code_tries = code_tries + 1 WHERE id = $1 AND stage = 'code' RETURNING code_tries",
            p => p.Id(half.Session.Value),
            row => row.Count(0),
            CancellationToken.None);
        if (tries is 0 or > MostOfOne) return new CodeAttempt.Over();
        var number = await CountAsync(session, Who(half.Person.Id, device));
        if (number <= Most) return new CodeAttempt.Made(IsLastOfOne: tries == MostOfOne, IsLastOfAll: number == Most);
        if (number == Most + 1) await audit.AppendAsync(session, half.Person.ActorAt(address), null, Acts.Throttled, "code", isDone: false);
        return new CodeAttempt.Throttled();
    }

    /// <summary>
    /// The number of the attempt within its window. A clock that was put back makes the window begin now and keeps the number, so that
    /// nobody waits longer than a window.
    /// </summary>
    async ValueTask<int> CountAsync(Session session, byte[] who)
    {
        var now = clock.GetUtcNow();
        await session.ExecuteAsync("DELETE FROM code_attempts WHERE began_at <= $1", p => p.Instant(now - Window), CancellationToken.None);
        return await session.FirstAsync(
            """
            INSERT INTO code_attempts (who, began_at, attempts) VALUES ($1, $2, 1)
            ON CONFLICT (who) DO UPDATE SET attempts = code_attempts.attempts + 1,
                began_at = CASE WHEN code_attempts.began_at > $2 THEN $2 ELSE code_attempts.began_at END
            RETURNING attempts
            """,
            p => p.Bytes(who).Instant(now),
            row => row.Count(0),
            CancellationToken.None);
    }

    /// <summary>A right code is no guess. What others guessed stays counted.</summary>
    public static ValueTask<int> ForgiveAsync(Session session, PersonId person, string? device) => session.ExecuteAsync(
        "UPDATE code_attempts SET attempts = attempts - 1 WHERE who = $1 AND attempts > 0", p => p.Bytes(Who(person, device)),
        CancellationToken.None);

    static byte[] Who(PersonId person, string? device) => SHA256.HashData(Encoding.UTF8.GetBytes($"{person}/{device}"));
}

/// <summary>What an attempt to give a code came to before the code was looked at.</summary>
internal abstract record CodeAttempt
{
    private CodeAttempt() { }

    /// <summary>It may be looked at.</summary>
    /// <param name="IsLastOfOne">Whether the half session is over if the code is wrong.</param>
    /// <param name="IsLastOfAll">Whether the account takes no further code for now if it is wrong, which its person is told.</param>
    public sealed record Made(bool IsLastOfOne, bool IsLastOfAll) : CodeAttempt;

    /// <summary>The half session has no attempt left.</summary>
    public sealed record Over : CodeAttempt;

    /// <summary>The account takes no code for now.</summary>
    public sealed record Throttled : CodeAttempt;
}
