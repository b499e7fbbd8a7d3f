using System.Text.Json;

namespace Waybill.Engine.Bus;

/// <summary>
/// What is to be done about events of one type. Registered at the start; each event that is accepted from then on owes it one handling,
/// after the event's unit of work, in order for each subject, again until it succeeds or is parked.
/// </summary>
public sealed class Subscription
{
    readonly Func<JsonElement, Handling, CancellationToken, Task> handle;

    Subscription(string name, string eventType, HandlingPolicy policy, Func<JsonElement, Handling, CancellationToken, Task> handle)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(eventType);
        (Name, EventType, Policy, this.handle) = (name, eventType, policy, handle);
    }

    /// <summary>
    /// What it is called in the database: unique, and the same in every version of the program, e.g. <c>keysat.buyer_mails</c>.
    /// </summary>
    public string Name { get; }

    /// <summary>The events that it is for, by their type.</summary>
    public string EventType { get; }

    /// <summary>How its failures are retried.</summary>
    public HandlingPolicy Policy { get; }

    /// <summary>A subscription whose handler takes a C# type.</summary>
    /// <param name="name">See <see cref="Name"/>.</param>
    /// <param name="handler">
    /// Does it. What it writes through <see cref="Handling.CommitAsync"/> happens exactly once. If it returns without that, the bus settles
    /// the delivery afterwards: then a crash in between lets it run again (at least once).
    /// </param>
    /// <param name="eventType">The event type; null: that of the type's <see cref="EventNameAttribute"/>.</param>
    /// <param name="policy">How failures are retried; null: <see cref="HandlingPolicy.Standard"/>.</param>
    public static Subscription To<TEvent>(
        string name, Func<TEvent, Handling, CancellationToken, Task> handler, string? eventType = null, HandlingPolicy? policy = null)
        where TEvent : notnull => new(
            name,
            eventType ?? TypedEvents.NameOf(typeof(TEvent)),
            policy ?? HandlingPolicy.Standard,
            (data, handling, cancellationToken) => handler(Read<TEvent>(data), handling, cancellationToken));

    internal Task HandleAsync(JsonElement data, Handling handling, CancellationToken cancellationToken) =>
        handle(data, handling, cancellationToken);

    static TEvent Read<TEvent>(JsonElement data)
        where TEvent : notnull
    {
        try
        {
            return data.Deserialize<TEvent>(TypedEvents.Json)
                ?? throw new UnreadableEventException($"The data is null, and no {typeof(TEvent).Name}.");
        }
        catch (JsonException unlike)
        {
            throw new UnreadableEventException($"The data is no {typeof(TEvent).Name}: {unlike.Path} cannot be read.");
        }
    }
}

/// <summary>An event's data is not what the handler takes, or no longer there, and never will be: no further attempt is made.</summary>
internal sealed class UnreadableEventException(string message) : Exception(message);
