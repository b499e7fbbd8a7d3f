using Waybill.RacketBook.Orders;

namespace Waybill.RacketBook.Specs.Orders;

public sealed class What_sends_a_receipt
{
    static readonly Order Strung = new()
    {
        Id = default,
        Stringer = default,
        Client = Guid.CreateVersion7(DateTimeOffset.UnixEpoch),
        Racket = Guid.CreateVersion7(DateTimeOffset.UnixEpoch),
        Main = new() { Model = "RPM Blast", Price = 10 },
        Cross = new() { Model = "RPM Blast", Price = 10 },
        Labour = 25,
        Days = new(new(2026, 5, 1), new(2026, 5, 3)),
        ReceiptNumber = "2026-0001",
    };

    public static TheoryData<string, Order, bool> Changes => new()
    {
        { "labour", Strung with { Labour = 30 }, true },
        { "a price", Strung with { Cross = Strung.Cross with { Price = 12 } }, true },
        { "own string", Strung with { Main = Strung.Main with { IsClients = true } }, true },
        { "a tension", Strung with { Main = Strung.Main with { Tension = 24 } }, true },
        { "a gauge", Strung with { Main = Strung.Main with { Gauge = "1.25" } }, true },
        { "a colour", Strung with { Main = Strung.Main with { Colour = "black" } }, true },
        { "the racket", Strung with { Racket = Guid.Empty }, true },
        { "the client", Strung with { Client = Guid.Empty }, true },
        { "the measured tension", Strung with { DynamicTension = 38 }, true },
        { "the comment", Strung with { Comment = "Grommets are worn." }, true },
        { "the day of the order", Strung with { Days = Strung.Days.With(Milestone.Ordered, new(2026, 5, 2)) }, true },
        { "the day of stringing", Strung with { Days = Strung.Days.With(Milestone.Strung, new(2026, 5, 4)) }, true },
        { "the method", Strung with { Method = "two knots" }, false },
        { "returned", Strung with { Days = Strung.Days.With(Milestone.Returned, new(2026, 5, 4)) }, false },
        { "paid", Strung with { Days = Strung.Days.With(Milestone.Paid, new(2026, 5, 4)) }, false },
        { "stringing taken back", Strung with { Days = Strung.Days.With(Milestone.Strung, null) }, false },
        { "nothing", Strung with { }, false },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Whatever_stands_on_the_paper_does(string what, Order after, bool sends) =>
        Assert.Equal((what, sends), (what, ReEmitRule.Emits(Strung, after)));

    [Fact]
    public void Becoming_strung_does_and_nothing_before_it()
    {
        var ordered = Strung with { Days = Strung.Days.With(Milestone.Strung, null), ReceiptNumber = null };

        Assert.Equal((true, false), (ReEmitRule.Emits(ordered, Strung), ReEmitRule.Emits(ordered, ordered with { Labour = 30 })));
    }
}
