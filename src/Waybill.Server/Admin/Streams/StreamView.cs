using Waybill.Engine.Routing;

namespace Waybill.Server.Admin.Streams;

/// <summary>A stream with what it would be if nothing were set, and the names of the settings that are.</summary>
/// <param name="Policy">As it delivers now.</param>
/// <param name="Standard">As it would without settings.</param>
/// <param name="Changed">The fields that are set.</param>
public sealed record StreamView(StreamPolicy Policy, StreamPolicy Standard, IReadOnlyList<string> Changed)
{
    /// <summary>The fields of the form, as the API names them.</summary>
    public static IReadOnlyList<string> Fields { get; } =
        ["attempts", "waits", "jitter", "kept_days", "unsubscribe", "retry_once_on_connection_fault"];

    /// <summary>The tenant's mails of this stream are kept so long.</summary>
    public static string Kept(StreamPolicy policy) =>
        policy.Kept is Kept.For(var days) ? days.ToString(System.Globalization.CultureInfo.InvariantCulture) : "forever";
}
