using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Waybill.Engine.Messages;

/// <summary>
/// Names one message. A UUIDv7 (RFC 9562 §5.7), written in lower case with dashes on every wire: the millisecond, 21 bits that count and 53
/// that nobody can guess.
/// </summary>
[JsonConverter(typeof(MessageIdJson))]
public readonly record struct MessageId(Guid Value) : IParsable<MessageId>
{
    const int CounterBits = 21;
    const uint CounterMask = (1u << CounterBits) - 1;

    /// <summary>In the year 2109: beyond it a number would have no place in 63 bits.</summary>
    const long LastMillisecond = (1L << (63 - CounterBits)) - 1;

    /// <summary>
    /// It begins anywhere, so that a process that starts again under a clock that went back does not name the same numbers.
    /// </summary>
    static uint counter = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4));

    /// <summary>
    /// Millisecond and counter as one number: it sorts as the id does, and no two messages that a process takes in have the same. It is the
    /// row of the message among the words that are searched.
    /// </summary>
    public long Number
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            Value.TryWriteBytes(bytes, bigEndian: true, out _);
            var millisecond = BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16;
            var count = ((bytes[6] & 0x0F) << 17) | (bytes[7] << 9) | ((bytes[8] & 0x3F) << 3) | (bytes[9] >> 5);
            return (millisecond << CounterBits) | (long)count;
        }
    }

    /// <summary>A new id that sorts after the ones made before it.</summary>
    public static MessageId New(TimeProvider clock) => New(clock.GetUtcNow());

    /// <summary>A new id of a message that is accepted now.</summary>
    public static MessageId New(DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[9..]);
        Write(bytes, now, Interlocked.Increment(ref counter) & CounterMask);
        return new(new Guid(bytes, bigEndian: true));
    }

    /// <summary>The id that sorts before all that were accepted at this instant (to the millisecond) or later.</summary>
    public static MessageId FirstOf(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        Write(bytes, at, count: 0);
        return new(new Guid(bytes, bigEndian: true));
    }

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

    static void Write(Span<byte> bytes, DateTimeOffset at, uint count)
    {
        const int version = 0x70, variant = 0x80;
        BinaryPrimitives.WriteInt64BigEndian(bytes, Math.Clamp(at.ToUnixTimeMilliseconds(), 0, LastMillisecond) << 16);
        bytes[6] = (byte)(version | (count >> 17));
        bytes[7] = (byte)(count >> 9);
        bytes[8] = (byte)(variant | ((count >> 3) & 0x3F));
        bytes[9] = (byte)((count << 5) | (bytes[9] & 0x1Fu));
    }
}

/// <summary>Writes the id as a string; a string that is none is the sender's mistake, so it is told as such.</summary>
public sealed class MessageIdJson : JsonConverter<MessageId>
{
    /// <inheritdoc/>
    public override MessageId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        MessageId.TryParse(reader.GetString(), provider: null, out var id) ? id : throw new JsonException("Not an id.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, MessageId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
