using System.Globalization;
using Waybill.RacketBook.Orders;

namespace Waybill.RacketBook.Specs.Orders;

public sealed class How_an_order_goes_on
{
    static readonly DateOnly Today = new(2026, 5, 20);

    /// <summary>Days as letters: o, s, r, p with the day of May; e.g. <c>o1 s3</c>.</summary>
    static Milestones Days(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Aggregate(new Milestones(), (days, part) => days.With(MilestoneOf(part[0]), Day(part[1..])));

    static Milestone MilestoneOf(char letter) =>
        letter switch { 'o' => Milestone.Ordered, 's' => Milestone.Strung, 'r' => Milestone.Returned, _ => Milestone.Paid };

    static DateOnly Day(string text) => new(2026, 5, int.Parse(text, CultureInfo.InvariantCulture));

    static string Told(DayChange change) => change switch
    {
        DayChange.Changed(var after, var transition) =>
            $"{transition}: "
                + $"{string.Join(' ', Enum.GetValues<Milestone>().Where(one => after[one] is not null).Select(one => $"{one.Word()[0]}{after[one]!.Value.Day}"))}",
        DayChange.Refused(var fault) => $"{fault.Field} {fault.Code}",
        _ => "unchanged",
    };

    [Theory]
    [InlineData("", false, OrderState.Draft)]
    [InlineData("o1", false, OrderState.Ordered)]
    [InlineData("o1 s3", false, OrderState.Strung)]
    [InlineData("o1 s3 r4", false, OrderState.Returned)]
    [InlineData("o1 s3 p4", false, OrderState.Paid)]
    [InlineData("o1 s3 r5 p4", false, OrderState.Done)]
    [InlineData("s3", true, OrderState.Done)]
    [InlineData("o1", true, OrderState.Ordered)]
    public void Its_state_follows_from_its_days(string days, bool isSelfJob, OrderState state) =>
        Assert.Equal(state, Days(days).State(isSelfJob));

    [Theory]
    [InlineData("", Milestone.Ordered, "1", "T1: o1")]
    [InlineData("o1", Milestone.Strung, "3", "T2: o1 s3")]
    [InlineData("", Milestone.Strung, "3", "T2: s3")]
    [InlineData("o1 s3", Milestone.Strung, "4", "T2: o1 s4")]
    [InlineData("o1 s3", Milestone.Strung, "3", "unchanged")]
    [InlineData("o5", Milestone.Strung, "3", "strung_at day.order")]
    [InlineData("o1 s3", Milestone.Ordered, "4", "ordered_at day.order")]
    [InlineData("o1", Milestone.Strung, "21", "strung_at day.future")]
    [InlineData("o1 s3", Milestone.Returned, "3", "T3: o1 s3 r3")]
    [InlineData("o1 s3", Milestone.Returned, "2", "returned_at day.order")]
    [InlineData("o1 s3 p9", Milestone.Returned, "4", "T3: o1 s3 r4 p9")]
    [InlineData("o1", Milestone.Returned, "4", "returned_at day.not-strung")]
    [InlineData("o1", Milestone.Paid, "4", "paid_at day.not-strung")]
    [InlineData("o1 s3", Milestone.Paid, "4", "T4: o1 s3 p4")]
    [InlineData("o1 s3 p4", Milestone.Strung, "5", "strung_at day.order")]
    public void A_day_is_set_where_it_fits(string days, Milestone milestone, string day, string outcome) =>
        Assert.Equal(outcome, Told(Lifecycle.Set(Days(days), milestone, Day(day), Today)));

    [Theory]
    [InlineData("o1 s3", Milestone.Strung, false, "T2-r: o1")]
    [InlineData("o1 s3 r4", Milestone.Strung, false, "returned_at day.clear-first")]
    [InlineData("o1 s3 p4", Milestone.Strung, false, "paid_at day.clear-first")]
    [InlineData("o1 s3 r4 p5", Milestone.Returned, false, "T3-r: o1 s3 p5")]
    [InlineData("o1 s3 r4 p5", Milestone.Paid, false, "T4-r: o1 s3 r4")]
    [InlineData("o1", Milestone.Ordered, false, "ordered_at day.ordered-stays")]
    [InlineData("o1", Milestone.Ordered, true, "T1-r: ")]
    [InlineData("s3", Milestone.Strung, true, "T2-r: ")]
    [InlineData("o1", Milestone.Strung, false, "unchanged")]
    public void A_day_is_taken_back_where_nothing_stands_on_it(string days, Milestone milestone, bool isSelfJob, string outcome) =>
        Assert.Equal(outcome, Told(Lifecycle.Clear(Days(days), milestone, isSelfJob)));

    [Fact]
    public void Nothing_happened_in_another_century() =>
        Assert.Equal("ordered_at day.early", Told(Lifecycle.Set(new(), Milestone.Ordered, new(1999, 12, 31), Today)));
}
