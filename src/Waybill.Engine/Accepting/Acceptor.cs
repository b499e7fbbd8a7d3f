using Waybill.Engine.Journal;
using Waybill.Engine.Keys;
using Waybill.Engine.Messages;
using Waybill.Engine.Secrets;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Accepting;

/// <summary>Takes messages in. What it returns is on disk.</summary>
public sealed class Acceptor : IAsyncDisposable
{
    readonly IDatabase database;
    readonly MessageIntake intake;
    readonly RequestHash hash;
    readonly TimeProvider clock;
    readonly Grouping<Posting, PostingResult> postings;

    /// <summary>Takes in through a database's door.</summary>
    public Acceptor(IDatabase database, MessageIntake intake, DataKeys keys, TimeProvider clock)
    {
        (this.database, this.intake, this.clock) = (database, intake, clock);
        hash = new(keys);
        postings = new(database.Writers, WriteAsync)
        {
            Owner = posting => posting.Messages is [var first, ..] ? first.Tenant.Value : Guid.Empty,
            Weight = posting => posting.Messages.Count,
        };
    }

    /// <summary>
    /// Takes in all of the messages or none, once for each idempotency key. A message of an inline stream is handed over before this
    /// returns, or its hand-over has been going on for 30 s; how that ends never changes that it was taken in.
    /// </summary>
    /// <param name="tenant">Whose messages they are; scopes the idempotency key.</param>
    /// <param name="apiKey">Who posts them; scopes the idempotency key.</param>
    /// <param name="messages">At least one.</param>
    /// <param name="key">The idempotency key, when the client sent one.</param>
    /// <param name="answer">Makes the answer that is kept under the key from the ids.</param>
    /// <exception cref="KeyNotFoundException">A message names a stream that there is not.</exception>
    /// <exception cref="StorageException">Nothing was taken in; or, when the database was lost during COMMIT, nobody knows.</exception>
    public async Task<Acceptance> AcceptAsync(
        TenantId tenant, ApiKeyId? apiKey, IReadOnlyList<NewMessage> messages, IdempotencyKey? key,
        Func<IReadOnlyList<MessageId>, string> answer)
    {
        if (intake.Refusal(messages) is { } refused) return refused;
        var askedAt = clock.GetTimestamp();
        var accepted = messages.Select(message => intake.Take(tenant, message, mayBeInline: true)).ToArray();
        var posting = new Posting(hash.Of(tenant, apiKey, key), answer([.. accepted.Select(message => message.Id)]), accepted);
        var (acceptance, cleared) = await postings.AddAsync(posting);
        intake.Wake(cleared);
        return acceptance is Acceptance.Accepted taken && cleared.Any(message => message.Claim is not null)
            ? taken with { Standings = await intake.HandOverAsync(cleared, askedAt) }
            : acceptance;
    }

    /// <summary>The answer kept under a key, before any work is done for a request that may be a repetition.</summary>
    public async Task<Acceptance?> FindAsync(TenantId tenant, ApiKeyId apiKey, IdempotencyKey key, CancellationToken cancellationToken) =>
        hash.Of(tenant, apiKey, key) is { } request
            ? await database.ReadAsync(session => PostingRows.FindAnswerAsync(session, request), cancellationToken)
            : null;

    async Task<IReadOnlyList<PostingResult>> WriteAsync(IReadOnlyList<Posting> group)
    {
        var results = await database.WriteAsync("accept", session => PostingRows.AppendAsync(session, group), CancellationToken.None);
        Steps.Reached("accept.after-commit");
        return results;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => postings.DisposeAsync();
}

/// <summary>One request's messages.</summary>
internal sealed record Posting(KnownRequest? Request, string Answer, IReadOnlyList<AcceptedMessage> Messages);

/// <summary>What a posting came to; its messages are there only when they were taken in now.</summary>
internal sealed record PostingResult(Acceptance Acceptance, IReadOnlyList<ClearedMessage> Messages);
