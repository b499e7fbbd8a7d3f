using Waybill.Engine.Counting;
using Xunit;

namespace Waybill.Engine.Specs.Counting;

public class How_soon_messages_were_sent
{
    /// <summary>90 within 100 ms, 5 within 500 ms, 4 within 2 s, one beyond a day.</summary>
    static readonly DeliveryTime Hundred = Of((0, 90), (2, 5), (4, 4), (15, 1));

    [Fact]
    public void Is_told_by_the_least_bound_that_holds_for_a_share_of_them() => Assert.Equal(
        [Milliseconds(100), Milliseconds(500), Milliseconds(2000), null],
        new[] { 0.5, 0.95, 0.99, 1 }.Select(share => Hundred.Of(share)));

    [Fact]
    public void Counts_what_lies_within_a_bound_and_within_all_before_it() =>
        Assert.Equal(
            (90, 95, 99, 100),
            (Hundred.Within(Milliseconds(200)), Hundred.Within(TimeSpan.FromSeconds(1)), Hundred.Within(TimeSpan.FromDays(1)),
                Hundred.Count));

    [Fact]
    public void Is_not_told_where_none_was_sent() => Assert.Null(Of().Of(0.5));

    [Fact]
    public void Adds_up() =>
        Assert.Equal(
            (200, 180),
            (DeliveryTime.Sum([Hundred, Of(), Hundred]).Count, DeliveryTime.Sum([Hundred, Of(), Hundred]).Within(Milliseconds(100))));

    static DeliveryTime Of(params (int Index, long Count)[] counts)
    {
        var all = new long[DeliveryTime.Bounds.Count + 1];
        foreach (var (index, count) in counts) all[index] = count;
        return new(all);
    }

    static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);
}
