using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Counting;

/// <summary>How the attempts by a relay ended that began within a step of time.</summary>
/// <param name="At">When the step begins.</param>
/// <param name="Accepted">Attempts in which the relay took the message for somebody.</param>
/// <param name="Deferred">Attempts that are made again.</param>
/// <param name="Refused">Attempts in which it refused.</param>
/// <param name="Unknown">Attempts of which nobody knows how they ended.</param>
public sealed record RelayTraffic(DateTimeOffset At, long Accepted, long Deferred, long Refused, long Unknown)
{
    const string Ended = "FROM attempts WHERE tenant_id = $1 AND relay = $2 AND started_at >= $3 AND started_at < $4 AND outcome";

    /// <summary>What a relay carried for a tenant, step by step.</summary>
    /// <param name="database">Where attempts are.</param>
    /// <param name="tenant">Whose messages.</param>
    /// <param name="relay">The relay's name, which is how attempts know it.</param>
    /// <param name="range">The range.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public static Task<IReadOnlyList<RelayTraffic>> ReadAsync(
        IDatabase database, TenantId tenant, string relay, TimeRange range,
        CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<RelayTraffic>>(
        async session =>
        {
            var carried = new List<RelayTraffic>(range.Steps);
            foreach (var at in range.Times) carried.Add(await ReadAsync(session, tenant, relay, at, at + range.Step, cancellationToken));
            return carried;
        },
        cancellationToken);

    static async ValueTask<RelayTraffic> ReadAsync(
        Session session, TenantId tenant, string relay, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken) =>
        (await session.FirstAsync(
            $"SELECT (SELECT count(*) {Ended} = 'accepted'), (SELECT count(*) {Ended} = 'deferred'), (SELECT count(*) {Ended} = 'refused'), (SELECT count(*) {Ended} = 'unknown')",
            p => p.Id(tenant.Value).Text(relay).Instant(since).Instant(until),
            row => new RelayTraffic(since, row.Number(0), row.Number(1), row.Number(2), row.Number(3)),
            cancellationToken))!;
}
