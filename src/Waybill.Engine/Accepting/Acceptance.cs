using Waybill.Engine.Messages;

namespace Waybill.Engine.Accepting;

/// <summary>What acceptance came to.</summary>
public abstract record Acceptance
{
    private Acceptance() { }

    /// <summary>The messages are on disk, and what their streams say is done with them.</summary>
    public sealed record Accepted(IReadOnlyList<MessageId> Ids, string Answer) : Acceptance
    {
        /// <summary>Where each message stands, in the order of the ids.</summary>
        public IReadOnlyList<Standing> Standings { get; init; } = [];
    }

    /// <summary>The stream of one message does not take it, for the reason that the sentence gives; nothing was done.</summary>
    public sealed record Refused(int Index, string Sentence) : Acceptance;

    /// <summary>The same request came before under this key; this is the answer that it got.</summary>
    public sealed record Replayed(string Answer) : Acceptance;

    /// <summary>Another request came before under this key; nothing was done.</summary>
    public sealed record KeyReused : Acceptance;
}

/// <summary>
/// An idempotency key of one API key and tenant: within 24 h the same request under the same key gets the first answer, another one is
/// refused.
/// </summary>
/// <param name="Key">1 to 256 characters, chosen by the client.</param>
/// <param name="RequestHash">SHA-256 over route and body.</param>
public sealed record IdempotencyKey(string Key, byte[] RequestHash);
