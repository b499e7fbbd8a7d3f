using System.Diagnostics;
using Waybill.Engine.Audit;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Accounts;

/// <summary>Links that act for who has them: once, and for a time. Only the hash of what they hold is kept.</summary>
public sealed class Links(IDatabase database, TimeProvider clock)
{
    const string Columns = "id, kind, person_id, email, name, tenant_id, role, expires_at";

    /// <summary>How long one that expired is still listed.</summary>
    static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    /// <summary>How long a link works.</summary>
    public static TimeSpan Lifetime(LinkKind kind) => kind == LinkKind.Reset ? TimeSpan.FromHours(1) : TimeSpan.FromDays(7);

    /// <summary>The link that a secret stands for; null when there is none, or it was used or has expired.</summary>
    public Task<AccountLink?> FindAsync(LinkKind kind, string secret, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.FirstAsync(
            $"SELECT {Columns} FROM links WHERE hash = $1 AND kind = $2 AND used_at IS NULL AND expires_at > $3",
            p => p.Bytes(OneTimeSecret.Hash(secret)).Text(Word(kind)).Instant(clock.GetUtcNow()),
            Read,
            cancellationToken),
        cancellationToken);

    /// <summary>Makes a link and gives its secret, which is seen nowhere else.</summary>
    internal async ValueTask<string> MakeAsync(Session session, AccountLink link, PersonId? by)
    {
        var secret = OneTimeSecret.New();
        await KeepAsync(session, link, secret, by);
        return secret;
    }

    /// <summary>Keeps a link whose secret a mail has already; those that expired long ago are swept by the way.</summary>
    internal async ValueTask KeepAsync(Session session, AccountLink link, string secret, PersonId? by)
    {
        var now = clock.GetUtcNow();
        await session.ExecuteAsync("DELETE FROM links WHERE expires_at < $1", p => p.Instant(now - Remembered), CancellationToken.None);
        await session.ExecuteAsync(
            $"INSERT INTO links ({Columns}, hash, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            p => p.Id(link.Id).Text(Word(link.Kind)).Id(link.Person?.Value).Text(link.Email).Text(link.Name).Id(link.Tenant?.Value)
                .Text(link.Role?.Word())
                .Instant(link.ExpiresAt).Bytes(OneTimeSecret.Hash(secret)).Id(by?.Value).Instant(now),
            CancellationToken.None);
    }

    /// <summary>A link of a kind that begins to run now.</summary>
    internal AccountLink New(LinkKind kind)
    {
        var now = clock.GetUtcNow();
        return new(Guid.CreateVersion7(now), kind, null, null, null, null, null, now + Lifetime(kind));
    }

    /// <summary>Uses a link up, within the unit that does what it is for.</summary>
    /// <exception cref="NotThisTimeException">It is used or expired.</exception>
    internal async ValueTask UseAsync(Session session, Guid id)
    {
        var used = await session.ExecuteAsync(
            "UPDATE links SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND expires_at > $2", p => p.Id(id).Instant(clock.GetUtcNow()),
            CancellationToken.None);
        if (used == 0) throw new NotThisTimeException(AccountFault.LinkGone);
    }

    /// <summary>Links of a person's that set a password and were made since then.</summary>
    internal Task<int> CountAsync(PersonId person, DateTimeOffset since, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.FirstAsync(
            "SELECT count(*) FROM links WHERE person_id = $1 AND kind = 'reset' AND created_at > $2",
            p => p.Id(person.Value).Instant(since),
            row => row.Count(0),
            cancellationToken),
        cancellationToken);

    /// <summary>Ends all of a person's that set a password.</summary>
    internal ValueTask<int> EndResetsAsync(Session session, PersonId person) => session.ExecuteAsync(
        "UPDATE links SET used_at = $2 WHERE person_id = $1 AND kind = 'reset' AND used_at IS NULL",
        p => p.Id(person.Value).Instant(clock.GetUtcNow()),
        CancellationToken.None);

    internal static string Word(LinkKind kind) => kind switch
    {
        LinkKind.First => "first",
        LinkKind.Reset => "reset",
        LinkKind.Invite => "invite",
        _ => throw new UnreachableException($"No word for {kind}."),
    };

    static LinkKind Kind(string word) => word switch
    {
        "first" => LinkKind.First,
        "reset" => LinkKind.Reset,
        "invite" => LinkKind.Invite,
        _ => throw new UnreachableException($"No kind for {word}."),
    };

    static AccountLink Read(Row row) => new(
        row.Id(0),
        Kind(row.Text(1)),
        row.IdOrNull(2) is { } person ? new PersonId(person) : null,
        row.TextOrNull(3),
        row.TextOrNull(4),
        row.IdOrNull(5) is { } tenant ? new TenantId(tenant) : null,
        Roles.Find(row.TextOrNull(6)),
        row.Instant(7));
}
