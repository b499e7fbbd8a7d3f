using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Waybill.Engine.Events;

/// <summary>
/// Names one event that was taken in (its sender calls it by another id). A UUIDv7, written in lower case with dashes on every wire.
/// </summary>
[JsonConverter(typeof(EventKeyJson))]
public readonly record struct EventKey(Guid Value) : IParsable<EventKey>
{
    /// <summary>A new id that sorts after the ones made before it.</summary>
    public static EventKey New(TimeProvider clock) => new(Guid.CreateVersion7(clock.GetUtcNow()));

    /// <inheritdoc/>
    public static EventKey Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not an id.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out EventKey result)
    {
        var parsed = Guid.TryParseExact(s, "D", out var value);
        result = new EventKey(value);
        return parsed;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}

/// <summary>Writes the id as a string; a string that is none is the sender's mistake, so it is told as such.</summary>
public sealed class EventKeyJson : JsonConverter<EventKey>
{
    /// <inheritdoc/>
    public override EventKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        EventKey.TryParse(reader.GetString(), provider: null, out var id) ? id : throw new JsonException("Not an id.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, EventKey value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
