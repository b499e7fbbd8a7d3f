using System.Globalization;
using Waybill.Engine.Routing;
using Waybill.Screens.Framing;

namespace Waybill.Server.Admin.Streams;

/// <summary>What a stream's policy says, in words.</summary>
internal static class StreamWords
{
    public static string Waits(PageFrame frame, StreamPolicy policy) =>
        policy.Waits.Count == 0 ? frame.T("streams.waits.none") : string.Join(", ", policy.Waits.Select(Duration));

    public static string Duration(TimeSpan wait) => wait switch
    {
        { TotalSeconds: < 120 } => string.Create(CultureInfo.InvariantCulture, $"{wait.TotalSeconds:0.###} s"),
        { TotalMinutes: < 120 } => string.Create(CultureInfo.InvariantCulture, $"{wait.TotalMinutes:0.##} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{wait.TotalHours:0.##} h"),
    };

    public static string Seconds(StreamPolicy policy) =>
        string.Join(", ", policy.Waits.Select(wait => wait.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)));

    public static string Kept(PageFrame frame, StreamPolicy policy) =>
        policy.Kept is Kept.For(var days) ? frame.Count("streams.days", days) : frame.T("streams.forever");

    public static string Jitter(StreamPolicy policy) =>
        policy.Jitter == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"± {policy.Jitter * 100:0.#} %");

    public static string Bit(PageFrame frame, bool value) => frame.T(value ? "streams.yes" : "streams.no");
}
