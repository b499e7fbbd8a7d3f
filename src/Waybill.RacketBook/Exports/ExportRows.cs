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

    /// <summary>Many orders name the same few clients, rackets and strings: read once, they are kept, but no more of them than this.</summary>
    const int MostKept = 4_096;

    readonly Dictionary<Guid, Client> clients = [];
    readonly Dictionary<Guid, Racket> rackets = [];
    readonly Dictionary<Guid, TennisString> strings = [];

    internal async ValueTask<Stringer> StringerAsync(CancellationToken cancellationToken) =>
        await StringerRows.FindAsync(session, scope.Stringer, cancellationToken)
        ?? throw new InvalidOperationException($"There is no stringer {scope.Stringer.Value}.");

    /// <summary>Orders with all that they refer to, which is looked up as the stringer sees it.</summary>
    internal async IAsyncEnumerable<OrderLine> OrdersAsync(Stringer stringer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var order in PagesAsync(ExportSql.Orders, ReadOrder, order => order.Id, cancellationToken))
            yield return new(new(
                order,
                stringer,
                await KnowAsync(clients, order.Client, ClientRows.FindAsync, cancellationToken),
                await KnowAsync(rackets, order.Racket, RacketRows.FindAsync, cancellationToken),
                order.Main.String is { } main ? await KnowAsync(strings, main, StringRows.FindAsync, cancellationToken) : null,
                order.Cross.String is { } cross ? await KnowAsync(strings, cross, StringRows.FindAsync, cancellationToken) : null));
    }

    /// <summary>Clients, removed ones included: orders name them.</summary>
    internal IAsyncEnumerable<Client> ClientsAsync(CancellationToken cancellationToken) =>
        PagesAsync(ExportSql.Clients, ReadClient, client => client.Id, cancellationToken);

    internal IAsyncEnumerable<Racket> RacketsAsync(CancellationToken cancellationToken) =>
        PagesAsync(ExportSql.Rackets, ReadRacket, racket => racket.Id, cancellationToken);

    internal IAsyncEnumerable<TennisString> StringsAsync(CancellationToken cancellationToken) =>
        PagesAsync(ExportSql.Strings, ReadString, one => one.Id, cancellationToken);

    async IAsyncEnumerable<T> PagesAsync<T>(string sql, Func<Row, T> read, Func<T, Guid> id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var (after, isMore) = (Guid.Empty, true); isMore;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = await session.QueryAsync(sql, p => p.Id(scope.Stringer.Value).Id(after).Number(Page), read, cancellationToken);
            foreach (var one in page) yield return one;
            isMore = page.Count == Page;
            if (isMore) after = id(page[^1]);
        }
    }

    ValueTask<T> KnowAsync<T>(
        Dictionary<Guid, T> kept, Guid id, Func<Session, StringerScope, Guid, CancellationToken, ValueTask<T?>> find, CancellationToken cancellationToken) where T : class =>
        kept.TryGetValue(id, out var known) ? new(known) : ReadAsync(kept, id, find, cancellationToken);

    async ValueTask<T> ReadAsync<T>(
        Dictionary<Guid, T> kept, Guid id, Func<Session, StringerScope, Guid, CancellationToken, ValueTask<T?>> find, CancellationToken cancellationToken) where T : class
    {
        var read = await find(session, scope, id, cancellationToken) ?? throw new InvalidOperationException($"An order names a {typeof(T).Name} {id} that its stringer does not see.");
        if (kept.Count == MostKept) kept.Clear();
        kept.Add(id, read);
        return read;
    }

    Order ReadOrder(Row row) => new()
    {
        Id = row.Id(0),
        Stringer = scope.Stringer,
        Client = row.Id(1),
        Racket = row.Id(2),
        Main = ReadSide(row, 3),
        Cross = ReadSide(row, 11),
        Method = row.TextOrNull(19),
        Labour = Scaled.Read(row.NumberOrNull(20)),
        DynamicTension = Scaled.Read(row.NumberOrNull(21)),
        Comment = row.TextOrNull(22),
        Days = new(OrderRows.Day(row.TextOrNull(23)), OrderRows.Day(row.TextOrNull(24)), OrderRows.Day(row.TextOrNull(25)), OrderRows.Day(row.TextOrNull(26))),
        ReceiptNumber = row.TextOrNull(27),
        CreatedAt = row.Instant(28),
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

    static Client ReadClient(Row row) => new()
    {
        Id = row.Id(0),
        Person = new()
        {
            Id = row.Id(1),
            FirstName = row.Text(2),
            LastName = row.Text(3),
            Email = row.TextOrNull(4),
            Locale = row.TextOrNull(5),
        },
        Nickname = row.TextOrNull(6),
        InternalNotes = row.TextOrNull(7),
        TensionMemo = row.TextOrNull(8),
        IsSelf = row.Number(9) == 1,
        IsRemoved = row.InstantOrNull(10) is not null,
    };

    static Racket ReadRacket(Row row) => new()
    {
        Id = row.Id(0),
        CreatedBy = new(row.Id(1)),
        Visibility = Visibilities.Find(row.Text(2))!.Value,
        OwnerClient = row.IdOrNull(3),
        Maker = row.TextOrNull(4),
        Model = row.Text(5),
        HeadSize = Scaled.Read(row.NumberOrNull(6)),
        Pattern = row.TextOrNull(7),
        Serial = row.TextOrNull(8),
    };

    static TennisString ReadString(Row row) => new()
    {
        Id = row.Id(0),
        CreatedBy = new(row.Id(1)),
        Visibility = Visibilities.Find(row.Text(2))!.Value,
        Maker = row.TextOrNull(3),
        Model = row.Text(4),
        Gauge = row.TextOrNull(5),
    };
}
