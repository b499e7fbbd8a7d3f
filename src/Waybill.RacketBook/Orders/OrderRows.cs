using System.Globalization;
using Waybill.Engine.Storage;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Orders;

/// <summary>The rows of orders.</summary>
static class OrderRows
{
    const string Columns =
        """
        SELECT o.id, o.stringer_id, o.client_id, o.racket_id,
               o.main_string_id, o.main_maker, o.main_model, o.main_gauge, o.main_tension, o.main_price, o.main_byo, o.main_colour,
               o.cross_string_id, o.cross_maker, o.cross_model, o.cross_gauge, o.cross_tension, o.cross_price, o.cross_byo, o.cross_colour,
               o.method, o.labour, o.dynamic_tension, o.comment, o.ordered_at, o.strung_at, o.returned_at, o.paid_at, o.receipt_number, o.version, o.created_at
        FROM racketbook_orders o
        """;

    internal static ValueTask<Order?> FindAsync(Session session, StringerScope scope, Guid id, CancellationToken cancellationToken) => session.FirstAsync(
        $"{Columns} WHERE o.stringer_id = $1 AND o.id = $2", p => p.Id(scope.Stringer.Value).Id(id), Read, cancellationToken);

    /// <summary>The last that was written down, which the next one is like.</summary>
    internal static ValueTask<Order?> LastAsync(Session session, StringerScope scope, Guid? client, CancellationToken cancellationToken) => session.FirstAsync(
        $"{Columns} WHERE o.stringer_id = $1 AND ($2 IS NULL OR o.client_id = $2) ORDER BY o.id DESC LIMIT 1", p => p.Id(scope.Stringer.Value).Id(client), Read, cancellationToken);

    /// <summary>Newest first.</summary>
    internal static ValueTask<List<Order>> ListAsync(Session session, StringerScope scope, OrderFilter filter, int limit, CancellationToken cancellationToken) => session.QueryAsync(
        $"""
        {Columns} JOIN racketbook_clients c ON c.id = o.client_id
        WHERE o.stringer_id = $1 AND ($2 IS NULL OR o.id < $2) AND ($3 IS NULL OR o.client_id = $3) AND {Condition(filter.State)}
        ORDER BY o.id DESC LIMIT $4
        """,
        p => p.Id(scope.Stringer.Value).Id(filter.After).Id(filter.Client).Number(limit),
        Read,
        cancellationToken);

    static string Condition(OrderState? state) => state switch
    {
        null => "1 = 1",
        OrderState.Draft => "o.strung_at IS NULL AND o.ordered_at IS NULL",
        OrderState.Ordered => "o.strung_at IS NULL AND o.ordered_at IS NOT NULL",
        OrderState.Strung => "o.strung_at IS NOT NULL AND o.returned_at IS NULL AND o.paid_at IS NULL AND c.is_self = 0",
        OrderState.Returned => "o.strung_at IS NOT NULL AND o.returned_at IS NOT NULL AND o.paid_at IS NULL AND c.is_self = 0",
        OrderState.Paid => "o.strung_at IS NOT NULL AND o.returned_at IS NULL AND o.paid_at IS NOT NULL AND c.is_self = 0",
        OrderState.Done => "o.strung_at IS NOT NULL AND ((o.returned_at IS NOT NULL AND o.paid_at IS NOT NULL) OR c.is_self = 1)",
        _ => throw new System.Diagnostics.UnreachableException($"No condition for {state}."),
    };

    internal static ValueTask<int> InsertAsync(Session session, Order order) => session.ExecuteAsync(
        """
        INSERT INTO racketbook_orders
            (client_id, racket_id,
             main_string_id, main_maker, main_model, main_gauge, main_tension, main_price, main_byo, main_colour,
             cross_string_id, cross_maker, cross_model, cross_gauge, cross_tension, cross_price, cross_byo, cross_colour,
             method, labour, dynamic_tension, comment, ordered_at, strung_at, returned_at, paid_at, receipt_number,
             id, stringer_id, version, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, 1, $30)
        """,
        p => Bind(p, order).Id(order.Id).Id(order.Stringer.Value).Instant(order.CreatedAt),
        CancellationToken.None);

