using System.Data.Common;
using Waybill.Engine.Storage;
using Waybill.Engine.Tables;
using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Moderation;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Specs.Exports;

namespace Waybill.RacketBook.Specs.Orders;

public sealed class A_list_of_orders
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task reads_a_page_of_a_hundred_in_as_many_statements_as_one_of_one(bool isPostgres)
    {
        await using var book = await MadeBook.CreateAsync(isPostgres);
        var shop = await book.OpenShopAsync();
        for (var n = 0; n < 100; n++)
        {
            var client = await shop.AddClientAsync("Client", $"{n}");
            await shop.AddAsync(shop.Job(client, await shop.AddRacketAsync($"Racket {n}"), await shop.AddStringAsync($"String {n}")));
        }

        var counted = new CountedDatabase(book.Database);
        var page = await new OrderList(counted).ListAsync(shop.Scope, new(), 100, CancellationToken.None);
        Assert.Equal(100, page.Count);
        Assert.Equal("Client 99", page[0].Client.Person.Name);
        Assert.Equal("String 99", page[0].Main!.Model);
        Assert.Equal(2, counted.Statements); // the stringer, and the page with all that it shows
    }

    [Fact]
    public async Task is_read_in_one_statement_also_where_clients_the_catalogue_and_proposals_are_listed()
    {
        await using var book = await MadeBook.CreateAsync();
        var shop = await book.OpenShopAsync();
        for (var n = 0; n < 20; n++)
        {
            await shop.AddClientAsync("Client", $"{n}");
            await shop.AddRacketAsync($"Racket {n}");
        }

        var counted = new CountedDatabase(book.Database);
        Assert.Equal(21, (await new ClientDesk(counted, book.Clock).ListAsync(shop.Scope, new(), 100, CancellationToken.None)).Count);
        Assert.Equal(1, counted.Statements);
        Assert.Equal(
            20, (await new CatalogueDesk(counted, book.Clock).ListRacketsAsync(shop.Scope, new(), 100, CancellationToken.None)).Count);
        Assert.Equal(2, counted.Statements);
        await counted.ReadAsync(
            session => SubmissionRows.ListAsync(session, shop.Scope, null, 100, CancellationToken.None), CancellationToken.None);
        Assert.Equal(3, counted.Statements);
    }

    [Theory]
    [InlineData("racketbook_clients", false)]
    [InlineData("racketbook_rackets", false)]
    [InlineData("racketbook_strings", false)]
    [InlineData("racketbook_clients", true)]
    [InlineData("racketbook_strings", true)]
    public async Task shows_an_order_of_which_a_part_went_with_that_part_as_missing(string table, bool isPostgres)
    {
        await using var book = await MadeBook.CreateAsync(isPostgres);
        var shop = await book.OpenShopAsync();
        var order =
            await shop.AddAsync(
                shop.Job(await shop.AddClientAsync("Ada", "Byron"), await shop.AddRacketAsync("Blade"), await shop.AddStringAsync("RPM")));
        await book.WriteAsync(async session => await session.ExecuteAsync($"DELETE FROM {Sql.Text(table)} WHERE id <> {shop.Self.Id}"));

        var orders = new OrderList(book.Database);
        var strung = Assert.Single(await orders.ListAsync(shop.Scope, new(State: OrderState.Strung), 100, CancellationToken.None));
        Assert.Equal(order, strung.Order);
        Assert.Equal(order, (await orders.FindAsync(shop.Scope, order.Id, CancellationToken.None))!.Order);
        Assert.Equal(
            [table == "racketbook_clients" ? "?" : "Ada Byron", table == "racketbook_rackets" ? "?" : "Blade",
                table == "racketbook_strings" ? "?" : "RPM"],
            [strung.Client.Person.Name, strung.Racket.Model, strung.Main!.Model]);
    }

    [Fact]
    public async Task shows_nothing_of_another_stringers_that_an_order_names()
    {
        await using var book = await MadeBook.CreateAsync();
        var (mine, other) = (await book.OpenShopAsync("Mine"), await book.OpenShopAsync("Other"));
        await mine.AddAsync(
            mine.Job(await other.AddClientAsync("Not", "Mine"), await other.AddRacketAsync("Blade"), await other.AddStringAsync("RPM")));
        var shown = Assert.Single(await new OrderList(book.Database).ListAsync(mine.Scope, new(), 100, CancellationToken.None));
        Assert.Equal(["?", "?", "?"], [shown.Client.Person.Name, shown.Racket.Model, shown.Main!.Model]);
        Assert.Empty(await new OrderList(book.Database).ListAsync(other.Scope, new(), 100, CancellationToken.None));
    }

    /// <summary>Counts the statements of units and reads.</summary>
    sealed class CountedDatabase(IDatabase database) : IDatabase
    {
        internal int Statements { get; set; }

        public string Provider => database.Provider;

        public int Writers => database.Writers;

        public Task<T> WriteAsync<T>(string name, Func<Session, ValueTask<T>> unit, CancellationToken cancellationToken) =>
            database.WriteAsync(name, session => unit(new CountedSession(session, this)), cancellationToken);

        public Task<T> ReadAsync<T>(Func<Session, ValueTask<T>> read, CancellationToken cancellationToken) =>
            database.ReadAsync(session => read(new CountedSession(session, this)), cancellationToken);

        public Task<DateTimeOffset> GetTimeAsync(CancellationToken cancellationToken) => database.GetTimeAsync(cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    sealed class CountedSession(Session session, CountedDatabase counted) : Session
    {
        public override DbConnection Connection => session.Connection;

        public override DbTransaction? Transaction => session.Transaction;

        public override WordIndex Words => session.Words;

        public override void Undo() => session.Undo();

        public override string AmongLocked(string select) => session.AmongLocked(select);

        public override string Microseconds(string from, string to) => session.Microseconds(from, to);

        public override ValueTask HoldAsync(IReadOnlyList<Guid> names, CancellationToken cancellationToken) =>
            session.HoldAsync(names, cancellationToken);

        public override ValueTask<int> ExecuteAsync(string sql, Action<Parameters> bind, CancellationToken cancellationToken)
        {
            counted.Statements++;
            return session.ExecuteAsync(sql, bind, cancellationToken);
        }

        public override ValueTask<int[]> ExecuteManyAsync<TRow>(
            string sql, IReadOnlyList<TRow> rows, Action<Parameters, TRow> bind, CancellationToken cancellationToken)
        {
            counted.Statements += rows.Count;
            return session.ExecuteManyAsync(sql, rows, bind, cancellationToken);
        }

        public override ValueTask InsertManyAsync<TRow>(
            string insert, IReadOnlyList<TRow> rows, Action<Parameters, TRow> bind, CancellationToken cancellationToken)
        {
            counted.Statements++;
            return session.InsertManyAsync(insert, rows, bind, cancellationToken);
        }

        public override ValueTask<List<T>> QueryAsync<T>(
            string sql, Action<Parameters> bind, Func<Row, T> map, CancellationToken cancellationToken)
        {
            counted.Statements++;
            return session.QueryAsync(sql, bind, map, cancellationToken);
        }
    }
}
