using System.Collections.Concurrent;

namespace Waybill.Engine.Leasing;

/// <summary>
/// The claims that this process knows it holds. Only they are renewed: one that the database made and whose answer got lost on the way
/// runs out like that of a node that died, or its work would wait for as long as this process lives.
/// </summary>
/// <param name="key">Names what a claim is about.</param>
/// <param name="token">Its fencing token.</param>
internal sealed class HeldClaims<TKey, TClaim>(Func<TClaim, TKey> key, Func<TClaim, long> token)
    where TKey : notnull
    where TClaim : class
{
    readonly ConcurrentDictionary<TKey, TClaim> held = new();

    public IReadOnlyList<TClaim> All => [.. held.Values];

    public void Add(IReadOnlyList<TClaim> claims)
    {
        foreach (var claim in claims) held[key(claim)] = claim;
    }

    /// <summary>Forgets this very claim; a later one of the same work stays.</summary>
    public void Remove(TClaim claim) => held.TryRemove(new(key(claim), claim));

    public bool Holds(TKey one, long under) => held.TryGetValue(one, out var claim) && token(claim) == under;
}
