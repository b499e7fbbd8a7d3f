namespace Waybill.Engine.Bus;

/// <summary>The subscriptions of this program.</summary>
public sealed class Subscriptions
{
    readonly Dictionary<string, Subscription> byName = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<Subscription>> byType = new(StringComparer.Ordinal);

    /// <summary>Takes over what was registered.</summary>
    /// <exception cref="ArgumentException">Two are registered under one name.</exception>
    public Subscriptions(IEnumerable<Subscription> registered)
    {
        foreach (var one in registered)
        {
            if (!byName.TryAdd(one.Name, one))
                throw new ArgumentException($"The subscription '{one.Name}' is registered twice.", nameof(registered));
            if (!byType.TryGetValue(one.EventType, out var ofType)) byType.Add(one.EventType, ofType = []);
            ofType.Add(one);
        }
    }

    /// <summary>Those that are to hear of events of a type.</summary>
    public IReadOnlyList<Subscription> To(string eventType) => byType.TryGetValue(eventType, out var ofType) ? ofType : [];

    /// <summary>The subscription of that name; null when this program has none.</summary>
    public Subscription? Find(string name) => byName.GetValueOrDefault(name);
}
