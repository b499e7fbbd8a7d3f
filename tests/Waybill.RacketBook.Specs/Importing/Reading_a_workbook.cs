using Waybill.RacketBook.Importing;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Specs.Exports;

namespace Waybill.RacketBook.Specs.Importing;

public class Reading_a_workbook
{
    static readonly object?[] Titles = ["Receipt No.", "Ordered", "Strung", "Returned", "Paid", "Last name", "First name", "Racket model",
        "Head size", "Main model", "Main tension", "Main price", "Main BYO", "Labor", "Total", "Comments"];

    static readonly object?[] Usual = ["2024-0007", "2024-04-20", "2024-04-21", "2024-04-22", "2024-04-22", "Meier", "Ann",
        "Wilson Blade 98", 98, "RPM Blast", 24.5, 18.5, "No", 25, "=L2+N2", "Grüße"];

    [Fact]
    public async Task Takes_days_numbers_and_words_as_they_are_meant()
    {
        var order = Assert.Single((await ReadAsync(Usual)).Orders);

        Assert.Equal(new Milestones(new(2024, 4, 20), new(2024, 4, 21), new(2024, 4, 22), new(2024, 4, 22)), order.Order.Days);
        Assert.Equal(("2024-0007", 25m, "Grüße"), (order.Order.ReceiptNumber, order.Order.Labour, order.Order.Comment));
        Assert.Equal(new OrderSide { Model = "RPM Blast", Tension = 24.5m, Price = 18.5m }, order.Order.Main);
        Assert.Equal(("Ann Meier", "Wilson Blade 98", 98m), (order.Client!.Person.Name, order.Racket.Model, order.Racket.HeadSize));
        Assert.Equal(new SheetPlace("Client orders", 2), order.At);
    }

    [Theory]
    [InlineData(2, "21.4.2024", "2024-04-21")]
    [InlineData(2, "2024-04-21T00:00:00", "2024-04-21")]
    [InlineData(2, 45403, "2024-04-21")]
    [InlineData(2, 45403.75, "2024-04-21")]
    public async Task Knows_a_day_however_it_is_written(int column, object day, string read) =>
        Assert.Equal(
            DateOnly.Parse(read, System.Globalization.CultureInfo.InvariantCulture),
            Assert.Single((await ReadAsync(With(column, day))).Orders).Order.Days.Strung);

    [Theory]
    [InlineData(12, "ja", true)]
    [InlineData(12, "x", true)]
    [InlineData(12, "BYO", true)]
    [InlineData(11, "BYO", true)]
    [InlineData(12, 1, true)]
    [InlineData(12, null, false)]
    [InlineData(12, "nein", false)]
    public async Task Knows_what_the_client_brought(int column, object? word, bool isClients)
    {
        var row = With(column, word);
        if (column == 11) row[12] = null;

        Assert.Equal(isClients, Assert.Single((await ReadAsync(row)).Orders).Order.Main.IsClients);
    }

    [Theory]
    [InlineData(2, "soon", "Strung", "day.odd")]
    [InlineData(2, "2027-01-01", "Strung", "day.future")]
    [InlineData(2, "2024-04-19", "Strung", "day.order")]
    [InlineData(4, "2024-04-01", "Paid", "day.order")]
    [InlineData(11, -5, "Main price", "number.range")]
    [InlineData(11, 1e9, "Main price", "number.range")]
    [InlineData(11, 18.123, "Main price", "number.fine")]
    [InlineData(13, "free", "Labor", "number.odd")]
    [InlineData(12, "perhaps", "Main BYO", "flag.odd")]
    [InlineData(7, null, "Racket model", "text.needed")]
    [InlineData(11, "=1+1", "Main price", "import.formula")]
    [InlineData(0, "=HYPERLINK(\"http://example.org\")", "Receipt No.", "import.formula")]
    public async Task Names_the_row_the_column_and_the_reason_of_what_it_does_not_take(int column, object? cell, string title, string code)
    {
        var plan = await ReadAsync(Usual, With(column, cell, number: "2024-0008"));

        Assert.Single(plan.Orders);
        Assert.Equal(
            (new SheetPlace("Client orders", 3), title, code), plan.Rejected.Select(one => (one.At, one.Column, one.Fault.Code)).First());
    }

    [Fact]
    public async Task Says_why_in_both_languages()
    {
        var rejected = Assert.Single((await ReadAsync(With(13, "=1+1"))).Rejected);

        Assert.Equal(
            "Client orders 2, Labor: There is a formula. Replace it by its value: copy, then paste values only.", rejected.Say("en"));
        Assert.Equal(
            "Client orders 2, Labor: Da steht eine Formel. Bitte durch ihren Wert ersetzen: kopieren und nur die Werte einfügen.",
            rejected.Say("de"));
    }

    [Fact]
    public async Task Calls_other_days_by_the_titles_of_their_columns()
    {
        var rejected = Assert.Single((await ReadAsync(With(4, "2024-04-01"))).Rejected);

        Assert.Equal("Client orders 2, Paid: Paid (2024-04-01) cannot be before Strung (2024-04-21).", rejected.Say("en"));
    }

    [Fact]
    public async Task Takes_a_receipt_number_once() =>
        Assert.Equal(["import.receipt-twice"], (await ReadAsync(Usual, Usual)).Rejected.Select(one => one.Fault.Code));

    [Fact]
    public async Task Takes_the_stringers_own_jobs_without_client_price_or_model()
    {
        var plan =
            Plan(
                await MadeWorkbook.OfAsync(
                    "Self orders", ["Strung", "Racket instance ID", "Main model", "Main colour", "Method", "Dynamic tension"],
                    ["2024-05-01", "PA98_2023_45", "Gut", "natural", "two knots", 36.5]));
        var order = Assert.Single(plan.Orders);

        Assert.Null(order.Client);
        Assert.Equal(
            ("PA98_2023_45", "PA98_2023_45", "natural", "two knots", 36.5m),
            (order.Racket.Model, order.Racket.Serial, order.Order.Main.Colour, order.Order.Method, order.Order.DynamicTension));
    }

    [Fact]
    public async Task Says_which_sheets_and_columns_mean_nothing()
    {
        var plan =
            Plan(
                await MadeWorkbook.OfAsync(
                    new Dictionary<string, object?[][]> { ["Strings"] = [["Model", "Shelf"], ["Gut", 3]], ["Chart"] = [["x"]] }));

        Assert.Equal(["Strings: Shelf", "Chart"], plan.Ignored);
    }

    [Fact]
    public async Task Takes_nothing_of_a_sheet_whose_columns_are_missing()
    {
        var plan = Plan(await MadeWorkbook.OfAsync("Orders", ["Strung", "Racket"], ["2024-05-01", "Blade"]));

        Assert.Empty(plan.Orders);
        Assert.Equal(
            "Orders 1: The sheet has no column for Last name / First name; nothing of it is taken.",
            Assert.Single(plan.Rejected).Say("en"));
    }

    static object?[] With(int column, object? cell, string? number = null)
    {
        object?[] row = [.. Usual];
        row[0] = number ?? row[0];
        row[column] = cell;
        return row;
    }

    static async Task<ImportPlan> ReadAsync(params object?[][] rows) =>
        Plan(await MadeWorkbook.OfAsync("Client orders", [Titles, .. rows]));

    static ImportPlan Plan(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return Assert.IsType<ImportReading.Read>(ImportReader.Read(stream, MadeBook.Today)).Plan;
    }
}
