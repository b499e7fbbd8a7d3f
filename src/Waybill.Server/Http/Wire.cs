using System.Globalization;

namespace Waybill.Server.Http;

/// <summary>Values as they look in our answers.</summary>
internal static class Wire
{
    /// <summary>ISO 8601 in UTC with microseconds.</summary>
    public static string OnTheWire(this DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);
}
