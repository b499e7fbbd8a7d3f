using System.Runtime.CompilerServices;
using Waybill.Engine.Storage;
using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Stringers;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Exports;

/// <summary>All rows of a stringer's book, in the order in which they were written down and a page at a time.</summary>
sealed class ExportRows(Session session, Bench bench)
{
    const int Page = 250;

    /// <summary>Many orders name the same few clients, rackets and strings: read once, they are kept, but no more of them than this.</summary>
    const int MostKept = 4_096;

    readonly Dictionary<Guid, Client> clients = [];
    readonly Dictionary<Guid, Racket> rackets = [];
    readonly Dictionary<Guid, TennisString> strings = [];

    internal async ValueTask<Stringer> StringerAsync(CancellationToken cancellationToken) =>
        await StringerRows.FindAsync(session, bench.Stringer, cancellationToken)
        ?? throw new ArgumentException($"There is no stringer {bench.Stringer.Value}.", nameof(cancellationToken));

    /// <summary>Orders with all that they refer to. Whoever an order names is the stringer's own, or shared: the joins say so once more.</summary>
    internal IAsyncEnumerable<OrderLine> OrdersAsync(Stringer stringer, CancellationToken cancellationToken) =>
        PagesAsync(ExportSql.Orders, row => ReadOrder(row, stringer), line => line.Order.Id, cancellationToken);

    /// <summary>Clients, removed ones included: orders name them.</summary>
    internal IAsyncEnumerable<Client> ClientsAsync(CancellationToken cancellationToken) =>
        PagesAsync(ExportSql.Clients, row => ReadClient(row, 0), client => client.Id, cancellationToken);

    internal IAsyncEnumerable<Racket> RacketsAsync(CancellationToken cancellationToken) =>
        PagesAsync(ExportSql.Rackets, row => ReadRacket(row, 0), racket => racket.Id, cancellationToken);

    internal IAsyncEnumerable<TennisString> StringsAsync(CancellationToken cancellationToken) =>
        PagesAsync(ExportSql.Strings, row => ReadString(row, 0), one => one.Id, cancellationToken);

    async IAsyncEnumerable<T> PagesAsync<T>(string sql, Func<Row, T> read, Func<T, Guid> id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var (after, isMore) = (Guid.Empty, true); isMore;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = await session.QueryAsync(sql, p => p.Id(bench.Stringer.Value).Id(after).Number(Page), read, cancellationToken);
            foreach (var one in page) yield return one;
            isMore = page.Count == Page;
            if (isMore) after = id(page[^1]);
        }
    }

    OrderLine ReadOrder(Row row, Stringer stringer)
    {
        var (client, racket) = (ClientOf(row), RacketOf(row));
        var order = new Order
        {
            Id = row.Id(0),
            Stringer = bench.Stringer,
            Client = client.Id,
            Racket = racket.Id,
            Main = ReadSide(row, 1),
            Cross = ReadSide(row, 9),
            Method = row.TextOrNull(17),
            Labour = Scaled.Read(row.NumberOrNull(18)),
            DynamicTension = Scaled.Read(row.NumberOrNull(19)),
            Comment = row.TextOrNull(20),
            Days = new(OrderRows.Day(row.TextOrNull(21)), OrderRows.Day(row.TextOrNull(22)), OrderRows.Day(row.TextOrNull(23)), OrderRows.Day(row.TextOrNull(24))),
            ReceiptNumber = row.TextOrNull(25),
            CreatedAt = row.Instant(26),
        };
        return new(new(order, stringer, client, racket, StringOf(order.Main, row, ExportSql.Main), StringOf(order.Cross, row, ExportSql.Cross)));
    }

    Client ClientOf(Row row) =>
        clients.TryGetValue(row.Id(ExportSql.Client), out var known) ? known : Keep(clients, row.Id(ExportSql.Client), ReadClient(row, ExportSql.Client));

    Racket RacketOf(Row row) =>
        rackets.TryGetValue(row.Id(ExportSql.Racket), out var known) ? known : Keep(rackets, row.Id(ExportSql.Racket), ReadRacket(row, ExportSql.Racket));

    /// <summary>Null: the order names none of the catalogue.</summary>
    TennisString? StringOf(OrderSide side, Row row, int first)
    {
        if (side.String is not { } id) return null;
        return strings.TryGetValue(id, out var known) ? known : Keep(strings, id, ReadString(row, first));
    }

    static T Keep<T>(Dictionary<Guid, T> kept, Guid id, T read)
    {
        if (kept.Count == MostKept) kept.Clear();
        kept.Add(id, read);
        return read;
    }

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

    static Client ReadClient(Row row, int first) => new()
    {
        Id = row.Id(first),
        Person = new()
        {
            Id = row.Id(first + 1),
            FirstName = row.Text(first + 2),
            LastName = row.Text(first + 3),
            Email = row.TextOrNull(first + 4),
            Locale = row.TextOrNull(first + 5),
        },
        Nickname = row.TextOrNull(first + 6),
        InternalNotes = row.TextOrNull(first + 7),
        TensionMemo = row.TextOrNull(first + 8),
        IsSelf = row.Number(first + 9) == 1,
        IsRemoved = row.InstantOrNull(first + 10) is not null,
    };

    static Racket ReadRacket(Row row, int first) => new()
    {
        Id = row.Id(first),
        CreatedBy = new(row.Id(first + 1)),
        Visibility = Visibilities.Find(row.Text(first + 2))!.Value,
        OwnerClient = row.IdOrNull(first + 3),
        Maker = row.TextOrNull(first + 4),
        Model = row.Text(first + 5),
        HeadSize = Scaled.Read(row.NumberOrNull(first + 6)),
        Pattern = row.TextOrNull(first + 7),
        Serial = row.TextOrNull(first + 8),
    };

    static TennisString ReadString(Row row, int first) => new()
    {
        Id = row.Id(first),
        CreatedBy = new(row.Id(first + 1)),
        Visibility = Visibilities.Find(row.Text(first + 2))!.Value,
        Maker = row.TextOrNull(first + 3),
        Model = row.Text(first + 4),
        Gauge = row.TextOrNull(first + 5),
    };
}
