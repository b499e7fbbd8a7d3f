namespace Waybill.Engine.Bus;

/// <summary>What a typed event says beside its data. Everything has a default.</summary>
public sealed record Publication
{
    /// <summary>What it happened to: handlers see the events about one subject in order. Null: no order is kept.</summary>
    public string? Subject { get; init; }

    /// <summary>Makes it idempotent within its source; null: a new one.</summary>
    public string? Id { get; init; }

    /// <summary>Where it happened; null: <c>urn:waybill</c>.</summary>
    public string? Source { get; init; }

    /// <summary>The event type; null: that of the C# type's <see cref="EventNameAttribute"/>.</summary>
    public string? Type { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset? Time { get; init; }
}
