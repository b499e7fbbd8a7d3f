using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Waybill.Books.Reading;
using Waybill.RacketBook.Orders;

namespace Waybill.RacketBook.Specs.Orders;

public sealed class What_is_asked_of_an_order
{
    static readonly Order Before = new()
    {
        Id = default,
        Stringer = default,
        Client = new Guid("01928374-6574-7392-8192-837465748391"),
        Racket = new Guid("01928374-6574-7392-8192-837465748392"),
        Labour = 25,
        Main = new() { Maker = "Babolat", Model = "RPM Blast", Tension = 23, Price = 10 },
    };

    static Fields Json(string json) => Fields.From(JsonDocument.Parse(json).RootElement);

    static string Faults(string json)
    {
        var fields = Json(json);
        OrderReader.ReadChange(fields);
        OrderReader.ReadDays(fields);
        return string.Join(' ', fields.Faults.Select(fault => $"{fault.Field}:{fault.Code}"));
    }

    [Fact]
    public void What_was_not_sent_stays_and_what_was_sent_empty_goes()
    {
        var after = OrderReader.ReadChange(Json("""{"labour": null, "main_price": "12.50", "main_byo": true}"""))(Before);

        Assert.Equal(Before with { Labour = null, Main = Before.Main with { Price = 12.5m, IsClients = true } }, after);
    }

    [Theory]
    [InlineData("""{"labour": -1}""", "labour:number.range")]
    [InlineData("""{"main_price": 1000000}""", "main_price:number.range")]
    [InlineData("""{"cross_price": 10.001}""", "cross_price:number.fine")]
    [InlineData("""{"cross_price": "1e3"}""", "cross_price:number.odd")]
    [InlineData("""{"main_tension": 230}""", "main_tension:number.range")]
    [InlineData("""{"currency": "EUR"}""", "currency:choice.odd")]
    [InlineData("""{"currency": "CHF"}""", "")]
    [InlineData("""{"strung_at": "21.04.2026"}""", "strung_at:day.odd")]
    [InlineData("""{"client_id": "118"}""", "client_id:id.odd")]
    [InlineData("""{"comment": ["a"]}""", "comment:field.type")]
    [InlineData("""{"main_byo": "perhaps"}""", "main_byo:flag.odd")]
    [InlineData("""{"method": "two\u0000knots"}""", "method:text.control")]
    public void What_is_wrong_is_told_by_field(string json, string faults) => Assert.Equal(faults, Faults(json));

    [Fact]
    public void Ten_thousand_characters_are_too_many_for_the_paper() =>
        Assert.Equal(
            "comment:text.long main_maker:text.long",
            Faults(JsonSerializer.Serialize(new { main_maker = new string('x', 10_000), comment = new string('x', 10_000) }))
            .Split(' ').Order(StringComparer.Ordinal).Aggregate((a, b) => $"{a} {b}"));

    [Fact]
    public void A_box_that_is_not_ticked_is_not_sent_and_means_no()
    {
        var form = new FormCollection(new() { ["cross_byo"] = "on" });

        var after =
            OrderReader.ReadChange(Fields.From(form, [.. OrderReader.Boxes]))(Before with { Main = Before.Main with { IsClients = true } });

        Assert.Equal((false, true), (after.Main.IsClients, after.Cross.IsClients));
    }

    [Fact]
    public void A_day_that_is_sent_empty_is_taken_back()
    {
        var acts = OrderReader.ReadDays(Json("""{"returned_at": null, "strung_at": "2026-04-21"}"""));

        // nothing stands on what goes
        Assert.Equal([new OrderAct.ClearDay(Milestone.Returned), new OrderAct.SetDay(Milestone.Strung, new(2026, 4, 21))], acts);
    }
}
