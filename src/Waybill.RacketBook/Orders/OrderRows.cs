using Waybill.Engine.Storage;
using Waybill.Engine.Tables;
using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Stringers;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Orders;

/// <summary>The rows of orders.</summary>
static class OrderRows
{
    static readonly Table<Order> Table = new Table<Order>("racketbook_orders", "stringer_id").Fixed("created_at").Kept("receipt_number");

    /// <summary>Orders with all that they refer to, as far as their stringer sees it.</summary>
    static readonly View<FoundOrder> Found = new(
        () => $"""
            {Table.Columns("o")}, {ClientRows.Table.Columns("c")}, {ClientRows.Persons.Columns("p")}, {CatalogueRows.Rackets.Table.Columns("r")},
            {CatalogueRows.Strings.Table.Columns("m")}, {CatalogueRows.Strings.Table.Columns("x")}
            """,
        Sql.Text("""
            racketbook_orders o
            LEFT JOIN racketbook_clients c ON c.id = o.client_id AND c.stringer_id = o.stringer_id
            LEFT JOIN racketbook_persons p ON p.id = c.person_id
            LEFT JOIN racketbook_rackets r ON r.id = o.racket_id AND (r.stringer_id = o.stringer_id OR r.visibility = 'catalogue_shared')
            LEFT JOIN racketbook_strings m ON m.id = o.main_string_id AND (m.stringer_id = o.stringer_id OR m.visibility = 'catalogue_shared')
            LEFT JOIN racketbook_strings x ON x.id = o.cross_string_id AND (x.stringer_id = o.stringer_id OR x.visibility = 'catalogue_shared')
            """),
        "o",
        stringer => Table.TenantIs("o", stringer),
        ReadFound);

    internal static ValueTask<Order?> FindAsync(Session session, StringerScope scope, Guid id, CancellationToken cancellationToken) =>
        Table.View.Of(scope.Stringer).FindAsync(session, id, cancellationToken);

    /// <summary>The last that was written down, which the next one is like.</summary>
    internal static ValueTask<Order?> LastAsync(Session session, StringerScope scope, Guid? client, CancellationToken cancellationToken) =>
        Table.View.Of(scope.Stringer).FirstAsync(session, Of(client), cancellationToken);

    /// <summary>One with all that it refers to.</summary>
    internal static async ValueTask<OrderParts?> FindPartsAsync(
        Session session, StringerScope scope, Guid id, CancellationToken cancellationToken) =>
        await StringerRows.FindAsync(session, scope.Stringer, cancellationToken) is { } stringer
            && await Found.Of(scope.Stringer).FindAsync(session, id, cancellationToken) is { } found ? found.By(stringer) : null;

    /// <summary>With all that they refer to, the newest first.</summary>
    internal static async ValueTask<List<OrderParts>> ListAsync(
        Session session, StringerScope scope, OrderFilter filter, int limit, CancellationToken cancellationToken)
    {
        if (await StringerRows.FindAsync(session, scope.Stringer, cancellationToken) is not { } stringer) return [];
        var found = await Found.Of(scope.Stringer).NewestAsync(
            session, $"{Of(filter.Client)} AND {Stands(filter.State)}", filter.After, limit, cancellationToken);
        return [.. found.Select(one => one.By(stringer))];
    }

    /// <summary>A page of all of a stringer's, the oldest first.</summary>
    internal static async ValueTask<List<OrderParts>> PageAsync(
        Session session, Stringer stringer, Guid? after, int limit, CancellationToken cancellationToken) =>
        [.. (await Found.Of(stringer.Id).OldestAsync(session, Sql.Text("1 = 1"), after, limit, cancellationToken)).Select(
            one => one.By(stringer))];

    internal static ValueTask InsertAsync(Session session, Order order) =>
        Table.InsertAsync(session, order.Stringer, order with { Version = 1 });

    /// <summary>False when somebody else changed it since it was read. A number that is there stays.</summary>
    internal static ValueTask<bool> UpdateAsync(Session session, Order order) => Table.UpdateAsync(session, order.Stringer, order);

    static Sql Of(Guid? client)
    {
        if (client is not { } id) return Sql.Text("1 = 1");
        return $"client_id = {id}";
    }

    static Sql Stands(OrderState? state)
    {
        var (strung, left) = (Sql.Text("o.strung_at IS NOT NULL"), Sql.Text("o.returned_at"));
        Sql isSelf = $"coalesce(c.is_self, {false}) = {true}";
        Sql isClients = $"coalesce(c.is_self, {false}) = {false}";
        switch (state)
        {
            case null: return Sql.Text("1 = 1");
            case OrderState.Draft: return Sql.Text("o.strung_at IS NULL AND o.ordered_at IS NULL");
            case OrderState.Ordered: return Sql.Text("o.strung_at IS NULL AND o.ordered_at IS NOT NULL");
            case OrderState.Strung: return $"{strung} AND {left} IS NULL AND o.paid_at IS NULL AND {isClients}";
            case OrderState.Returned: return $"{strung} AND {left} IS NOT NULL AND o.paid_at IS NULL AND {isClients}";
            case OrderState.Paid: return $"{strung} AND {left} IS NULL AND o.paid_at IS NOT NULL AND {isClients}";
            case OrderState.Done: return $"{strung} AND (({left} IS NOT NULL AND o.paid_at IS NOT NULL) OR {isSelf})";
            default: throw new System.Diagnostics.UnreachableException($"No condition for {state}.");
        }
    }

    static FoundOrder ReadFound(Row row)
    {
        var at = 0;
        var order = Table.Read(row, ref at);
        var (client, person) = (ClientRows.Table.ReadOrNull(row, ref at), ClientRows.Persons.ReadOrNull(row, ref at));
        return new(
            order,
            person is null ? null : client! with { Person = person },
            CatalogueRows.Rackets.Table.ReadOrNull(row, ref at),
            CatalogueRows.Strings.Table.ReadOrNull(row, ref at),
            CatalogueRows.Strings.Table.ReadOrNull(row, ref at));
    }

    /// <summary>An order and what was found of its parts.</summary>
    sealed record FoundOrder(Order Order, Client? Client, Racket? Racket, TennisString? Main, TennisString? Cross)
    {
        internal OrderParts By(Stringer stringer) => OrderParts.Of(Order, stringer, Client, Racket, Main, Cross);
    }
}

/// <summary>Which orders.</summary>
/// <param name="After">Continues after this one.</param>
/// <param name="State">That stand so.</param>
/// <param name="Client">For this client.</param>
public sealed record OrderFilter(Guid? After = null, OrderState? State = null, Guid? Client = null);
