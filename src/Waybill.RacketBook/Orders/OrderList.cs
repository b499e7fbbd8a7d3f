using Waybill.Engine.Storage;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Orders;

/// <summary>Looks orders up.</summary>
public sealed class OrderList(IDatabase database)
{
    /// <summary>One order with all that it refers to.</summary>
    public Task<OrderParts?> FindAsync(StringerScope scope, Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(session => OrderRows.FindPartsAsync(session, scope, id, cancellationToken), cancellationToken);

    /// <summary>Orders, newest first.</summary>
    public Task<List<OrderParts>> ListAsync(StringerScope scope, OrderFilter filter, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(session => OrderRows.ListAsync(session, scope, filter, limit, cancellationToken), cancellationToken);

    /// <summary>The last order, for this client if one is named: the next one is like it.</summary>
    public Task<Order?> LastAsync(StringerScope scope, Guid? client, CancellationToken cancellationToken) =>
        database.ReadAsync(session => OrderRows.LastAsync(session, scope, client, cancellationToken), cancellationToken);

    /// <summary>What was done to an order's days, oldest first.</summary>
    public Task<List<StateEntry>> HistoryAsync(StringerScope scope, Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(session => StateAudit.ListAsync(session, scope, id, cancellationToken), cancellationToken);
}
