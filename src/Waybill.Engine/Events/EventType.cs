namespace Waybill.Engine.Events;

/// <summary>
/// What the program knows about events of one type: which values of their data are secret, and for how long they are needed.
/// </summary>
/// <param name="Name">The type, e.g. <c>account.reset_requested</c>.</param>
/// <param name="SecretPaths">
/// Paths into the data, names joined by dots (<c>reset_url</c>, <c>user.code</c>); a list on the way means each of its entries. A value
/// there is kept as ••••, and sealed for handlers until all of them are done.
/// </param>
/// <param name="Lifetime">After this time it is erased even if a handler has not run.</param>
public sealed record EventType(string Name, IReadOnlyList<string> SecretPaths, TimeSpan Lifetime);

/// <summary>The event types that code registered; events of other types have no secrets.</summary>
public sealed class EventTypes
{
    readonly Dictionary<string, EventType> byName = new(StringComparer.Ordinal);

    /// <summary>Takes over what was registered.</summary>
    /// <exception cref="ArgumentException">Two are registered under one name.</exception>
    public EventTypes(IEnumerable<EventType> registered)
    {
        foreach (var type in registered)
            if (!byName.TryAdd(type.Name, type))
                throw new ArgumentException($"The event type '{type.Name}' is registered twice.", nameof(registered));
    }

    /// <summary>The type of that name, when it was registered.</summary>
    public EventType? Find(string name) => byName.GetValueOrDefault(name);
}
