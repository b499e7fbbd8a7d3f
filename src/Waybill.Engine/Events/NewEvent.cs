using System.Text.Encodings.Web;
using System.Text.Json;

namespace Waybill.Engine.Events;

/// <summary>An event as it was published, checked: the context attributes of CloudEvents 1.0 and its data.</summary>
public sealed record NewEvent
{
    /// <summary>Of a text attribute, in characters.</summary>
    public const int LongestText = 512;

    /// <summary>Of <see cref="Data"/> as compact JSON, in octets: 1 MiB.</summary>
    public const int LargestData = 1 << 20;

    /// <summary>Relaxed: the journal is no HTML page, and an escape takes six octets for two.</summary>
    internal static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Where it happened, a URI reference. With <see cref="Id"/> it makes the event idempotent within its tenant.</summary>
    public required string Source { get; init; }

    /// <summary>Its sender's id for it.</summary>
    public required string Id { get; init; }

    /// <summary>What happened, e.g. <c>license.issued</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What it happened to. Handlers see the events about one subject in order.</summary>
    public string? Subject { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The media type of the data; null means JSON.</summary>
    public string? DataContentType { get; init; }

    /// <summary>The schema that the data keeps, a URI.</summary>
    public string? DataSchema { get; init; }

    /// <summary>Further attributes: texts, numbers and booleans.</summary>
    public IReadOnlyDictionary<string, JsonElement> Extensions { get; init; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    /// <summary>What is known about it: any JSON value, or none.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>The data as compact JSON; the same for two texts that differ in white space or escapes only.</summary>
    internal byte[] DataBytes()
    {
        if (Data is not { ValueKind: not JsonValueKind.Undefined } data) return "null"u8.ToArray();
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Compact)) data.WriteTo(writer);
        return buffer.ToArray();
    }
}
