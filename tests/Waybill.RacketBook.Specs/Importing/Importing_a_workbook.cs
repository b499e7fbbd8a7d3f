using Waybill.RacketBook.Importing;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Specs.Exports;

namespace Waybill.RacketBook.Specs.Importing;

public class Importing_a_workbook
{
    static readonly object?[][] Orders =
    [
        ["ID", "Receipt No.", "Ordered", "Strung", "Returned", "Paid", "Last name", "First name", "Racket model", "Main model",
            "Cross model", "Labour"],
        [1, "2024-0007", "2024-04-20", "2024-04-21", "2024-04-22", "2024-04-22", "Meier", "Ann", "Blade 98", "RPM Blast", "RPM Blast", 25],
        [2, "2024-0008", "2024-05-20", "2024-05-21", null, null, "Meier", "Ann", "Blade 98", "Gut", "Gut", 25],
        [3, null, "2024-06-20", null, null, null, "Roth", "Bea", "Pure Drive", "Gut", "Gut", 25],
    ];

    [Fact]
    public async Task Writes_orders_with_their_clients_and_rackets_once()
    {
        await using var book = await MadeBook.CreateAsync();
        var shop = await book.OpenShopAsync();
        var file = await MadeWorkbook.OfAsync("Orders", Orders);

        Assert.Equal(new ImportCounts(2, 2, 0, 3), (await RunAsync(shop, file)).Added);
        var again = await RunAsync(shop, file);
        Assert.Equal((new ImportCounts(0, 0, 0, 0), 3), (again.Added, again.AlreadyThere));
        Assert.Equal(
            (3, 3, 2),
            (await book.CountAsync("racketbook_orders"), await book.CountAsync("racketbook_clients"),
                await book.CountAsync("racketbook_rackets")));
    }

    [Fact]
    public async Task Knows_a_row_again_whose_day_was_filled_in_since()
    {
        await using var book = await MadeBook.CreateAsync();
        var shop = await book.OpenShopAsync();
        await RunAsync(shop, await MadeWorkbook.OfAsync("Orders", Orders));
        object?[] strung = [.. Orders[3][..3], "2024-06-21", .. Orders[3][4..]];
        var again = await RunAsync(shop, await MadeWorkbook.OfAsync("Orders", Orders[0], strung));

        Assert.Equal((0, 1), (again.Added.Orders, again.AlreadyThere));
        Assert.Equal(3, await book.CountAsync("racketbook_orders"));
    }

    [Fact]
    public async Task Takes_one_address_for_one_client_and_asks_which_of_two_of_one_name()
    {
        await using var book = await MadeBook.CreateAsync();
        var shop = await book.OpenShopAsync();
        object?[] titles = ["First name", "Last name", "E-mail"];
        var outcome = await RunAsync(shop, await MadeWorkbook.OfAsync(new Dictionary<string, object?[][]>
        {
            ["Clients"] = [titles, ["Hans", "Müller", "a@example.org"], ["Hans", "Müller", "b@example.org"],
                ["Bea", "Roth", "bea@example.org"], ["Beatrice", "Roth", "BEA@example.org"]],
            ["Orders"] = [Orders[0], [1, null, "2024-04-20", null, null, null, "Müller", "Hans", "Blade 98", "Gut", "Gut", 25], Orders[3]],
        }));

        Assert.Equal((3, 1), (outcome.Added.Clients, outcome.Added.Orders));
        Assert.Equal(
            "Orders 2, Last name: Several clients are called Hans Müller, and nobody can say which one is meant. Tell them apart by their "
                + "first names, in both sheets.",
            Assert.Single(outcome.Rejected).Say("en"));
    }

    [Fact]
    public async Task Asks_which_of_two_who_are_in_the_book_a_row_without_address_means()
    {
        await using var book = await MadeBook.CreateAsync();
        var shop = await book.OpenShopAsync();
        await shop.AddClientAsync("Hans", "Müller", "a@example.org");
        await shop.AddClientAsync("Hans", "Müller", "b@example.org");
        object?[] order = [1, null, "2024-04-20", null, null, null, "Müller", "Hans", "Blade 98", "Gut", "Gut", 25];
        object?[][] known = [["First name", "Last name"], ["Hans", "Müller"]];
        var outcomes = new[]
        {
            await RunAsync(shop, await MadeWorkbook.OfAsync("Orders", Orders[0], order)),
            await RunAsync(
                shop,
                await MadeWorkbook.OfAsync(new Dictionary<string, object?[][]> { ["Clients"] = known, ["Orders"] = [Orders[0], order] })),
        };

        Assert.All(
            outcomes,
            outcome => Assert.Equal((0, "import.name-twice"), (outcome.Added.Orders, Assert.Single(outcome.Rejected).Fault.Code)));
    }

