using System.Globalization;
using Waybill.Engine.Messages;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Counting;

/// <summary>
/// What became of the messages that were accepted within a step of time. Nothing is kept to count with: the figures are those of the
/// journal now, so that they are what a search for the same time finds, and what was removed from it is in none of them.
/// </summary>
/// <param name="At">When the step begins.</param>
/// <param name="StatusCounts">Where they stand.</param>
/// <param name="DeliveryTime">How soon those that were sent were.</param>
public sealed record DeliveryCounts(DateTimeOffset At, StatusCounts StatusCounts, DeliveryTime DeliveryTime)
{
    static readonly MessageStatus[] Sent = [MessageStatus.Sent, MessageStatus.Delivered];

    /// <summary>All that have no row in the outbox.</summary>
    static readonly MessageStatus[] Settled =
        [.. Enum.GetValues<MessageStatus>().Except([MessageStatus.Scheduled, MessageStatus.Queued, MessageStatus.Sending])];

    /// <summary>Statuses are written out, so that an index of some of them is seen to serve.</summary>
    static readonly string Standings =
        $"""
        SELECT {string.Concat(Settled.Select(status => $"(SELECT count(*) FROM messages WHERE tenant_id = $1 AND status = "
            + $"'{status.Word()}' AND id >= $2 AND id < $3), "))}
            (SELECT count(*) FROM outbox WHERE tenant_id = $1 AND message_id >= $2 AND message_id < $3)
        """;

    /// <summary>The deliveries of a range, one for each step. Each is what stood at one moment.</summary>
    /// <param name="database">Where messages are.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="range">The range.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public static async Task<IReadOnlyList<DeliveryCounts>> ReadAsync(
        IDatabase database, TenantId tenant, TimeRange range, CancellationToken cancellationToken)
    {
        var deliveries = new List<DeliveryCounts>(range.Steps);
        foreach (var at in range.Times)
            deliveries.Add(
                await database.ReadAsync(session => ReadAsync(session, tenant, at, at + range.Step, cancellationToken), cancellationToken));
        return deliveries;
    }

    static async ValueTask<DeliveryCounts> ReadAsync(
        Session session, TenantId tenant, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        void Bind(Parameters parameters) =>
            parameters.Id(tenant.Value).Id(MessageId.FirstOf(since).Value).Id(MessageId.FirstOf(until).Value);
        var tally = await session.FirstAsync(Standings, Bind, ReadTally, cancellationToken);
        var counts = new long[DeliveryTime.Bounds.Count + 1];
        foreach (var status in Sent)
            foreach (var (bound,
                count) in await session.QueryAsync(
                    Durations(session, status), Bind, row => (row.Count(0), row.Number(1)), cancellationToken))
                counts[bound] += count;
        return new(since, tally!, new(counts));
    }

    static StatusCounts ReadTally(Row row) => Settled.Select((status, column) => StatusCounts.Of(status, row.Number(column)))
        .Append(StatusCounts.Of(MessageStatus.Queued, row.Number(Settled.Length))).Aggregate((one, other) => one + other);

    static string Durations(Session session, MessageStatus status) =>
        $"""
        SELECT bound, count(*) FROM (
            SELECT CASE {string.Concat(DeliveryTime.Bounds.Select(Case))} ELSE {DeliveryTime.Bounds.Count} END AS bound FROM (
                SELECT {session.Microseconds("coalesce(m.scheduled_at, m.accepted_at)", "m.settled_at")} AS took FROM messages m
                WHERE m.tenant_id = $1 AND m.status = '{status.Word()}' AND m.id >= $2 AND m.id < $3) AS durations) AS bounds
        GROUP BY bound
        """;

    static string Case(TimeSpan bound, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"WHEN took <= {(long)bound.TotalMicroseconds} THEN {index} ");
}
