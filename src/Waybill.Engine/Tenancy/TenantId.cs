using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Waybill.Engine.Tenancy;

/// <summary>Names one tenant. A UUIDv7, written in lower case with dashes on every wire.</summary>
[JsonConverter(typeof(TenantIdJson))]
public readonly record struct TenantId(Guid Value) : IParsable<TenantId>
{
    /// <summary>Nobody's and everybody's: what ships with the program. No tenant has this id, and no key acts for it.</summary>
    public static TenantId Everybody => default;

    /// <summary>A new id that sorts after the ones made before it.</summary>
    public static TenantId New(TimeProvider clock) => new(Guid.CreateVersion7(clock.GetUtcNow()));

    /// <inheritdoc/>
    public static TenantId Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not an id.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TenantId result)
    {
        var parsed = Guid.TryParseExact(s, "D", out var value);
        result = new TenantId(value);
        return parsed;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}

/// <summary>Writes the id as a string; a string that is none is the sender's mistake, so it is told as such.</summary>
public sealed class TenantIdJson : JsonConverter<TenantId>
{
    /// <inheritdoc/>
    public override TenantId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TenantId.TryParse(reader.GetString(), provider: null, out var id) ? id : throw new JsonException("Not an id.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TenantId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
