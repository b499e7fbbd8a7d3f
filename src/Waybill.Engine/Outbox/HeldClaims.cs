using System.Collections.Concurrent;
using Waybill.Engine.Messages;

namespace Waybill.Engine.Outbox;

/// <summary>
/// The claims that this process knows it holds. Only they are renewed: one that the database made and whose answer got lost on the way
/// runs out like that of a node that died, or its message would wait for as long as this process lives.
/// </summary>
internal sealed class HeldClaims
{
    readonly ConcurrentDictionary<MessageId, Claim> held = new();

    public IReadOnlyList<Claim> All => [.. held.Values];

    public void Add(IReadOnlyList<Claim> claims)
    {
        foreach (var claim in claims) held[claim.Message] = claim;
    }

    /// <summary>Forgets this very claim; a later one of the same message stays.</summary>
    public void Remove(Claim claim) => held.TryRemove(new(claim.Message, claim));

    public bool Holds(MessageId message, long token) => held.TryGetValue(message, out var claim) && claim.Token == token;
}
