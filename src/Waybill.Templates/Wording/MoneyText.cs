using System.Globalization;
using System.Text.Json;
using Waybill.Templates.Render;

namespace Waybill.Templates.Wording;

/// <summary>Writes amounts as a locale does. The currency is its code: a sign such as $ says less than it seems to.</summary>
internal static class MoneyText
{
    const char NoBreak = '\u00a0';

    const string Complaint =
        "an amount is {\"minor\": 12345, \"currency\": \"EUR\"}, its minor a whole number of the smallest unit; or such a number, with "
            + "currency=\"EUR\" in the tag.";

    public static (string Text, string? Complaint) Format(Value value, string? currency, Words words)
    {
        if (value.IsMissing) return ("", null);
        if (value.Sort == ValueSort.Number && currency is not null) return Write(value.Number, currency, words);
        return value.Sort == ValueSort.Json && TryRead(value.Json, ref currency, out var minor)
            ? Write(minor, currency!, words)
            : ("", Complaint);
    }

    /// <summary>Whether JSON is an amount by itself.</summary>
    public static bool IsMoney(JsonElement json)
    {
        string? currency = null;
        return TryRead(json, ref currency, out _);
    }

    static bool TryRead(JsonElement json, ref string? currency, out long minor)
    {
        minor = 0;
        if (json.ValueKind == JsonValueKind.Number) return currency is not null && json.TryGetInt64(out minor);
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("minor"u8, out var amount)
            || !json.TryGetProperty("currency"u8, out var code))
        {
            return false;
        }

        currency = Value.Of(code).Print();
        return Currency.IsCode(currency) && amount.ValueKind == JsonValueKind.Number && amount.TryGetInt64(out minor);
    }

    static (string Text, string? Complaint) Write(long minor, string currency, Words words)
    {
        if (!Currency.IsCode(currency)) return ("", Complaint);
        var decimals = Currency.DecimalsOf(currency);
        var digits = minor.ToString(CultureInfo.InvariantCulture).TrimStart('-').PadLeft(decimals + 1, '0');
        var whole = Grouped(digits[..^decimals], words.Thousands);
        var number = (minor < 0 ? "\u2212" : "") + whole + (decimals == 0 ? "" : words.Decimal + digits[^decimals..]);
        return (words.IsCurrencyFirst ? $"{currency}{NoBreak}{number}" : $"{number}{NoBreak}{currency}", null);
    }

    static string Grouped(string digits, string thousands)
    {
        for (var at = digits.Length - 3; at > 0; at -= 3) digits = digits.Insert(at, thousands);
        return digits;
    }
}
