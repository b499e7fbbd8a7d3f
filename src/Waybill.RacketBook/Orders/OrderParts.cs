using Waybill.Engine.Storage;
using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Stringers;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Orders;

/// <summary>An order with all that it refers to.</summary>
/// <param name="Order">The order.</param>
/// <param name="Stringer">Whose.</param>
/// <param name="Client">For whom.</param>
/// <param name="Racket">Which racket.</param>
/// <param name="Main">The string of the catalogue in the mains, if one is named.</param>
/// <param name="Cross">The string of the catalogue in the crosses, if one is named.</param>
public sealed record OrderParts(Order Order, Stringer Stringer, Client Client, Racket Racket, TennisString? Main, TennisString? Cross)
{
    /// <summary>How the order stands.</summary>
    public OrderState State => Order.Days.State(Client.IsSelf);

    /// <summary>What stands in the place of a part that is not there any more, or is not the stringer's.</summary>
    internal const string Missing = "?";

    /// <summary>
    /// An order with what was found of its parts. One that was not found is shown as missing, and the order is there all the same.
    /// </summary>
    internal static OrderParts Of(
        Order order, Stringer stringer, Client? client, Racket? racket, TennisString? main, TennisString? cross) => new(
        order,
        stringer,
        client ?? new Client { Id = order.Client, IsRemoved = true, Person = new() { Id = default, FirstName = Missing } },
        racket ?? new Racket { Id = order.Racket, CreatedBy = stringer.Id, IsRemoved = true, Model = Missing },
        main ?? Lost(order.Main, stringer),
        cross ?? Lost(order.Cross, stringer));

    static TennisString? Lost(OrderSide side, Stringer stringer) =>
        side.String is { } id ? new TennisString { Id = id, CreatedBy = stringer.Id, IsRemoved = true, Model = Missing } : null;

    /// <summary>Reads what an order refers to, or says what of it the stringer does not have.</summary>
    internal static async ValueTask<(OrderParts? Parts, BookFault? Fault)> ReadAsync(
        Session session, StringerScope scope, Order order, CancellationToken cancellationToken) =>
        await StringerRows.FindAsync(session, scope.Stringer, cancellationToken) is { } stringer
            ? await ReadAsync(session, scope, order, stringer, cancellationToken)
            : (null, new("", "stringer.gone"));

    /// <summary>The same for one of many: the stringer is read once.</summary>
    internal static async ValueTask<(OrderParts? Parts, BookFault? Fault)> ReadAsync(
        Session session, StringerScope scope, Order order, Stringer stringer, CancellationToken cancellationToken)
    {
        if (await ClientRows.FindAsync(session, scope, order.Client, cancellationToken) is not { } client)
            return (null, new("client_id", "client.missing"));
        if (await CatalogueRows.Rackets.FindAsync(session, scope, order.Racket, cancellationToken) is not { } racket)
            return (null, new("racket_id", "racket.missing"));
        var (main, wrongMain) = await StringAsync(session, scope, order.Main, "main_string_id", cancellationToken);
        if (wrongMain is not null) return (null, wrongMain);
        var (cross, wrongCross) = await StringAsync(session, scope, order.Cross, "cross_string_id", cancellationToken);
        return wrongCross is null ? (new(order, stringer, client, racket, main, cross), null) : (null, wrongCross);
    }

    static async ValueTask<(TennisString?, BookFault?)> StringAsync(
        Session session, StringerScope scope, OrderSide side, string field, CancellationToken cancellationToken)
    {
        if (side.String is not { } id) return (null, null);
        return await CatalogueRows.Strings.FindAsync(session, scope, id, cancellationToken) is { } known
            ? (known, null)
            : (null, new BookFault(field, "string.missing"));
    }
}
