using System.Text.Json;
using Waybill.Books.Reading;
using Waybill.Engine.Routing;

namespace Waybill.Server.Api.Routing;

/// <summary>
/// Reads what is to be changed of a stream. A field that is null goes back to its default; one that is no setting is refused.
/// </summary>
internal static class StreamChangeReader
{
    public const string ForEver = "forever";

    const int MostWaits = 100;

    static readonly Dictionary<string, Func<StreamSettings, JsonElement?, StreamSettings?>> Settings = new(StringComparer.Ordinal)
    {
        ["attempts"] = (settings, value) => Read(value, Whole, out var attempts) ? settings with { Attempts = attempts } : null,
        ["waits"] =
            (settings, value) => value is null
                ? settings with { Waits = null }
                : Waits(value.Value) is { } waits ? settings with { Waits = waits } : null,
        ["jitter"] = (settings, value) => Read(value, Number, out var jitter) ? settings with { Jitter = jitter } : null,
        ["kept_days"] =
            (settings, value) => value is null
                ? settings with { Kept = null }
                : Kept(value.Value) is { } kept ? settings with { Kept = kept } : null,
        ["unsubscribe"] = (settings, value) => Read(value, Bit, out var offers) ? settings with { OffersUnsubscribe = offers } : null,
        ["retry_once_on_connection_fault"] =
            (settings, value) => Read(value, Bit, out var once) ? settings with { RetryOnceOnConnectionFault = once } : null,
    };

    /// <summary>The change, or what is wrong with it.</summary>
    public static (Func<StreamSettings, StreamSettings>? Change, FieldFault? Fault) Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object) return (null, new("", "body.object"));
        foreach (var field in body.EnumerateObject())
        {
            if (!Settings.TryGetValue(field.Name, out var set)) return (null, Unknown(field.Name));
            if (set(new StreamSettings(), ValueOf(field)) is null) return (null, new(field.Name, FormOf(field.Name)));
        }

        var fields = body.Clone(); // the change may run after the body is gone, and twice
        return (settings => fields.EnumerateObject()
            .Aggregate(settings, (changed, field) => Settings[field.Name](changed, ValueOf(field))!), null);
    }

    /// <summary>The names of the settings that are not at their defaults.</summary>
    public static IEnumerable<string> Names(StreamSettings settings)
    {
        if (settings.Attempts is not null) yield return "attempts";
        if (settings.Waits is not null) yield return "waits";
        if (settings.Jitter is not null) yield return "jitter";
        if (settings.Kept is not null) yield return "kept_days";
        if (settings.OffersUnsubscribe is not null) yield return "unsubscribe";
        if (settings.RetryOnceOnConnectionFault is not null) yield return "retry_once_on_connection_fault";
    }

    static string FormOf(string name) =>
        name is "unsubscribe" or "retry_once_on_connection_fault" ? "stream.form.flag" : $"stream.form.{name}";

    static FieldFault Unknown(string name) =>
        new(name.Length > 50 ? name[..50] + "…" : name, "stream.unknown", string.Join(", ", Settings.Keys));

    static JsonElement? ValueOf(JsonProperty field) => field.Value.ValueKind == JsonValueKind.Null ? null : field.Value;

    static bool Read<T>(JsonElement? value, Func<JsonElement, T?> read, out T? result) where T : struct
    {
        result = value is { } given ? read(given) : null;
        return value is null || result is not null;
    }

    static int? Whole(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    static double? Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : null;

    static bool? Bit(JsonElement value) => value.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };

    static Kept? Kept(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String) return value.ValueEquals(ForEver) ? new Kept.ForEver() : null;
        return Whole(value) is { } days ? new Kept.For(days) : null;
    }

    static IReadOnlyList<TimeSpan>? Waits(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > MostWaits) return null;
        var seconds = value.EnumerateArray().Select(Number).ToList();
        return seconds.TrueForAll(one => one is >= -1 and <= 1_000_000_000)
            ? [.. seconds.Select(one => TimeSpan.FromSeconds(one!.Value))]
            : null;
    }
}
