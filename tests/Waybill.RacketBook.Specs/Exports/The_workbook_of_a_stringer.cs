using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Waybill.RacketBook.Exports;
using Waybill.RacketBook.Rackets;

namespace Waybill.RacketBook.Specs.Exports;

public class The_workbook_of_a_stringer
{
    [Fact]
    public async Task Is_valid_to_the_letter()
    {
        await using var book = await MadeBook.CreateAsync();
        var shop = await book.OpenShopAsync();
        await shop.FillAsync();
        using var file = new MemoryStream(await ExportAsync(shop));
        using var document = SpreadsheetDocument.Open(file, isEditable: false);

        Assert.Empty(
            new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(document)
                .Select(fault => $"{fault.Part?.Uri}: {fault.Description}"));
    }

    [Fact]
    public async Task Has_the_four_sheets_in_order_with_their_columns()
    {
        await using var book = await MadeBook.CreateAsync();
        var sheets = await OpenedWorkbook.ReadAsync(await ExportAsync(await book.OpenShopAsync()));

        Assert.Equal(["Orders", "Clients", "Rackets", "Strings"], sheets.Keys);
        Assert.Equal(
            ["ID", "Receipt No.", "Ordered", "Strung", "Returned", "Paid", "Client Type", "Last name", "First name", "Racket model",
                "Head size", "Pattern",
             "Main maker", "Main model", "Main gauge", "Main tension", "Main price", "Main BYO", "Cross maker", "Cross model",
             "Cross gauge", "Cross tension", "Cross price", "Cross BYO", "Labour", "Strings subtotal", "Total", "DT", "Comments", "Status",
             "Year", "Month"],
            Titles(sheets["Orders"]));
        Assert.Equal(
            ["ID", "First name", "Last name", "E-mail", "Nickname", "Internal notes", "Tension memo", "Self"], Titles(sheets["Clients"]));
        Assert.Equal(["ID", "Maker", "Model", "Head size", "Pattern", "Serial", "Visibility"], Titles(sheets["Rackets"]));
        Assert.Equal(["ID", "Maker", "Model", "Gauge", "Visibility"], Titles(sheets["Strings"]));
    }

