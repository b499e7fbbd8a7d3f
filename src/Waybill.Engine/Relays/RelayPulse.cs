using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Relays;

/// <summary>How the newest attempt by a relay ended, among the newest messages.</summary>
/// <param name="Relay">The relay's name.</param>
/// <param name="At">When the attempt began.</param>
/// <param name="Outcome">accepted, deferred, refused or unknown; null: it is under way.</param>
/// <param name="Reply">The relay's words.</param>
public sealed record RelayPulse(string Relay, DateTimeOffset At, string? Outcome, string? Reply)
{
    /// <summary>How many messages are looked at.</summary>
    const int Looked = 300;

    /// <summary>The pulse of each relay that carried anything lately, by its name.</summary>
    /// <param name="database">Where attempts are.</param>
    /// <param name="tenant">Whose messages; null: everybody's.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public static async Task<IReadOnlyDictionary<string, RelayPulse>> ReadAsync(
        IDatabase database, TenantId? tenant, CancellationToken cancellationToken)
    {
        var attempts = await database.ReadAsync(
            session => session.QueryAsync(
                $"""
                SELECT a.relay, a.started_at, a.outcome, a.reply
                FROM (SELECT id FROM messages {(tenant is null ? "" : "WHERE tenant_id = $1")} ORDER BY id DESC LIMIT {Looked}) m JOIN attempts a ON a.message_id = m.id
                """,
                p => _ = tenant is { } one ? p.Id(one.Value) : p,
                row => new RelayPulse(row.Text(0), row.Instant(1), row.TextOrNull(2), row.TextOrNull(3)),
                cancellationToken),
            cancellationToken);
        return attempts.GroupBy(attempt => attempt.Relay, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.MaxBy(attempt => attempt.At)!, StringComparer.Ordinal);
    }
}
