using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Interventions;

/// <summary>
/// The messages of a filter that stand where an intervention can be done, by id: oldest first, so that mail goes out in the order in which
/// it came. Whether it can be done to each, <see cref="InterventionRules"/> say.
/// </summary>
internal sealed class Candidates(Intervention intervention, TenantId tenant, MessageFilter filter)
{
    readonly MessageStatus[] statuses =
        [.. InterventionRules.Statuses(intervention).Where(status => filter.Statuses.Count == 0 || filter.Statuses.Contains(status))];

    /// <summary>The next ones behind a cursor.</summary>
    public async ValueTask<IReadOnlyList<MessageId>> NextAsync(
        Session session, MessageId? after, int limit, CancellationToken cancellationToken)
    {
        if (statuses.Length == 0) return [];
        var statement = Statement(session, after);
        return await session.QueryAsync(
            $"SELECT m.id FROM messages m {statement.First(limit, isNewest: false)}",
            statement.Bind,
            row => new MessageId(row.Id(0)),
            cancellationToken);
    }

    /// <summary>How many there are behind a cursor; counting stops at <paramref name="most"/>.</summary>
    public async ValueTask<int> CountAsync(Session session, MessageId? after, int most, CancellationToken cancellationToken)
    {
        if (statuses.Length == 0) return 0;
        var statement = Statement(session, after);
        return await session.FirstAsync(statement.Counting(most), statement.Bind, row => row.Count(0), cancellationToken);
    }

    FilterStatement Statement(Session session, MessageId? after)
    {
        var statement = new FilterStatement(session, tenant, filter with { Statuses = statuses });
        statement.And(InterventionRows.Condition(intervention));
        statement.Beyond(after, isNewer: true);
        return statement;
    }
}
