using Waybill.Engine.Storage;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Orders;

/// <summary>What was done to orders' days, by whom: appended to and never changed.</summary>
static class StateAudit
{
    internal static ValueTask<int> AppendAsync(Session session, StringerScope scope, Guid order, DayStep step, DateTimeOffset at) => session.ExecuteAsync(
        """
        INSERT INTO racketbook_state_audit
            (id, order_id, stringer_id, transition, field, old_value, new_value, actor_id, actor_kind, actor, request_id, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """,
        p => p.Id(Guid.CreateVersion7(at)).Id(order).Id(scope.Stringer.Value).Text(step.Transition).Text(step.Field).Text(step.Before).Text(step.After)
            .Id(scope.ActorId).Text(scope.Kind.Word()).Text(scope.Who.Name).Text(scope.RequestId).Instant(at),
        CancellationToken.None);

    internal static ValueTask<List<StateEntry>> ListAsync(Session session, StringerScope scope, Guid order, CancellationToken cancellationToken) => session.QueryAsync(
        """
        SELECT at, transition, field, old_value, new_value, actor_kind, actor FROM racketbook_state_audit
        WHERE stringer_id = $1 AND order_id = $2 ORDER BY id
        """,
        p => p.Id(scope.Stringer.Value).Id(order),
        row => new StateEntry(row.Instant(0), new(row.Text(1), row.Text(2), row.TextOrNull(3), row.TextOrNull(4)), row.Text(5), row.Text(6)),
        cancellationToken);
}

/// <summary>One change of one day.</summary>
/// <param name="Transition"><c>T1</c> to <c>T4</c>, taken back with <c>-r</c>.</param>
/// <param name="Field">Which day.</param>
/// <param name="Before">The day before; null: none.</param>
/// <param name="After">The day after; null: none.</param>
public sealed record DayStep(string Transition, string Field, string? Before, string? After);

/// <summary>A line of an order's history.</summary>
/// <param name="At">When it was done.</param>
/// <param name="Step">What.</param>
/// <param name="ActorKind"><c>stringer</c> or <c>admin</c>.</param>
/// <param name="Actor">Who, as they were called then.</param>
public sealed record StateEntry(DateTimeOffset At, DayStep Step, string ActorKind, string Actor);
