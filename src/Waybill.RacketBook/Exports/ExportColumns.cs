using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Receipts;

namespace Waybill.RacketBook.Exports;

/// <summary>The columns of the workbook, in V1's grouping.</summary>
static class ExportColumns
{
    internal static IReadOnlyList<ExportColumn<OrderParts>> Orders { get; } =
    [
        new("ID", 38, (sheet, parts) => sheet.Text(Id(parts.Order.Id))),
        new("Receipt No.", 12, (sheet, parts) => sheet.Text(parts.Order.ReceiptNumber)),
        new("Ordered", 12, (sheet, parts) => sheet.Date(parts.Order.Days.Ordered)),
        new("Strung", 12, (sheet, parts) => sheet.Date(parts.Order.Days.Strung)),
        new("Returned", 12, (sheet, parts) => sheet.Date(parts.Order.Days.Returned)),
        new("Paid", 12, (sheet, parts) => sheet.Date(parts.Order.Days.Paid)),
        new("Client Type", 10, (sheet, parts) => sheet.Text(parts.Client.IsSelf ? "Self" : "Client")),
        new("Last name", 20, (sheet, parts) => sheet.Text(Known(parts.Client.Person.LastName))),
        new("First name", 20, (sheet, parts) => sheet.Text(Known(parts.Client.Person.FirstName))),
        new("Racket model", 28, (sheet, parts) => sheet.Text(parts.Racket.Facts().Name)),
        new("Head size", 10, (sheet, parts) => sheet.Measure(parts.Racket.HeadSize)),
        new("Pattern", 10, (sheet, parts) => sheet.Text(parts.Racket.Pattern)),
        .. Side("Main", parts => parts.Mains()),
        .. Side("Cross", parts => parts.Crosses()),
        new("Labour", 10, (sheet, parts) => sheet.Amount(parts.Order.Labour)),
        new("Strings subtotal", 14, (sheet, parts) => sheet.Amount(parts.Order.StringsSubtotal())),
        new("Total", 10, (sheet, parts) => sheet.Amount(parts.Order.Total())),
        new("DT", 8, (sheet, parts) => sheet.Measure(parts.Order.DynamicTension)),
        new("Comments", 40, (sheet, parts) => sheet.Text(parts.Order.Comment)),
        new("Status", 14, (sheet, parts) => sheet.Text(parts.Status())),
        new("Year", 8, (sheet, parts) => sheet.Number(parts.Order.Day()?.Year)),
        new("Month", 8, (sheet, parts) => sheet.Number(parts.Order.Day()?.Month)),
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

    static IEnumerable<ExportColumn<OrderParts>> Side(string name, Func<OrderParts, StringSide> side) =>
    [
        new(name + " maker", 16, (sheet, parts) => sheet.Text(side(parts).Maker)),
        new(name + " model", 20, (sheet, parts) => sheet.Text(side(parts).Model)),
        new(name + " gauge", 10, (sheet, parts) => sheet.Text(side(parts).Gauge)),
        new(name + " tension", 10, (sheet, parts) => sheet.Measure(side(parts).Tension)),
        new(name + " price", 10, (sheet, parts) => sheet.Amount(side(parts).Price)),
        new(name + " BYO", 10, (sheet, parts) => sheet.Text(Word(side(parts).IsClients))),
    ];

    static string Id(Guid id) => id.ToString("D");

    static string? Known(string name) => name.Length == 0 ? null : name;

    static string Word(bool isSo) => isSo ? "Yes" : "No";
}