    /// <summary>False when somebody else changed it since it was read. A number that is there stays.</summary>
    internal static async ValueTask<bool> UpdateAsync(Session session, Order order) => await session.ExecuteAsync(
        """
        UPDATE racketbook_orders SET client_id = $1, racket_id = $2,
            main_string_id = $3, main_maker = $4, main_model = $5, main_gauge = $6, main_tension = $7, main_price = $8, main_byo = $9, main_colour = $10,
            cross_string_id = $11, cross_maker = $12, cross_model = $13, cross_gauge = $14, cross_tension = $15, cross_price = $16, cross_byo = $17, cross_colour = $18,
            method = $19, labour = $20, dynamic_tension = $21, comment = $22, ordered_at = $23, strung_at = $24, returned_at = $25, paid_at = $26,
            receipt_number = coalesce(receipt_number, $27), version = version + 1
        WHERE id = $28 AND stringer_id = $29 AND version = $30
        """,
        p => Bind(p, order).Id(order.Id).Id(order.Stringer.Value).Number(order.Version),
        CancellationToken.None) == 1;

    static Parameters Bind(Parameters p, Order order) => BindSide(BindSide(p.Id(order.Client).Id(order.Racket), order.Main), order.Cross)
        .Text(order.Method).Number(Scaled.Store(order.Labour)).Number(Scaled.Store(order.DynamicTension)).Text(order.Comment)
        .Text(Day(order.Days.Ordered)).Text(Day(order.Days.Strung)).Text(Day(order.Days.Returned)).Text(Day(order.Days.Paid)).Text(order.ReceiptNumber);

    static Parameters BindSide(Parameters p, OrderSide side) => p.Id(side.String).Text(side.Maker).Text(side.Model).Text(side.Gauge)
        .Number(Scaled.Store(side.Tension)).Number(Scaled.Store(side.Price)).Number(side.IsClients ? 1 : 0).Text(side.Colour);

    /// <summary>As the database has it.</summary>
    internal static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static DateOnly? Day(string? text) => text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    static Order Read(Row row) => new()
    {
        Id = row.Id(0),
        Stringer = new(row.Id(1)),
        Client = row.Id(2),
        Racket = row.Id(3),
        Main = ReadSide(row, 4),
        Cross = ReadSide(row, 12),
        Method = row.TextOrNull(20),
        Labour = Scaled.Read(row.NumberOrNull(21)),
        DynamicTension = Scaled.Read(row.NumberOrNull(22)),
        Comment = row.TextOrNull(23),
        Days = new(Day(row.TextOrNull(24)), Day(row.TextOrNull(25)), Day(row.TextOrNull(26)), Day(row.TextOrNull(27))),
        ReceiptNumber = row.TextOrNull(28),
        Version = row.Count(29),
        CreatedAt = row.Instant(30),
    };

    static OrderSide ReadSide(Row row, int first) => new()
    {
        String = row.IdOrNull(first),
        Maker = row.TextOrNull(first + 1),
        Model = row.TextOrNull(first + 2),
        Gauge = row.TextOrNull(first + 3),
        Tension = Scaled.Read(row.NumberOrNull(first + 4)),
        Price = Scaled.Read(row.NumberOrNull(first + 5)),
        IsClients = row.Number(first + 6) == 1,
        Colour = row.TextOrNull(first + 7),
    };
}

/// <summary>Which orders.</summary>
/// <param name="After">Continues after this one.</param>
/// <param name="State">That stand so.</param>
/// <param name="Client">For this client.</param>
public sealed record OrderFilter(Guid? After = null, OrderState? State = null, Guid? Client = null);
