using System.Security.Cryptography;
using Waybill.Engine.Secrets;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Audit;

/// <summary>Who did what. It is appended to and never changed; <see cref="AuditCheck"/> would show if it was.</summary>
public sealed class AuditTrail(IDatabase database, DataKeys keys, TimeProvider clock)
{
    const int SaltSize = 16;
    const int LongestWhat = 500;

    readonly AuditChain chain = new(keys);

    /// <summary>
    /// Appends an entry within the unit that does what it tells of, and as the last thing that it does: everybody who appends waits behind
    /// it.
    /// </summary>
    public async ValueTask AppendAsync(Session session, Actor who, TenantId? tenant, string act, string what, bool isDone = true)
    {
        var now = clock.GetUtcNow();
        var entry = new AuditEntry(
            Guid.CreateVersion7(now), now, tenant ?? TenantId.Everybody, who with { Name = Short(who.Name), Address = Short(who.Address) },
            act, Short(what), isDone);
        var (number, seal) = (await AuditRows.AdvanceAsync(session))!;
        if (seal.Length == 0) seal = chain.Begin((await AuditRows.BeforeAsync(session, CancellationToken.None)).Select(row => row.Hash));
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        var hash = chain.Link(entry, number, salt, seal);
        await AuditRows.InsertAsync(session, new(entry, number, salt, hash), chain.Seal(hash));
    }

    /// <summary>Appends an entry about what changed nothing, e.g. a refusal.</summary>
    public Task NoteAsync(
        Actor who, TenantId? tenant, string act, string what, bool isDone, CancellationToken cancellationToken) => database.WriteAsync(
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
    public Task<List<AuditEntry>> ListAsync(
        TenantId tenant, AuditFilter filter, int limit, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.QueryAsync(
            $"""
            SELECT {AuditRows.Columns} FROM audit
            WHERE tenant_id = $1 AND ($2 IS NULL OR id < $2) AND ($3 IS NULL OR act = $3 OR act LIKE $3 || '.%')
              AND ($4 IS NULL OR lower(who) LIKE lower($4) ESCAPE '!' OR address = $5) AND ($6 IS NULL OR at >= $6)
            ORDER BY id DESC LIMIT $7
            """,
            p => filter.Bind(p.Id(tenant.Value)).Number(limit),
            AuditRows.Read,
            cancellationToken),
        cancellationToken);

    /// <summary>A text of a stranger's may be endless, and PostgreSQL takes no NUL.</summary>
    static string Short(string text)
    {
        var shown = text.Replace('\0', ' ');
        if (shown.Length <= LongestWhat) return shown;
        var end = LongestWhat - 1;
        return shown[..(char.IsHighSurrogate(shown[end - 1]) ? end - 1 : end)] + "…";
    }
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
        return parameters.Id(After).Text(Act is null ? null : Sought.Clean(Act)).Text(who is null ? null : Sought.Within(who)).Text(who)
            .Instant(Since);
    }
}
