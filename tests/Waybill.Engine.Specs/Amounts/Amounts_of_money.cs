using Waybill.Engine.Amounts;
using Xunit;

namespace Waybill.Engine.Specs.Amounts;

public sealed class Amounts_of_money
{
    static readonly string[] Currencies = ["CHF", "AED", "EUR", "SAT", "JPY", "KWD", "CLF"];

    [Theory]
    [InlineData(4500, "CHF", "45.00")]
    [InlineData(-5, "AED", "-0.05")]
    [InlineData(0, "EUR", "0.00")]
    [InlineData(21_000_000, "SAT", "21000000")]
    [InlineData(1234, "JPY", "1234")]
    [InlineData(1234, "KWD", "1.234")]
    [InlineData(long.MinValue, "CHF", "-92233720368547758.08")]
    public void Are_written_with_the_decimals_of_their_currency(long minor, string currency, string text) =>
        Assert.Equal((text, $"{currency} {text}"), (new Money(minor, currency).Text, new Money(minor, currency).ToString()));

    [Theory]
    [InlineData("45", "CHF", 4500)]
    [InlineData("45.5", "CHF", 4550)]
    [InlineData("-0.05", "CHF", -5)]
    [InlineData("92233720368547758.07", "CHF", long.MaxValue)]
    [InlineData("17", "SAT", 17)]
    [InlineData("1.234", "KWD", 1234)]
    public void Are_read_from_decimal_text(string text, string currency, long minor)
    {
        Assert.True(Money.TryParse(text, currency, out var money));

        Assert.Equal(new Money(minor, currency), money);
    }

    [Theory]
    [InlineData("45.005", "CHF")]
    [InlineData("1.0", "SAT")]
    [InlineData("92233720368547758.08", "CHF")]
    [InlineData("99999999999999999999999999999999999", "CHF")]
    [InlineData("", "CHF")]
    [InlineData(null, "CHF")]
    [InlineData("1'000.00", "CHF")]
    [InlineData("1,5", "CHF")]
    [InlineData("+1", "CHF")]
    [InlineData(".5", "CHF")]
    [InlineData("1.", "CHF")]
    [InlineData(" 1", "CHF")]
    [InlineData("1e3", "CHF")]
    [InlineData("1", "chf")]
    public void Are_not_read_from_what_is_no_amount_of_that_currency(string? text, string currency) =>
        Assert.False(Money.TryParse(text, currency, out _));

    [Fact]
    public void Read_what_they_wrote_whatever_it_was()
    {
        foreach (var money in Some(2_000))
        {
            Assert.True(Money.TryParse(money.Text, money.Currency, out var read));
            Assert.Equal(money, read);
            Assert.Equal(money, Money.Round(money.Value, money.Currency));
        }
    }

    [Fact]
    public void Add_up_in_any_order_and_come_apart_again()
    {
        var random = new Random(20261201);
        foreach (var first in Some(2_000))
        {
            var second = new Money(random.NextInt64(-1_000_000_000, 1_000_000_000), first.Currency);
            var small = new Money(first.Minor / 4, first.Currency);
            Assert.Equal(small + second, second + small);
            Assert.Equal(small, small + second - second);
            Assert.Equal(small.Value + second.Value, (small + second).Value);
            Assert.Equal(small + small + small, small * 3);
            Assert.Equal(small < second, small.Minor < second.Minor);
        }
    }

    [Fact]
    public void Meet_in_one_currency_only()
    {
        var (francs, dirhams) = (new Money(100, "CHF"), new Money(100, "AED"));

        Assert.NotEqual(francs, dirhams);
        Assert.Contains(
            "CHF 1.00 and AED 1.00", Assert.Throws<InvalidOperationException>(() => francs + dirhams).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => francs - dirhams);
        Assert.Throws<InvalidOperationException>(() => francs < dirhams);
    }

    [Fact]
    public void Never_become_others_by_being_too_large()
    {
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue, "CHF") + new Money(1, "CHF"));
        Assert.Throws<OverflowException>(() => new Money(long.MinValue, "CHF") - new Money(1, "CHF"));
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue, "CHF") * 2);
        Assert.Throws<OverflowException>(() => Money.Round(decimal.MaxValue / 100, "CHF"));
    }

    [Theory]
    [InlineData("2.345", "CHF", 235)]
    [InlineData("-2.345", "CHF", -235)]
    [InlineData("2.5", "SAT", 3)]
    public void Are_rounded_half_away_from_zero(string value, string currency, long minor) =>
        Assert.Equal(
            new Money(minor, currency), Money.Round(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), currency));

    [Theory]
    [InlineData("chf")]
    [InlineData("CH")]
    [InlineData("")]
    [InlineData(null)]
    public void Have_a_currency(string? code) => Assert.Throws<ArgumentException>(() => new Money(1, code!));

    static IEnumerable<Money> Some(int count)
    {
        var random = new Random(42);
        for (var i = 0; i < count; i++)
            yield return new(
                random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(0, 63), Currencies[random.Next(Currencies.Length)]);
    }
}
