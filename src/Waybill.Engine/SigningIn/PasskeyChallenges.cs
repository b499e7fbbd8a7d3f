using Waybill.Engine.Accounts;
using Waybill.Engine.Audit;
using Waybill.Engine.Storage;

namespace Waybill.Engine.SigningIn;

/// <summary>
/// Questions to an authenticator, kept here so that each is answered once, on whichever node. A cookie holds what one is found by.
/// </summary>
internal sealed class PasskeyChallenges(IDatabase database, TimeProvider clock)
{
    /// <summary>From question to answer.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Keeps a question, and gives the secret. Old ones are swept by the way.</summary>
    public async Task<string> KeepAsync(PasskeyChallenge challenge, Func<Session, ValueTask> along, CancellationToken cancellationToken)
    {
        var (secret, now) = (OneTimeSecret.New(), clock.GetUtcNow());
        await database.WriteAsync(
            "ask for passkey",
            async session =>
            {
                await along(session);
                await session.ExecuteAsync(
                    "DELETE FROM passkey_challenges WHERE expires_at <= $1", p => p.Instant(now), CancellationToken.None);
                return await session.ExecuteAsync(
                    "INSERT INTO passkey_challenges (hash, person_id, name, state, expires_at) VALUES ($1, $2, $3, $4, $5)",
                    p => p.Bytes(OneTimeSecret.Hash(secret)).Id(challenge.Person?.Value).Text(challenge.Name).Text(challenge.State)
                        .Instant(now + Lifetime),
                    CancellationToken.None);
            },
            cancellationToken);
        return secret;
    }

    /// <summary>
    /// The question that a secret stands for, which is gone then; null when there is none, or it was answered, or is too old.
    /// </summary>
    public Task<PasskeyChallenge?> TakeAsync(string secret, CancellationToken cancellationToken) => database.WriteAsync(
        "take passkey challenge",
        session => session.FirstAsync(
            "DELETE FROM passkey_challenges WHERE hash = $1 AND expires_at > $2 RETURNING person_id, name, state",
            p => p.Bytes(OneTimeSecret.Hash(secret)).Instant(clock.GetUtcNow()),
            row => new PasskeyChallenge(row.IdOrNull(0) is { } person ? new PersonId(person) : null, row.TextOrNull(1), row.Text(2)),
            CancellationToken.None),
        cancellationToken);
}

/// <summary>A question to an authenticator.</summary>
/// <param name="Person">Who adds a passkey; null: somebody signs in.</param>
/// <param name="Name">What the new passkey is to be called.</param>
/// <param name="State">What ASP.NET Core Identity asked.</param>
internal sealed record PasskeyChallenge(PersonId? Person, string? Name, string State);
