using System.Text.Json;
using Waybill.Engine.Messages;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Events;

/// <summary>An event as the journal has it; its secret values are masked.</summary>
public sealed record EventRecord
{
    /// <summary>Its id here.</summary>
    public required EventKey Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Where it happened.</summary>
    public required string Source { get; init; }

    /// <summary>Its sender's id for it.</summary>
    public required string SenderId { get; init; }

    /// <summary>What happened.</summary>
    public required string Type { get; init; }

    /// <summary>What it happened to.</summary>
    public string? Subject { get; init; }

    /// <summary>When it happened, as its sender says.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>When it was taken in.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>The media type of the data.</summary>
    public string? DataContentType { get; init; }

    /// <summary>The schema of the data.</summary>
    public string? DataSchema { get; init; }

    /// <summary>Further attributes.</summary>
    public IReadOnlyDictionary<string, JsonElement> Extensions { get; init; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    /// <summary>Its data.</summary>
    public required JsonElement Data { get; init; }

    /// <summary>As it was published, but for its secrets, which stay masked.</summary>
    internal NewEvent Again() => new()
    {
        Source = Source,
        Id = SenderId,
        Type = Type,
        Subject = Subject,
        Time = Time,
        DataContentType = DataContentType,
        DataSchema = DataSchema,
        Extensions = Extensions,
        Data = Data,
    };
}

/// <summary>What an event caused.</summary>
/// <param name="Messages">By its routes.</param>
/// <param name="Deliveries">To handlers.</param>
/// <param name="Faults">Of its routes.</param>
public sealed record EventEffects(
    IReadOnlyList<CausedMessage> Messages, IReadOnlyList<CausedDelivery> Deliveries, IReadOnlyList<RecordedFault> Faults);

/// <summary>A message that an event caused.</summary>
public sealed record CausedMessage(MessageId Id, string Stream, MessageStatus Status);

/// <summary>What the bus owes or owed a subscription.</summary>
/// <param name="Subscription">Whom.</param>
/// <param name="State">behind, queued, handling, handled or parked.</param>
/// <param name="Attempts">Handlings that ended.</param>
/// <param name="DueAt">When it is tried next, while it waits.</param>
/// <param name="SettledAt">When it was handled or parked.</param>
/// <param name="Reason">The words of the last failure.</param>
public sealed record CausedDelivery(
    string Subscription, string State, int Attempts, DateTimeOffset? DueAt, DateTimeOffset? SettledAt, string? Reason);

/// <summary>A fault of a route as it was recorded.</summary>
public sealed record RecordedFault(Guid Route, DateTimeOffset At, string Reason);

/// <summary>How much an event caused.</summary>
/// <param name="Messages">By its routes.</param>
/// <param name="Deliveries">To handlers.</param>
/// <param name="Parked">Of these, given up.</param>
/// <param name="Faults">Of its routes.</param>
public sealed record EventTally(int Messages, int Deliveries, int Parked, int Faults);
