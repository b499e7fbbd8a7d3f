using System.Runtime.CompilerServices;
using Waybill.Engine.Storage;
using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Stringers;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Exports;

/// <summary>All rows of a stringer's book, in the order in which they were written down and a page at a time.</summary>
sealed class ExportRows(Session session, StringerScope scope)
{
    const int Page = 250;

    internal async ValueTask<Stringer> StringerAsync(CancellationToken cancellationToken) =>
        await StringerRows.FindAsync(session, scope.Stringer, cancellationToken)
        ?? throw new InvalidOperationException($"There is no stringer {scope.Stringer.Value}.");

    /// <summary>Orders with all that they refer to, as the stringer sees it.</summary>
    internal IAsyncEnumerable<OrderLine> OrdersAsync(Stringer stringer, CancellationToken cancellationToken) =>
        PagesAsync(
            after => OrderRows.PageAsync(session, stringer, after, Page, cancellationToken), parts => parts.Order.Id, cancellationToken)
            .Select(parts => new OrderLine(parts));

    /// <summary>Clients, removed ones included: orders name them.</summary>
    internal IAsyncEnumerable<Client> ClientsAsync(CancellationToken cancellationToken) =>
        PagesAsync(after => ClientRows.PageAsync(session, scope, after, Page, cancellationToken), client => client.Id, cancellationToken);

    internal IAsyncEnumerable<Racket> RacketsAsync(CancellationToken cancellationToken) =>
        PagesAsync(
            after => CatalogueRows.Rackets.PageAsync(session, scope, after, Page, cancellationToken), racket => racket.Id,
            cancellationToken);

    internal IAsyncEnumerable<TennisString> StringsAsync(CancellationToken cancellationToken) =>
        PagesAsync(
            after => CatalogueRows.Strings.PageAsync(session, scope, after, Page, cancellationToken), one => one.Id, cancellationToken);

    static async IAsyncEnumerable<T> PagesAsync<T>(
        Func<Guid?, ValueTask<List<T>>> read, Func<T, Guid> id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Guid? after = null;
        for (var isMore = true; isMore;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = await read(after);
            foreach (var one in page) yield return one;
            isMore = page.Count == Page;
            if (isMore) after = id(page[^1]);
        }
    }
}
