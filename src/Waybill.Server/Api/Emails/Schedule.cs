using System.Globalization;
using System.Text.RegularExpressions;
using Waybill.Books.Reading;

namespace Waybill.Server.Api.Emails;

/// <summary>Reads <c>scheduled_at</c>: ISO 8601 with a zone, or <c>in 10 minutes</c>; in the future and at most 30 days ahead.</summary>
internal static partial class Schedule
{
    static readonly TimeSpan Furthest = TimeSpan.FromDays(30);

    public static DateTimeOffset? Read(Fields fields, string text, DateTimeOffset now)
    {
        if (Parse(text.Trim(), now) is not { } at) return Wrong(fields, "schedule.odd");
        if (at <= now) return Wrong(fields, "schedule.past", now.UtcDateTime);
        return at - now > Furthest ? Wrong(fields, "schedule.far") : at;
    }

    static DateTimeOffset? Wrong(Fields fields, string code, params object[] arguments)
    {
        fields.Wrong("scheduled_at", code, arguments);
        return null;
    }

    static DateTimeOffset? Parse(string text, DateTimeOffset now)
    {
        if (Relative().Match(text) is { Success: true } match) return now + Span(match);
        return WithZone().IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at.ToUniversalTime() : null;
    }

    static TimeSpan Span(Match match)
    {
        var count = int.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture);
        return match.Groups["unit"].Value[0] switch
        {
            's' or 'S' => TimeSpan.FromSeconds(count),
            'm' or 'M' => TimeSpan.FromMinutes(count),
            'h' or 'H' => TimeSpan.FromHours(count),
            _ => TimeSpan.FromDays(count),
        };
    }

    [GeneratedRegex("^in (?<count>[0-9]{1,6}) ?(?<unit>s|sec|seconds?|m|min|mins|minutes?|h|hours?|d|days?)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Relative();

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+ ?(Z|[+-][0-9]{2}(:?[0-9]{2})?)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex WithZone();
}
