using System.Globalization;
using System.Text;
using System.Text.Json;
using Waybill.Templates.Render;

namespace Waybill.Templates.Wording;

/// <summary>Writes days and instants as a locale does, in the time zone of the rendering.</summary>
internal static class DateText
{
    const string Complaint = "a date is a text such as \"2026-11-22\" or \"2026-11-22T14:05:00Z\".";

    static readonly string[] Instants = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static (string Text, string? Complaint) Format(Value value, string? format, MailFacets mail)
    {
        if (value.IsMissing) return ("", null);
        var text = value.Sort == ValueSort.Json && value.Json.ValueKind != JsonValueKind.String ? null : value.Print();
        if (text is { Length: 0 }) return ("", null);
        return text is not null && TryRead(text, mail.TimeZone, out var local, out var isDay)
            ? (Write(local, isDay, format ?? "long", mail.Words), null)
            : ("", Complaint);
    }

    /// <summary>Whether a text is a day or an instant.</summary>
    public static bool IsDate(string text) => TryRead(text, TimeZoneInfo.Utc, out _, out _);

    static bool TryRead(string text, TimeZoneInfo zone, out DateTime local, out bool isDay)
    {
        isDay = DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out local);
        if (isDay) return true;
        if (!DateTimeOffset.TryParseExact(text, Instants, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            return false;
        }

        local = TimeZoneInfo.ConvertTime(instant, zone).DateTime;
        return true;
    }

    static string Write(DateTime local, bool isDay, string format, Words words) => format switch
    {
        "iso" => local.ToString(isDay ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        "short" => Filled(words.ShortDate, local, words),
        "weekday" => Filled(words.WeekdayDate, local, words),
        "time" => isDay ? "" : Filled(words.Time, local, words),
        "datetime" when !isDay => Filled(words.LongDate, local, words) + words.Between + Filled(words.Time, local, words),
        _ => Filled(words.LongDate, local, words),
    };

    static string Filled(string pattern, DateTime local, Words words)
    {
        var filled = new StringBuilder(32);
        for (int at = 0, end; at < pattern.Length; at = end)
        {
            end = at + 1;
            while (end < pattern.Length && pattern[end] == pattern[at]) end++;
            _ = filled.Append(Field(pattern[at], end - at, local, words) ?? pattern[at..end]);
        }

        return filled.ToString();
    }

    static string? Field(char letter, int count, DateTime local, Words words) => (letter, count) switch
    {
        ('d', 4) => words.Days[(int)local.DayOfWeek],
        ('d', _) => Digits(local.Day, count),
        ('M', 4) => words.Months[local.Month - 1],
        ('M', 3) => words.ShortMonths[local.Month - 1],
        ('M', _) => Digits(local.Month, count),
        ('y', _) => Digits(local.Year, count),
        ('H', _) => Digits(local.Hour, count),
        ('h', _) => Digits(local.Hour % 12 == 0 ? 12 : local.Hour % 12, count),
        ('m', _) => Digits(local.Minute, count),
        ('t', _) => local.Hour < 12 ? "AM" : "PM",
        _ => null,
    };

    static string Digits(int number, int count) => number.ToString(CultureInfo.InvariantCulture).PadLeft(count, '0');
}