    [Fact]
    public async Task Takes_a_serial_for_one_racket_only_beside_its_model()
    {
        await using var book = await MadeBook.CreateAsync();
        var shop = await book.OpenShopAsync();
        object?[] titles = [.. Orders[0], "Racket instance"];
        var outcome = await RunAsync(shop, await MadeWorkbook.OfAsync("Orders", titles, [.. Orders[1], "2"], [.. Orders[3], "2"]));

        Assert.Equal(2, outcome.Added.Rackets);
    }

    [Fact]
    public async Task Keeps_days_and_numbers_and_tells_nobody()
    {
        await using var book = await MadeBook.CreateAsync();
        var shop = await book.OpenShopAsync();
        await RunAsync(shop, await MadeWorkbook.OfAsync("Orders", Orders));
        var first = (await OrdersAsync(shop))[^1];

        Assert.Equal(
            ("2024-0007", new Milestones(new(2024, 4, 20), new(2024, 4, 21), new(2024, 4, 22), new(2024, 4, 22))),
            (first.ReceiptNumber, first.Days));
        foreach (var table in (string[])["messages", "outbox", "racketbook_open_emits", "racketbook_receipt_emit_log",
            "racketbook_notices"])
            Assert.Equal(0, await book.CountAsync(table));
        Assert.Equal(7, await book.CountAsync("racketbook_state_audit"));
    }

    [Fact]
    public async Task Lets_no_number_be_minted_again_that_was_imported()
    {
        await using var book = await MadeBook.CreateAsync();
        var shop = await book.OpenShopAsync();
        await RunAsync(shop, await MadeWorkbook.OfAsync("Orders", Orders));

        Assert.Equal(
            "2024-0009",
            await book.Database.WriteAsync(
                "mint", session => ReceiptCounter.MintAsync(session, shop.Stringer.Id, 2024), CancellationToken.None));
    }

    [Fact]
    public async Task Changes_nothing_when_it_is_rehearsed()
    {
        await using var book = await MadeBook.CreateAsync();
        var shop = await book.OpenShopAsync();
        var rehearsed = await RunAsync(shop, await MadeWorkbook.OfAsync("Orders", Orders), isRehearsal: true);

        Assert.Equal(new ImportCounts(2, 2, 0, 3), rehearsed.Added);
        Assert.Equal((0, 1), (await book.CountAsync("racketbook_orders"), await book.CountAsync("racketbook_clients")));
    }

    [Fact]
    public async Task Rejects_a_number_that_another_order_has_and_takes_the_rest()
    {
        await using var book = await MadeBook.CreateAsync();
        var shop = await book.OpenShopAsync();
        await shop.FillAsync("2024-0007");
        var outcome = await RunAsync(shop, await MadeWorkbook.OfAsync("Orders", Orders));

        Assert.Equal(2, outcome.Added.Orders);
        Assert.Equal(
            "Orders 2, Receipt No.: Another order of yours has the receipt number 2024-0007.", Assert.Single(outcome.Rejected).Say("en"));
    }

    [Fact]
    public async Task Says_so_when_a_number_is_minted_while_it_runs()
    {
        await using var book = await MadeBook.CreateAsync();
        var shop = await book.OpenShopAsync();
        await using var interrupted = new InterruptedDatabase(book.Database, () => shop.FillAsync("2024-0007"));
        using var stream = new MemoryStream(await MadeWorkbook.OfAsync("Orders", Orders));

        var outcome =
            await new RacketBookImport(interrupted, book.Clock).RunAsync(
                shop.Scope, stream, MadeBook.Today, isRehearsal: false, CancellationToken.None);

        var done = Assert.IsType<ImportOutcome.Done>(outcome);
        Assert.Equal(2, done.Added.Orders);
        Assert.Equal(
            "Orders 2, Receipt No.: Another order of yours has the receipt number 2024-0007.", Assert.Single(done.Rejected).Say("en"));
    }

