using Microsoft.AspNetCore.Identity;
using Waybill.Engine.Audit;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Accounts;

/// <summary>The statements of passkeys.</summary>
internal static class PasskeyRows
{
    const string Columns = "credential, public_key, created_at, sign_count, transports, verified, backup_eligible, backed_up, name";

    public static ValueTask<List<Passkey>> ListAsync(
        Session session, PersonId person, CancellationToken cancellationToken) => session.QueryAsync(
        "SELECT id, name, backed_up, created_at, used_at FROM passkeys WHERE person_id = $1 ORDER BY id",
        p => p.Id(person.Value),
        row => new Passkey(row.Id(0), row.Text(1), row.Number(2) == 1, row.Instant(3), row.InstantOrNull(4)),
        cancellationToken);

    /// <summary>As ASP.NET Core Identity has them.</summary>
    public static ValueTask<List<UserPasskeyInfo>> OfAsync(Session session, PersonId person, CancellationToken cancellationToken) =>
        session.QueryAsync(
            $"SELECT {Columns} FROM passkeys WHERE person_id = $1 ORDER BY id", p => p.Id(person.Value), Read, cancellationToken);

    public static ValueTask<UserPasskeyInfo?> FindAsync(
        Session session, PersonId person, byte[] credential, CancellationToken cancellationToken) => session.FirstAsync(
        $"SELECT {Columns} FROM passkeys WHERE person_id = $1 AND credential = $2", p => p.Id(person.Value).Bytes(credential), Read,
        cancellationToken);

    public static async ValueTask<PersonId?> OwnerAsync(Session session, byte[] credential, CancellationToken cancellationToken)
    {
        var found =
            await session.QueryAsync(
                "SELECT person_id FROM passkeys WHERE credential = $1", p => p.Bytes(credential), row => row.Id(0), cancellationToken);
        return found is [var person, ..] ? new PersonId(person) : null;
    }

    /// <summary>0 when somebody has it already.</summary>
    public static ValueTask<int> InsertAsync(
        Session session, Guid id, PersonId person, string name, UserPasskeyInfo passkey, DateTimeOffset now) => session.ExecuteAsync(
        $"""
        INSERT INTO passkeys (id, person_id, {Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (credential) DO NOTHING
        """,
        p => p.Id(id).Id(person.Value).Bytes(passkey.CredentialId).Bytes(passkey.PublicKey).Instant(now).Number(passkey.SignCount)
            .Text(string.Join(' ', passkey.Transports ?? [])).Number(Flag(passkey.IsUserVerified)).Number(Flag(passkey.IsBackupEligible))
            .Number(Flag(passkey.IsBackedUp)).Text(name),
        CancellationToken.None);

    /// <summary>Notes that it was used; 0 when it is gone, or another use of it came in between.</summary>
    public static ValueTask<int> UseAsync(Session session, UserPasskeyInfo passkey, DateTimeOffset now) => session.ExecuteAsync(
        "UPDATE passkeys SET sign_count = $2, backed_up = $3, used_at = $4 WHERE credential = $1 AND (sign_count < $2 OR (sign_count = 0 "
            + "AND $2 = 0))",
        p => p.Bytes(passkey.CredentialId).Number(passkey.SignCount).Number(Flag(passkey.IsBackedUp)).Instant(now),
        CancellationToken.None);

    /// <summary>Its name; null when the person has none of that id.</summary>
    public static ValueTask<string?> RemoveAsync(Session session, PersonId person, Guid id) => session.FirstAsync(
        "DELETE FROM passkeys WHERE person_id = $1 AND id = $2 RETURNING name", p => p.Id(person.Value).Id(id), row => row.Text(0),
        CancellationToken.None);

    public static ValueTask<int> RemoveAllAsync(Session session, PersonId person) =>
        session.ExecuteAsync("DELETE FROM passkeys WHERE person_id = $1", p => p.Id(person.Value), CancellationToken.None);

    static int Flag(bool isSo) => isSo ? 1 : 0;

    /// <summary>What the authenticator said of itself when it made the passkey is not kept: nobody asks for it.</summary>
    static UserPasskeyInfo Read(Row row) => new(
        row.Bytes(0),
        row.Bytes(1),
        row.Instant(2),
        checked((uint)row.Number(3)),
        row.Text(4).Split(' ', StringSplitOptions.RemoveEmptyEntries),
        row.Number(5) == 1,
        row.Number(6) == 1,
        row.Number(7) == 1,
        attestationObject: [],
        clientDataJson: [])
    { Name = row.Text(8) };
}
