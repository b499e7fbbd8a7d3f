using Waybill.Engine.Storage;
using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Orders;

/// <summary>A client and a racket that are written down together with their first order; null: the order names one that is there.</summary>
public sealed record Newcomers(Client? Client = null, Racket? Racket = null)
{
    /// <summary>None.</summary>
    public static Newcomers None { get; } = new();

    /// <summary>
    /// Writes them down and gives the order that names them, or what is wrong with them. A new racket belongs to the order's client.
    /// </summary>
    internal async ValueTask<(Order? Order, IReadOnlyList<BookFault> Faults)> AddAsync(
        Session session, StringerScope scope, Order order, DateTimeOffset now)
    {
        if (Client is not null)
        {
            var saving = await ClientDesk.AddAsync(session, scope, Client, now);
            if (saving is not Saving<Client>.Done(var client)) return (null, Prefixed("client_", ((Saving<Client>.Refused)saving).Faults));
            order = order with { Client = client.Id };
        }

        if (Racket is null) return (order, []);
        var writing =
            await CatalogueDesk.AddAsync(session, scope, Racket with { Visibility = Visibility.OneOff, OwnerClient = order.Client }, now);
        return writing is Saving<Racket>.Done(var racket)
            ? (order with { Racket = racket.Id }, [])
            : (null, Prefixed("racket_", ((Saving<Racket>.Refused)writing).Faults));
    }

    static List<BookFault> Prefixed(string prefix, IReadOnlyList<BookFault> faults) =>
        [.. faults.Select(fault => fault with { Field = prefix + fault.Field })];
}