    [Fact]
    public async Task Knows_whom_and_what_the_book_has_already()
    {
        await using var book = await MadeBook.CreateAsync();
        var shop = await book.OpenShopAsync();
        var (client, racket, known) = (await shop.AddClientAsync("ANN", "meier", "ann@example.org"), await shop.AddRacketAsync("Blade 98"),
            await shop.AddStringAsync("RPM Blast"));
        await RunAsync(
            shop,
            await MadeWorkbook.OfAsync(
                "Orders", ["Strung", "Last name", "First name", "Racket", "Main maker", "Main model", "Main gauge"],
                ["2024-04-21", "Meier", "Ann", "wilson blade 98", "Babolat", "RPM Blast", 1.25]));
        var order = Assert.Single(await OrdersAsync(shop));

        Assert.Equal((client.Id, racket.Id, known.Id), (order.Client, order.Racket, order.Main.String));
    }

    [Fact]
    public async Task Takes_nothing_from_the_book_of_another()
    {
        await using var book = await MadeBook.CreateAsync();
        var (mine, theirs) = (await book.OpenShopAsync(), await book.OpenShopAsync("Baseline"));
        var client = await theirs.AddClientAsync("Ann", "Meier");
        await RunAsync(mine, await MadeWorkbook.OfAsync("Orders", Orders));

        Assert.DoesNotContain(client.Id, (await OrdersAsync(mine)).Select(order => order.Client));
        Assert.Empty(await OrdersAsync(theirs));
    }

    [Fact]
    public async Task Takes_the_stringers_own_jobs_as_self_jobs()
    {
        await using var book = await MadeBook.CreateAsync();
        var shop = await book.OpenShopAsync();
        await RunAsync(shop, await MadeWorkbook.OfAsync("Self orders", ["Strung", "Racket instance ID"], ["2024-05-01", "PA98_2023_45"]));

        Assert.Equal(shop.Self.Id, Assert.Single(await OrdersAsync(shop)).Client);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Adds_nothing_from_the_books_own_export_and_everything_to_an_empty_book(bool isPostgres)
    {
        await using var book = await MadeBook.CreateAsync(isPostgres);
        var (mine, empty) = (await book.OpenShopAsync(), await book.OpenShopAsync("Baseline"));
        var order = await mine.FillAsync();
        await mine.AddAsync(mine.Job(mine.Self, await mine.AddRacketAsync("Own")));
        using var file = new MemoryStream();
        await book.Exports.WriteWorkbookAsync(mine.Scope, file, CancellationToken.None);

        var own = await RunAsync(mine, file.ToArray());
        Assert.Equal((new ImportCounts(0, 0, 0, 0), 0), (own.Added, own.Rejected.Count));
        var moved = await RunAsync(empty, file.ToArray());
        Assert.Equal((new ImportCounts(1, 2, 1, 2), 0), (moved.Added, moved.Rejected.Count));
        var read = (await OrdersAsync(empty)).Single(one => one.ReceiptNumber is not null);
        Assert.Equal(
            (order.ReceiptNumber, order.Days, order.Labour, order.DynamicTension, order.Comment),
            (read.ReceiptNumber, read.Days, read.Labour, read.DynamicTension, read.Comment));
        Assert.Equal(order.Cross with { Colour = null }, read.Cross);
    }

    static async Task<ImportOutcome.Done> RunAsync(Shop shop, byte[] file, bool isRehearsal = false)
    {
        using var stream = new MemoryStream(file);
        return Assert.IsType<ImportOutcome.Done>(
            await new RacketBookImport(shop.Book.Database, shop.Book.Clock).RunAsync(
                shop.Scope, stream, MadeBook.Today, isRehearsal, CancellationToken.None));
    }

    /// <summary>Newest first.</summary>
    static Task<List<Order>> OrdersAsync(Shop shop) => shop.Book.Database.ReadAsync(
        async session => (await OrderRows.ListAsync(session, shop.Scope, new(), 100, CancellationToken.None)).ConvertAll(
            parts => parts.Order), CancellationToken.None);
}
