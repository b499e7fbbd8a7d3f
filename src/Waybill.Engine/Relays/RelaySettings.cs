using System.Text.Json;
using System.Text.Json.Serialization;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Relays;

/// <summary>All that a relay is told but for its secret.</summary>
public sealed record RelaySettings
{
    /// <summary>How it is reached.</summary>
    public required RelayRoute Route { get; init; }

    /// <summary>Who it was set up for: the sender of tests, and whose domain it may be used for where no other is listed.</summary>
    public string? From { get; init; }

    /// <summary>The domains that it may be used for, as they were listed; empty: the one of <see cref="From"/>.</summary>
    public IReadOnlyList<string> SenderDomains { get; init; } = [];

    /// <summary>Rate and caps.</summary>
    public RelayLimits Limits { get; init; } = new();

    /// <summary>Connections at a time; default 8.</summary>
    public int Sessions { get; init; } = 8;

    /// <summary>The domains that it may be used for (product.md, ruling 22).</summary>
    [JsonIgnore]
    public IReadOnlyList<string> AllowedDomains =>
        SenderDomains.Count > 0 || From is null ? SenderDomains : [Mailbox.Parse(From).Address.Domain];

    /// <summary>As it is kept.</summary>
    public string Pack() => JsonSerializer.Serialize(this, RelaySettingsJson.Default.RelaySettings);

    /// <summary>As it was kept.</summary>
    public static RelaySettings Unpack(string kept) => JsonSerializer.Deserialize(kept, RelaySettingsJson.Default.RelaySettings)!;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RelaySettings))]
internal sealed partial class RelaySettingsJson : JsonSerializerContext;
