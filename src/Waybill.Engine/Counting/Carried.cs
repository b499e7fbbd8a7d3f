using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Counting;

/// <summary>How the attempts by a relay ended that began within a step of time.</summary>
/// <param name="At">When the step begins.</param>
/// <param name="Accepted">Attempts in which the relay took the message for somebody.</param>
/// <param name="Deferred">Attempts that are made again.</param>
/// <param name="Refused">Attempts in which it refused.</param>
/// <param name="Unknown">Attempts of which nobody knows how they ended.</param>
public sealed record Carried(DateTimeOffset At, long Accepted, long Deferred, long Refused, long Unknown)
{
    const string Ended = "FROM attempts WHERE tenant_id = $1 AND relay = $2 AND started_at >= $3 AND started_at < $4 AND outcome";

    /// <summary>What a relay carried for a tenant, step by step.</summary>
    /// <param name="database">Where attempts are.</param>
    /// <param name="tenant">Whose messages.</param>
    /// <param name="relay">The relay's name, which is how attempts know it.</param>
    /// <param name="stretch">The stretch.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public static Task<IReadOnlyList<Carried>> ReadAsync(
        IDatabase database, TenantId tenant, string relay, Stretch stretch, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Carried>>(
        async session =>
        {
            var carried = new List<Carried>(stretch.Steps);
            foreach (var at in stretch.Times) carried.Add(await ReadAsync(session, tenant, relay, at, at + stretch.Step, cancellationToken));
            return carried;
        },
        cancellationToken);

    static async ValueTask<Carried> ReadAsync(
        Session session, TenantId tenant, string relay, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken) =>
        (await session.FirstAsync(
            $"SELECT (SELECT count(*) {Ended} = 'accepted'), (SELECT count(*) {Ended} = 'deferred'), (SELECT count(*) {Ended} = 'refused'), (SELECT count(*) {Ended} = 'unknown')",
            p => p.Id(tenant.Value).Text(relay).Instant(since).Instant(until),
            row => new Carried(since, row.Number(0), row.Number(1), row.Number(2), row.Number(3)),
            cancellationToken))!;
}
