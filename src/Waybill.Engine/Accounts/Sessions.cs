using Waybill.Engine.Audit;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Accounts;

/// <summary>
/// Sessions, kept here and not in the cookie: it holds 256 random bits, whose hash is the row. One that is ended ends at once, on every
/// node. A session lasts 30 days, and 7 without use.
/// </summary>
public sealed class Sessions(IDatabase database, TimeProvider clock)
{
    /// <summary>However often it is used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>Without use.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromDays(7);

    /// <summary>Between password and code.</summary>
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(10);

    static readonly TimeSpan UseInterval = TimeSpan.FromMinutes(1);

    const int LongestDevice = 300;
    const string Alive = "($2 < s.created_at AND $3 < s.used_at)";

    /// <summary>The session that a cookie stands for; null when there is none, or none any more.</summary>
    public Task<SignedIn?> FindAsync(string secret, CancellationToken cancellationToken) =>
        FindAsync(secret, "full", Lifetime, cancellationToken);

    /// <summary>The half session of somebody who gave the password and not yet the code.</summary>
    internal Task<SignedIn?> FindHalfAsync(string secret, CancellationToken cancellationToken) =>
        FindAsync(secret, "code", CodeLifetime, cancellationToken);

    /// <summary>Notes that a session is in use, at most once a minute, and where.</summary>
    public Task NoteUseAsync(
        SessionId session, Machine machine, TenantId? tenant, CancellationToken cancellationToken) => database.WriteAsync(
        "note session use",
        unit => unit.ExecuteAsync(
            "UPDATE sessions SET used_at = $2, address = $3, last_tenant = COALESCE($4, last_tenant) WHERE id = $1",
            p => p.Id(session.Value).Instant(clock.GetUtcNow()).Text(machine.Address).Id(tenant?.Value),
            CancellationToken.None),
        cancellationToken);

    /// <summary>The sessions of a person, the last used first.</summary>
    public Task<List<ListedSession>> ListAsync(PersonId person, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return database.ReadAsync(
            session => session.QueryAsync(
                $"SELECT s.id, s.device, s.address, s.created_at, s.used_at FROM sessions s WHERE s.person_id = $1 AND s.stage = 'full' AND {Alive} ORDER BY s.used_at DESC, s.id DESC",
                p => p.Id(person.Value).Instant(now - Lifetime).Instant(now - Idle),
                row => new ListedSession(new(row.Id(0)), row.Text(1), row.Text(2), row.Instant(3), row.Instant(4)),
                cancellationToken),
            cancellationToken);
    }

    /// <summary>Whether its use was noted too long ago.</summary>
    public bool IsUseOld(DateTimeOffset usedAt) => clock.GetUtcNow() - usedAt >= UseInterval;

    /// <summary>
    /// Begins one within the unit that lets somebody in, and gives what the cookie is to hold. Old ones are swept by the way.
    /// </summary>
    internal async ValueTask<string> BeginAsync(Session unit, PersonId person, bool isHalf, Machine machine)
    {
        var (secret, now) = (OneTimeSecret.New(), clock.GetUtcNow());
        await unit.ExecuteAsync("DELETE FROM sessions WHERE used_at < $1", p => p.Instant(now - Idle), CancellationToken.None);
        await unit.ExecuteAsync(
            "INSERT INTO sessions (id, person_id, hash, stage, device, address, created_at, used_at) VALUES ($1, $2, $3, $4, $5, $6, $7, "
                + "$7)",
            p => p.Id(SessionId.New(clock).Value).Id(person.Value).Bytes(OneTimeSecret.Hash(secret)).Text(isHalf ? "code" : "full")
                .Text(Device(machine))
                .Text(machine.Address).Instant(now),
            CancellationToken.None);
        return secret;
    }

    /// <summary>Ends one of a person's; false when there is none of that id.</summary>
    internal static async ValueTask<bool> EndAsync(Session unit, PersonId person, SessionId session) => await unit.ExecuteAsync(
        "DELETE FROM sessions WHERE id = $1 AND person_id = $2", p => p.Id(session.Value).Id(person.Value), CancellationToken.None) == 1;

    /// <summary>Ends all of a person's, but for one.</summary>
    internal static ValueTask<int> EndAllAsync(Session unit, PersonId person, SessionId? butFor) => unit.ExecuteAsync(
        "DELETE FROM sessions WHERE person_id = $1 AND ($2 IS NULL OR id <> $2)", p => p.Id(person.Value).Id(butFor?.Value),
        CancellationToken.None);

    static string Device(Machine machine) =>
        new([.. machine.Device.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(LongestDevice)]);

    Task<SignedIn?> FindAsync(string secret, string stage, TimeSpan lifetime, CancellationToken cancellationToken) => database.ReadAsync(
        async session =>
        {
            var now = clock.GetUtcNow();
            var found = await session.FirstAsync(
                $"""
                SELECT s.id, s.used_at, s.last_tenant, {PersonColumns.Of("p")} FROM sessions s JOIN people p ON p.id = s.person_id
                WHERE s.hash = $1 AND {Alive} AND s.stage = $4 AND p.removed_at IS NULL
                """,
                p => p.Bytes(OneTimeSecret.Hash(secret)).Instant(now - lifetime).Instant(now - Idle).Text(stage),
                Read,
                cancellationToken);
            return found is null ? null : found with { Memberships = await MembershipsAsync(session, found.Person.Id, cancellationToken) };
        },
        cancellationToken);

    internal static ValueTask<List<Membership>> MembershipsAsync(
        Session session, PersonId person, CancellationToken cancellationToken) => session.QueryAsync(
        "SELECT tenant_id, role FROM memberships WHERE person_id = $1 ORDER BY tenant_id",
        p => p.Id(person.Value),
        row => new Membership(new TenantId(row.Id(0)), Roles.Find(row.Text(1))!.Value),
        cancellationToken);

    static SignedIn Read(Row row) => new(
        new SessionId(row.Id(0)),
        PersonColumns.Read(row, 3),
        [],
        row.IdOrNull(2) is { } tenant ? new TenantId(tenant) : null)
    { UsedAt = row.Instant(1) };
}
