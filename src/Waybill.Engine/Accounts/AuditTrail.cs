using System.Security.Cryptography;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Accounts;

/// <summary>Who did what. It is appended to and never changed.</summary>
public sealed class AuditTrail(IDatabase database, TimeProvider clock)
{
    const int SaltSize = 16;
    const int LongestWhat = 500;
    const string Columns = "id, at, tenant_id, person_id, who, act, what, address, outcome, salt, row_hash";

    /// <summary>Appends an entry within the unit that does what it tells of.</summary>
    public ValueTask AppendAsync(Session session, Actor who, TenantId? tenant, string act, string what, bool isDone = true)
    {
        var now = clock.GetUtcNow();
        var entry = new AuditEntry(
            Guid.CreateVersion7(now), now, tenant ?? TenantId.Everybody, who with { Name = Short(who.Name), Address = Short(who.Address) }, act, Short(what), isDone);
        return InsertAsync(session, entry, RandomNumberGenerator.GetBytes(SaltSize));
    }

    /// <summary>Appends an entry about what changed nothing, e.g. a refusal.</summary>
    public Task NoteAsync(Actor who, TenantId? tenant, string act, string what, bool isDone, CancellationToken cancellationToken) => database.WriteAsync(
        "audit",
        async session =>
        {
            await AppendAsync(session, who, tenant, act, what, isDone);
            return true;
        },
        cancellationToken);

    /// <summary>The entries of a tenant, or of the instance, newest first.</summary>
    /// <param name="tenant">The tenant; <see cref="TenantId.Everybody"/>: the instance.</param>
    /// <param name="filter">Which of them.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public Task<List<AuditEntry>> ListAsync(TenantId tenant, AuditFilter filter, int limit, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.QueryAsync(
            $"""
            SELECT {Columns} FROM audit
            WHERE tenant_id = $1 AND ($2 IS NULL OR id < $2) AND ($3 IS NULL OR act = $3 OR act LIKE $3 || '.%')
              AND ($4 IS NULL OR lower(who) LIKE lower($4) ESCAPE '!' OR address = $5) AND ($6 IS NULL OR at >= $6)
            ORDER BY id DESC LIMIT $7
            """,
            p => filter.Bind(p.Id(tenant.Value)).Number(limit),
            Read,
            cancellationToken),
        cancellationToken);

    /// <summary>The entries whose row is not what was appended: somebody changed them behind our back.</summary>
    public Task<List<Guid>> FindAlteredAsync(CancellationToken cancellationToken) => database.ReadAsync(
        async session => (await session.QueryAsync(
                $"SELECT {Columns} FROM audit ORDER BY id",
                _ => { },
                row => (Entry: Read(row), Salt: row.Bytes(9), Hash: row.Bytes(10)),
                cancellationToken))
            .Where(row => !row.Hash.AsSpan().SequenceEqual(row.Entry.Hash(row.Salt))).Select(row => row.Entry.Id).ToList(),
        cancellationToken);

    static async ValueTask InsertAsync(Session session, AuditEntry entry, byte[] salt) => await session.ExecuteAsync(
        $"INSERT INTO audit ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        p => p.Id(entry.Id).Instant(entry.At).Id(entry.Tenant.Value).Id(entry.Who.Person?.Value).Text(entry.Who.Name).Text(entry.Act)
            .Text(entry.What).Text(entry.Who.Address).Text(entry.Outcome).Bytes(salt).Bytes(entry.Hash(salt)),
        CancellationToken.None);

    /// <summary>A text of a stranger's may be endless, and PostgreSQL takes no NUL.</summary>
    static string Short(string text)
    {
        var shown = text.Replace('\0', ' ');
        if (shown.Length <= LongestWhat) return shown;
        var end = LongestWhat - 1;
        return shown[..(char.IsHighSurrogate(shown[end - 1]) ? end - 1 : end)] + "…";
    }

    static AuditEntry Read(Row row) => new(
        row.Id(0),
        row.Instant(1),
        new TenantId(row.Id(2)),
        new Actor(row.IdOrNull(3) is { } person ? new PersonId(person) : null, row.Text(4), row.Text(7)),
        row.Text(5),
        row.Text(6),
        row.Text(8) == "done");
}

/// <summary>Which entries of the audit are asked for.</summary>
/// <param name="After">Older than this one.</param>
/// <param name="Act">Of this act, or of this group of acts, e.g. <c>people</c>.</param>
/// <param name="Who">By whoever's address has this in it, or from this IP address.</param>
/// <param name="Since">Not before this.</param>
public sealed record AuditFilter(Guid? After = null, string? Act = null, string? Who = null, DateTimeOffset? Since = null)
{
    internal Parameters Bind(Parameters parameters)
    {
        var who = Who is null ? null : Sought.Clean(Who);
        return parameters.Id(After).Text(Act is null ? null : Sought.Clean(Act)).Text(who is null ? null : Sought.Within(who)).Text(who).Instant(Since);
    }
}
