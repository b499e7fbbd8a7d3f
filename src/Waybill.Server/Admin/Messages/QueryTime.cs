using System.Globalization;
using System.Text.RegularExpressions;

namespace Waybill.Server.Admin.Messages;

/// <summary>
/// A time as people type it: <c>30m</c>, <c>12h</c>, <c>7d</c>, <c>2w</c> ago, a day in UTC, or an instant with its zone.
/// </summary>
internal static partial class QueryTime
{
    public static DateTimeOffset? Read(string text, DateTimeOffset now)
    {
        if (Ago().Match(text) is { Success: true } ago) return now - Span(ago);
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        return WithZone().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? at.ToUniversalTime()
            : null;
    }

    static TimeSpan Span(Match ago)
    {
        var count = int.Parse(ago.Groups["count"].ValueSpan, CultureInfo.InvariantCulture);
        return ago.Groups["unit"].ValueSpan switch
        {
            "m" => TimeSpan.FromMinutes(count),
            "h" => TimeSpan.FromHours(count),
            "d" => TimeSpan.FromDays(count),
            _ => TimeSpan.FromDays(7 * count),
        };
    }

    [GeneratedRegex("^(?<count>[0-9]{1,4})(?<unit>[mhdw])$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Ago();

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex WithZone();
}
