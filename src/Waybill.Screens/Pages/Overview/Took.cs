using Waybill.Screens.Framing;

namespace Waybill.Screens.Pages.Overview;

/// <summary>A bound of time in words.</summary>
public static class Took
{
    /// <summary>"200 ms", "5 min"; null is longer than any.</summary>
    public static string Words(PageFrame frame, TimeSpan? bound) => bound switch
    {
        null => frame.T("overview.took.longest"),
        { TotalSeconds: < 1 } => frame.T("overview.took.milliseconds", (int)bound.Value.TotalMilliseconds),
        { TotalMinutes: < 1 } => frame.T("overview.took.seconds", (int)bound.Value.TotalSeconds),
        { TotalHours: < 1 } => frame.T("overview.took.minutes", (int)bound.Value.TotalMinutes),
        _ => frame.T("overview.took.hours", (int)bound.Value.TotalHours),
    };
}
