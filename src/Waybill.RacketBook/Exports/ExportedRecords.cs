using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Receipts;
using Waybill.RacketBook.Stringers;

namespace Waybill.RacketBook.Exports;

/// <summary>What the document says of each thing of the book.</summary>
static class ExportedRecords
{
    internal static ExportedStringer Export(this Stringer stringer, byte[]? logo) => new(
        stringer.Id.Value,
        stringer.Email,
        stringer.IsAdmin ? "admin" : "stringer",
        stringer.DisplayName,
        stringer.Locale,
        stringer.Address,
        stringer.Phone,
        stringer.Web,
        stringer.BusinessEmail,
        Francs.Text(stringer.Labour)!,
        logo);

    internal static ExportedPerson Export(this Person person) =>
        new(person.Id, person.FirstName, person.LastName, person.Email, person.Locale);

    internal static ExportedClientProfile Export(this Client client) => new(
        client.Id, client.Person.Export(), client.Nickname, client.InternalNotes, client.TensionMemo, client.IsSelf, client.IsRemoved);

    internal static ExportedRacket Export(this Racket racket) => new(
        racket.Id, racket.Maker, racket.Model, racket.HeadSize, racket.Pattern, racket.Serial, racket.Visibility.Word(),
        racket.OwnerClient);

    internal static ExportedString Export(this TennisString one) => new(one.Id, one.Maker, one.Model, one.Gauge, one.Visibility.Word());

    internal static ExportedOrder Export(this OrderLine line)
    {
        var (order, days) = (line.Order, line.Order.Days);
        return new(
            order.Id,
            order.ReceiptNumber,
            line.Parts.State.Word(),
            days.Ordered,
            days.Strung,
            days.Returned,
            days.Paid,
            line.Client.Export(),
            line.Racket.Export(),
            Side(line.Mains, line.Parts.Main),
            Side(line.Crosses, line.Parts.Cross),
            order.Method,
            OrderReader.Currency,
            Francs.Text(order.Labour),
            Francs.Text(line.StringsSubtotal),
            Francs.Text(line.Total),
            order.DynamicTension,
            order.Comment,
            order.CreatedAt);
    }

    static ExportedSide Side(StringSide side, TennisString? known) => new(
        known?.Export(), side.Maker, side.Model, side.Gauge, side.Tension, Francs.Text(side.Price), side.IsClients, side.Colour);
}
