using Waybill.Engine.Bus;
using Xunit;

namespace Waybill.Engine.Specs.Bus;

public sealed class Words_of_a_failure
{
    [Theory]
    [InlineData("The string broke.", "The string broke.")]
    [InlineData("one\r\ntwo\0three\u009f", "one  two three ")]
    public void Are_printable(string words, string reason) => Assert.Equal(reason, Reason.Of(words));

    [Fact]
    public void Have_no_half_of_a_pair() =>
        Assert.Equal("\ufffd alone, and \ud83c\udfbe whole", Reason.Of("\udc00 alone, and \ud83c\udfbe whole"));

    [Theory]
    [InlineData(0, 1_000)]
    [InlineData(1, 999)]
    public void End_before_a_pair_that_has_no_room(int before, int length)
    {
        var reason = Reason.Of(new string('a', before) + string.Concat(Enumerable.Repeat("\ud83c\udfbe", 600)));

        Assert.Equal(length, reason.Length);
        Assert.True(char.IsLowSurrogate(reason[^1]));
    }
}
