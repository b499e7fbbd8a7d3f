using System.Text.Json;
using System.Text.Json.Serialization;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Events;

/// <summary>A rule that makes a message of each event of one type: which stream, which template, to whom.</summary>
public sealed record EventRoute
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>What it says.</summary>
    public required RouteRule Rule { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>What a route says.</summary>
public sealed record RouteRule
{
    /// <summary>The events that it is for, by their type.</summary>
    public required string EventType { get; init; }

    /// <summary>All of them must hold; none: every event of the type.</summary>
    public IReadOnlyList<RouteCondition> Conditions { get; init; } = [];

    /// <summary>The stream whose policy delivers the message.</summary>
    public required string Stream { get; init; }

    /// <summary>The template, by id or alias.</summary>
    public required string Template { get; init; }

    /// <summary>Where the event says who gets it: <c>{{data.buyer_email}}</c>, one address or a list of them.</summary>
    public required string Recipient { get; init; }

    /// <summary>The brand: a word, or a path as for the recipient; null: the tenant's default.</summary>
    public string? Brand { get; init; }

    /// <summary>The language: a word, or a path as for the recipient; null: the brand's.</summary>
    public string? Locale { get; init; }

    /// <summary>A route that is not enabled is kept and does nothing.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>Whether it is about this event.</summary>
    public bool Matches(NewEvent e) => IsEnabled && e.Type == EventType && Conditions.All(condition => condition.Holds(e));
}

/// <summary>One condition: the value at a path is this one.</summary>
/// <param name="Path">As in <see cref="EventPath"/>, without braces.</param>
/// <param name="Value">A text, a number, true or false; or null: there is no such value.</param>
public sealed record RouteCondition(string Path, [property: JsonPropertyName("equals")] JsonElement Value)
{
    /// <summary>Whether it holds: a text is equal to the same text only, 1 to 1.0.</summary>
    public bool Holds(NewEvent e) => EventPath.TryParse(Path)?.In(e) is { } value
        ? JsonElement.DeepEquals(value, Value)
        : Value.ValueKind == JsonValueKind.Null;
}
