using Waybill.Engine.Counting;
using Xunit;

namespace Waybill.Engine.Specs.Counting;

public class Steps_of_time
{
    static readonly DateTimeOffset Now = new(2026, 3, 1, 14, 59, 59, TimeSpan.FromHours(2));

    [Fact]
    public void Are_24_hours_of_which_the_last_is_the_present_one() =>
        Assert.Equal(
            (new DateTimeOffset(2026, 2, 28, 13, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), 24),
            Ends(TimeRange.OfHours(Now)));

    [Fact]
    public void Are_30_days_of_UTC_of_which_the_last_is_today() =>
        Assert.Equal(
            (new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), 30),
            Ends(TimeRange.OfDays(Now)));

    static (DateTimeOffset First, DateTimeOffset Last, int Count) Ends(TimeRange range) =>
        (range.Times[0], range.Times[^1], range.Times.Count);
}
