using System.Globalization;
using System.Text.RegularExpressions;

namespace Waybill.Server.Api.Emails;

/// <summary>Reads <c>scheduled_at</c>: ISO 8601 with a zone, or <c>in 10 minutes</c>; in the future and at most 30 days ahead.</summary>
internal static partial class Schedule
{
    static readonly TimeSpan Furthest = TimeSpan.FromDays(30);

    public static (DateTimeOffset? At, ApiError? Error) Read(string text, DateTimeOffset now)
    {
        if (Parse(text.Trim(), now) is not { } at)
            return (null, ApiError.Invalid("Invalid `scheduled_at` field: give an ISO 8601 date with a zone, e.g. `2026-08-05T11:52:01Z`, or `in 10 minutes`."));
        if (at <= now) return (null, ApiError.Invalid($"Invalid `scheduled_at` field: it lies in the past; here it is {now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}."));
        if (at - now > Furthest) return (null, ApiError.Invalid("Invalid `scheduled_at` field: at most 30 days ahead."));
        return (at, null);
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

    [GeneratedRegex("^in (?<count>[0-9]{1,6}) ?(?<unit>s|sec|seconds?|m|min|mins|minutes?|h|hours?|d|days?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Relative();

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+ ?(Z|[+-][0-9]{2}(:?[0-9]{2})?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex WithZone();
}
