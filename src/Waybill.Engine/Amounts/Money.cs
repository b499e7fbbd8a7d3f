using System.Globalization;

namespace Waybill.Engine.Amounts;

/// <summary>An amount: a whole number of a currency's smallest unit. Two amounts meet in one currency only.</summary>
public readonly record struct Money : IComparable<Money>
{
    readonly string? currency;

    /// <summary>So many of the smallest unit: <c>new Money(4500, "CHF")</c> is 45 francs.</summary>
    /// <param name="minor">The number, e.g. of Rappen.</param>
    /// <param name="currency">The code of ISO 4217, in capital letters.</param>
    /// <exception cref="ArgumentException">That is no code.</exception>
    public Money(long minor, string currency)
    {
        if (!Templates.Currency.IsCode(currency))
            throw new ArgumentException($"'{currency}' is no currency: a code is three capital letters.", nameof(currency));
        (Minor, this.currency) = (minor, currency);
    }

    /// <summary>How many of the smallest unit.</summary>
    public long Minor { get; }

    /// <summary>The code of ISO 4217.</summary>
    /// <exception cref="InvalidOperationException">It is <c>default</c>, which is no amount.</exception>
    public string Currency => currency ?? throw new InvalidOperationException("An amount without a currency is none.");

    /// <summary>In the currency's whole unit: 45.5 francs.</summary>
    public decimal Value => Minor / (decimal)Scale(Decimals);

    /// <summary>Of whole units, rounded half away from zero to what the currency has.</summary>
    /// <exception cref="OverflowException">The result is larger than 64 bits of minor units hold.</exception>
    public static Money Round(decimal value, string currency) =>
        new(
            decimal.ToInt64(decimal.Round(value * Scale(Templates.Currency.DecimalsOf(currency)), MidpointRounding.AwayFromZero)),
            currency);

    /// <summary>
    /// Reads decimal text such as <c>45.00</c>, <c>45</c> or <c>-0.5</c>: digits, at most one dot, and no more decimals than the currency
    /// has.
    /// </summary>
    public static bool TryParse(string? text, string currency, out Money money)
    {
        money = default;
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (!Templates.Currency.IsCode(currency) || text is null || text.StartsWith('+') || text.EndsWith('.') || text.StartsWith('.'))
            return false;
        if (!decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var value)) return false;
        var decimals = Templates.Currency.DecimalsOf(currency);
        if (text.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0 && text.Length - dot - 1 > decimals) return false;
        if (value > long.MaxValue / (decimal)Scale(decimals) || value < long.MinValue / (decimal)Scale(decimals)) return false;
        money = new(decimal.ToInt64(value * Scale(decimals)), currency);
        return true;
    }

    /// <summary>The sum.</summary>
    /// <exception cref="InvalidOperationException">They are of two currencies.</exception>
    /// <exception cref="OverflowException">The result is larger than 64 bits of minor units hold.</exception>
    public static Money operator +(Money left, Money right) => new(checked(left.Minor + Common(left, right)), left.Currency);

    /// <summary>The difference.</summary>
    /// <inheritdoc cref="operator +"/>
    public static Money operator -(Money left, Money right) => new(checked(left.Minor - Common(left, right)), left.Currency);

    /// <summary>So many times the amount.</summary>
    /// <exception cref="OverflowException">The result is larger than 64 bits of minor units hold.</exception>
    public static Money operator *(Money money, long times) => new(checked(money.Minor * times), money.Currency);

    /// <summary>Which is more.</summary>
    /// <exception cref="InvalidOperationException">They are of two currencies.</exception>
    public int CompareTo(Money other) => Minor.CompareTo(Common(this, other));

    /// <summary>Whether the left one is less.</summary>
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left one is more.</summary>
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one is not more.</summary>
    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left one is not less.</summary>
    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    /// <summary>Decimal text with all decimals of the currency, e.g. <c>45.00</c>: what exports and answers hold.</summary>
    public string Text => Value.ToString("F" + Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>With its currency, e.g. <c>CHF 45.00</c>.</summary>
    public override string ToString() => currency is null ? "" : $"{currency} {Text}";

    int Decimals => Templates.Currency.DecimalsOf(Currency);

    static long Common(Money left, Money right) => left.Currency == right.Currency
        ? right.Minor
        : throw new InvalidOperationException($"{left} and {right} are of two currencies.");

    static long Scale(int decimals) => decimals switch { 0 => 1, 2 => 100, 3 => 1000, _ => 10_000 };
}
