using System.ComponentModel.DataAnnotations.Schema;
using System.Globalization;
using Waybill.Engine.Storage;
using Waybill.Engine.Tables;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Orders;

/// <summary>What was done to orders' days, by whom: appended to and never changed.</summary>
static class StateAudit
{
    static readonly Table<StateEntry> Table = new("racketbook_state_audit", "stringer_id");

    internal static ValueTask<int> AppendAsync(
        Session session, StringerScope scope, Guid order, DayStep step, DateTimeOffset at) => session.ExecuteAsync(
        $"""
        INSERT INTO racketbook_state_audit
            (id, order_id, stringer_id, transition, field, old_value, new_value, actor_id, actor_kind, actor, request_id, at)
        VALUES ({Guid.CreateVersion7(at)}, {order}, {scope.Stringer}, {step.Transition}, {step.Field}, {step.Before}, {step.After},
            {scope.ActorId}, {scope.Kind.Word()}, {scope.Who.Name}, {scope.RequestId}, {at})
        """);

    internal static ValueTask<List<StateEntry>> ListAsync(
        Session session, StringerScope scope, Guid order, CancellationToken cancellationToken) =>
        Table.View.Of(scope.Stringer).ListAsync(session, $"order_id = {order}", cancellationToken);
}

/// <summary>One change of one day.</summary>
/// <param name="Transition"><c>T1</c> to <c>T4</c>, taken back with <c>-r</c>.</param>
/// <param name="Field">Which day.</param>
/// <param name="Before">The day before; null: none.</param>
/// <param name="After">The day after; null: none.</param>
public sealed record DayStep(
    string Transition, string Field, [property: Column("old_value")] string? Before, [property: Column("new_value")] string? After)
{
    /// <summary>A day, as the history writes it.</summary>
    internal static string? Write(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>A line of an order's history.</summary>
/// <param name="At">When it was done.</param>
/// <param name="Step">What.</param>
/// <param name="ActorKind"><c>stringer</c> or <c>admin</c>.</param>
/// <param name="Actor">Who, as they were called then.</param>
public sealed record StateEntry(DateTimeOffset At, [property: Column] DayStep Step, string ActorKind, string Actor);
