using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Waybill.Engine.Messages;

/// <summary>Names one message. A UUIDv7, written in lower case with dashes on every wire.</summary>
[JsonConverter(typeof(MessageIdJson))]
public readonly record struct MessageId(Guid Value) : IParsable<MessageId>
{
    /// <summary>A new id that sorts after the ones made before it.</summary>
    public static MessageId New(TimeProvider clock) => new(Guid.CreateVersion7(clock.GetUtcNow()));

    /// <inheritdoc/>
    public static MessageId Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not an id.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out MessageId result)
    {
        var parsed = Guid.TryParseExact(s, "D", out var value);
        result = new MessageId(value);
        return parsed;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}

/// <summary>Writes the id as a string; a string that is none is the sender's mistake, so it is told as such.</summary>
public sealed class MessageIdJson : JsonConverter<MessageId>
{
    /// <inheritdoc/>
    public override MessageId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        MessageId.TryParse(reader.GetString(), provider: null, out var id) ? id : throw new JsonException("Not an id.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, MessageId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