    [Fact]
    public async Task Holds_real_days_and_numbers()
    {
        await using var book = await MadeBook.CreateAsync();
        var shop = await book.OpenShopAsync();
        var order = await shop.FillAsync();
        var sheets = await OpenedWorkbook.ReadAsync(await ExportAsync(shop));

        Assert.Equal(
            [$"str:{order.Id}", "str:2026-0042", "datetime:2026-04-20 00:00:00", "datetime:2026-04-21 00:00:00", "NoneType:None",
                "NoneType:None", "str:Client", "str:Meier", "str:Ann",
             "str:Wilson Blade 98", "int:98", "str:16x19",
             "str:Babolat", "str:RPM Blast", "str:1.25", "float:24.5", "float:18.5", "str:No", "str:Luxilon", "str:Alu Power", "str:1.30",
             "int:23", "int:12", "str:Yes",
             "int:25", "float:18.5", "float:43.5", "float:36.5", "str:=HYPERLINK(\"http://example.org\")", "str:Strung", "int:2026",
             "int:4"],
            sheets["Orders"][1]);
        Assert.Equal(["str:Ann", "str:Meier", "str:ann@example.org"], sheets["Clients"][2][1..4]);
        Assert.Equal(
            ["str:Wilson", "str:Blade 98", "int:98", "str:16x19", "str:PA98_2023_45", "str:catalogue_private"], sheets["Rackets"][1][1..]);
        Assert.Equal(["str:Babolat", "str:RPM Blast", "str:1.25", "str:catalogue_private"], sheets["Strings"][1][1..]);
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+41 79 000 00 00")]
    [InlineData("-5")]
    [InlineData("@SUM(A1)")]
    [InlineData("\tx")]
    public async Task Keeps_a_text_a_text_whatever_it_begins_with(string text)
    {
        await using var book = await MadeBook.CreateAsync();
        var shop = await book.OpenShopAsync();
        await shop.AddAsync(shop.Job(await shop.AddClientAsync(text, text), await shop.AddRacketAsync("Blade")) with { Comment = text });
        var sheets = await OpenedWorkbook.ReadAsync(await ExportAsync(shop));

        Assert.Equal(
            [$"str:{text}", $"str:{text}", $"str:{text}"], [sheets["Orders"][1][7], sheets["Orders"][1][28], sheets["Clients"][2][1]]);
    }

    [Theory]
    [InlineData(false, false, false, false, "Ordered")]
    [InlineData(true, false, false, false, "Strung")]
    [InlineData(true, false, true, false, "Strung")]
    [InlineData(true, true, false, false, "Payment open")]
    [InlineData(true, true, true, false, "Done")]
    [InlineData(true, false, false, true, "Done")]
    public async Task Says_how_an_order_stands_in_the_words_of_V1(bool strung, bool returned, bool paid, bool isSelf, string status)
    {
        await using var book = await MadeBook.CreateAsync();
        var shop = await book.OpenShopAsync();
        var day = MadeBook.Today;
        var job = shop.Job(isSelf ? shop.Self : await shop.AddClientAsync("Ann", "Meier"), await shop.AddRacketAsync("Blade"));
        await shop.AddAsync(job with { Days = new(day, strung ? day : null, returned ? day : null, paid ? day : null) });
        var row = (await OpenedWorkbook.ReadAsync(await ExportAsync(shop)))["Orders"][1];

        Assert.Equal([$"str:{(isSelf ? "Self" : "Client")}", $"str:{status}"], [row[6], row[29]]);
    }

    [Fact]
    public async Task Shows_what_is_shared_and_never_what_is_anothers()
    {
        await using var book = await MadeBook.CreateAsync();
        var (mine, theirs) = (await book.OpenShopAsync(), await book.OpenShopAsync("Baseline"));
        await theirs.FillAsync();
        await theirs.AddRacketAsync("Shared racket", Visibility.Shared);
        await theirs.AddStringAsync("Shared string", Visibility.Shared);
        var sheets = await OpenedWorkbook.ReadAsync(await ExportAsync(mine));

        Assert.Single(sheets["Orders"]);
        Assert.Equal(["str:Court Side Strings"], sheets["Clients"][1..].Select(row => row[1]));
        Assert.Equal(["str:Shared racket"], sheets["Rackets"][1..].Select(row => row[2]));
        Assert.Equal(["str:Shared string"], sheets["Strings"][1..].Select(row => row[2]));
    }

    [Fact]
    public async Task Goes_on_from_page_to_page_and_leaves_nobody_out()
    {
        await using var book = await MadeBook.CreateAsync();
        var shop = await book.OpenShopAsync();
        var (client, racket) = (await shop.AddClientAsync("Ann", "Meier"), await shop.AddRacketAsync("Blade"));
        var orders = Enumerable.Range(0, 2_001).Select(_ => shop.Job(client, racket)).ToArray();
        await book.WriteAsync(async session =>
        {
            foreach (var order in orders)
                await RacketBook.Orders.OrderRows.InsertAsync(session, order);
        });
        var sheets = await OpenedWorkbook.ReadAsync(await ExportAsync(shop));

        Assert.Equal(orders.Select(order => $"str:{order.Id}").Order(), sheets["Orders"][1..].Select(row => row[0]).Order());
    }

    [Fact]
    public async Task Stops_when_nobody_waits_for_it_any_more()
    {
        await using var book = await MadeBook.CreateAsync();
        var shop = await book.OpenShopAsync();
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => book.Exports.WriteWorkbookAsync(shop.Scope, Stream.Null, gone.Token));
    }

    [Theory]
    [InlineData("Court Side Strings", "rbo-court-side-strings-2026-04-21.xlsx")]
    [InlineData("Zürich \"Best\"; ../Strings\r\n", "rbo-zurich-best-strings-2026-04-21.xlsx")]
    [InlineData("弦", "rbo-00000000000000000000000000000007-2026-04-21.xlsx")]
    public void Has_a_name_that_any_header_can_hold(string stringer, string name) => Assert.Equal(name, ExportDesk.FileName(
        new() { Id = new(new Guid("00000000-0000-0000-0000-000000000007")), Email = "", Locale = "en", DisplayName = stringer },
        MadeBook.Today, "xlsx"));

    static async Task<byte[]> ExportAsync(Shop shop)
    {
        using var file = new MemoryStream();
        await shop.Book.Exports.WriteWorkbookAsync(shop.Scope, file, CancellationToken.None);
        return file.ToArray();
    }

    static IEnumerable<string> Titles(string[][] sheet) => sheet[0].Select(title => title["str:".Length..]);
}
