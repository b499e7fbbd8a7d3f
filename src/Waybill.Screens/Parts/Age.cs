using System.Globalization;
using System.Text.Json;
using Waybill.Screens.Framing;

namespace Waybill.Screens.Parts;

/// <summary>How long ago, or how soon, in the fewest words that say it.</summary>
public static class Age
{
    static readonly TimeSpan Long = TimeSpan.FromDays(7);

    /// <summary>"2 min ago", "in 4 h"; a week away, the date.</summary>
    public static string Words(PageFrame frame, DateTimeOffset at)
    {
        var age = frame.Now - at;
        if (age.Duration() >= Long) return at.UtcDateTime.ToString(frame.T("pattern.date"), CultureInfo.InvariantCulture);
        if (age.Duration() < TimeSpan.FromSeconds(1)) return frame.T("age.now");
        return frame.T(age > TimeSpan.Zero ? "age.past" : "age.future", Amount(frame, age.Duration()));
    }

    /// <summary>The same words for the script that keeps them true while a page stands.</summary>
    public static string Words(PageFrame frame) => JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["now"] = frame.T("age.now"),
        ["past"] = frame.T("age.past"),
        ["future"] = frame.T("age.future"),
        ["seconds"] = frame.T("age.seconds"),
        ["minutes"] = frame.T("age.minutes"),
        ["hours"] = frame.T("age.hours"),
        ["day"] = frame.T("age.days.one"),
        ["days"] = frame.T("age.days.other"),
    });

    static string Amount(PageFrame frame, TimeSpan age) => age switch
    {
        { TotalSeconds: < 60 } => frame.T("age.seconds", (int)age.TotalSeconds),
        { TotalMinutes: < 60 } => frame.T("age.minutes", (int)age.TotalMinutes),
        { TotalHours: < 24 } => frame.T("age.hours", (int)age.TotalHours),
        _ => frame.Count("age.days", (int)age.TotalDays),
    };
}
