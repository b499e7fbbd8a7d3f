using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Receipts;

namespace Waybill.RacketBook.Exports;

/// <summary>The columns of the workbook, in V1's grouping.</summary>
static class ExportColumns
{
    internal static IReadOnlyList<ExportColumn<OrderLine>> Orders { get; } =
    [
        new("ID", 38, (sheet, line) => sheet.Text(Id(line.Order.Id))),
        new("Receipt No.", 12, (sheet, line) => sheet.Text(line.Order.ReceiptNumber)),
        new("Ordered", 12, (sheet, line) => sheet.Date(line.Order.Days.Ordered)),
        new("Strung", 12, (sheet, line) => sheet.Date(line.Order.Days.Strung)),
        new("Returned", 12, (sheet, line) => sheet.Date(line.Order.Days.Returned)),
        new("Paid", 12, (sheet, line) => sheet.Date(line.Order.Days.Paid)),
        new("Client Type", 10, (sheet, line) => sheet.Text(line.Client.IsSelf ? "Self" : "Client")),
        new("Last name", 20, (sheet, line) => sheet.Text(Known(line.Client.Person.LastName))),
        new("First name", 20, (sheet, line) => sheet.Text(Known(line.Client.Person.FirstName))),
        new("Racket model", 28, (sheet, line) => sheet.Text(line.Racket.Facts().Name)),
        new("Head size", 10, (sheet, line) => sheet.Measure(line.Racket.HeadSize)),
        new("Pattern", 10, (sheet, line) => sheet.Text(line.Racket.Pattern)),
        .. Side("Main", line => line.Mains),
        .. Side("Cross", line => line.Crosses),
        new("Labour", 10, (sheet, line) => sheet.Amount(line.Order.Labour)),
        new("Strings subtotal", 14, (sheet, line) => sheet.Amount(line.StringsSubtotal)),
        new("Total", 10, (sheet, line) => sheet.Amount(line.Total)),
        new("DT", 8, (sheet, line) => sheet.Measure(line.Order.DynamicTension)),
        new("Comments", 40, (sheet, line) => sheet.Text(line.Order.Comment)),
        new("Status", 14, (sheet, line) => sheet.Text(line.Status)),
        new("Year", 8, (sheet, line) => sheet.Number(line.Day?.Year)),
        new("Month", 8, (sheet, line) => sheet.Number(line.Day?.Month)),
    ];

    internal static IReadOnlyList<ExportColumn<Client>> Clients { get; } =
    [
        new("ID", 38, (sheet, client) => sheet.Text(Id(client.Id))),
        new("First name", 20, (sheet, client) => sheet.Text(Known(client.Person.FirstName))),
        new("Last name", 20, (sheet, client) => sheet.Text(Known(client.Person.LastName))),
        new("E-mail", 28, (sheet, client) => sheet.Text(client.Person.Email)),
        new("Nickname", 20, (sheet, client) => sheet.Text(client.Nickname)),
        new("Internal notes", 40, (sheet, client) => sheet.Text(client.InternalNotes)),
        new("Tension memo", 24, (sheet, client) => sheet.Text(client.TensionMemo)),
        new("Self", 8, (sheet, client) => sheet.Text(Word(client.IsSelf))),
    ];

    internal static IReadOnlyList<ExportColumn<Racket>> Rackets { get; } =
    [
        new("ID", 38, (sheet, racket) => sheet.Text(Id(racket.Id))),
        new("Maker", 20, (sheet, racket) => sheet.Text(racket.Maker)),
        new("Model", 28, (sheet, racket) => sheet.Text(racket.Model)),
        new("Head size", 10, (sheet, racket) => sheet.Measure(racket.HeadSize)),
        new("Pattern", 10, (sheet, racket) => sheet.Text(racket.Pattern)),
        new("Serial", 18, (sheet, racket) => sheet.Text(racket.Serial)),
        new("Visibility", 18, (sheet, racket) => sheet.Text(racket.Visibility.Word())),
    ];

    internal static IReadOnlyList<ExportColumn<TennisString>> Strings { get; } =
    [
        new("ID", 38, (sheet, one) => sheet.Text(Id(one.Id))),
        new("Maker", 20, (sheet, one) => sheet.Text(one.Maker)),
        new("Model", 28, (sheet, one) => sheet.Text(one.Model)),
        new("Gauge", 10, (sheet, one) => sheet.Text(one.Gauge)),
        new("Visibility", 18, (sheet, one) => sheet.Text(one.Visibility.Word())),
    ];

    static IEnumerable<ExportColumn<OrderLine>> Side(string name, Func<OrderLine, StringSide> side) =>
    [
        new(name + " maker", 16, (sheet, line) => sheet.Text(side(line).Maker)),
        new(name + " model", 20, (sheet, line) => sheet.Text(side(line).Model)),
        new(name + " gauge", 10, (sheet, line) => sheet.Text(side(line).Gauge)),
        new(name + " tension", 10, (sheet, line) => sheet.Measure(side(line).Tension)),
        new(name + " price", 10, (sheet, line) => sheet.Amount(side(line).Price)),
        new(name + " BYO", 10, (sheet, line) => sheet.Text(Word(side(line).IsClients))),
    ];

    static string Id(Guid id) => id.ToString("D");

    static string? Known(string name) => name.Length == 0 ? null : name;

    static string Word(bool isSo) => isSo ? "Yes" : "No";
}
