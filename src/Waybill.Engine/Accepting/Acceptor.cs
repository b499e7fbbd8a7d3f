using Waybill.Engine.Keys;
using Waybill.Engine.Outbox;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Accepting;

/// <summary>Takes messages in. What it returns is on disk.</summary>
public sealed class Acceptor : IAsyncDisposable
{
    readonly IDatabase database;
    readonly Wakeup wakeup;
    readonly TimeProvider clock;
    readonly Grouping<Posting, Acceptance> postings;

    /// <summary>Takes in through a database's door and wakes those who deliver.</summary>
    public Acceptor(IDatabase database, Wakeup wakeup, TimeProvider clock)
    {
        this.database = database;
        this.wakeup = wakeup;
        this.clock = clock;
        postings = new(database.Writers, WriteAsync);
    }

    /// <summary>Takes in all of the messages or none, once for each idempotency key.</summary>
    /// <param name="tenant">Whose messages they are.</param>
    /// <param name="apiKey">Who posts them; scopes the idempotency key.</param>
    /// <param name="messages">At least one.</param>
    /// <param name="key">The idempotency key, when the client sent one.</param>
    /// <param name="answer">Makes the answer that is kept under the key from the ids.</param>
    /// <exception cref="StorageException">Nothing was taken in; or, when the database was lost during COMMIT, nobody knows.</exception>
    public async Task<Acceptance> AcceptAsync(
        TenantId tenant, ApiKeyId? apiKey, IReadOnlyList<NewMessage> messages, IdempotencyKey? key,
        Func<IReadOnlyList<Messages.MessageId>, string> answer)
    {
        var accepted = messages.Select(message => new AcceptedMessage(tenant, message, clock)).ToArray();
        var posting = new Posting(apiKey, key, answer([.. accepted.Select(message => message.Id)]), accepted);
        var acceptance = await postings.AddAsync(posting);
        if (acceptance is Acceptance.Accepted) wakeup.Signal();
        return acceptance;
    }

    /// <summary>The answer kept under a key, before any work is done for a request that may be a repetition.</summary>
    public Task<Acceptance?> FindAsync(ApiKeyId apiKey, IdempotencyKey key, CancellationToken cancellationToken) =>
        database.ReadAsync(session => PostingRows.FindAnswerAsync(session, apiKey, key), cancellationToken);

    async Task<IReadOnlyList<Acceptance>> WriteAsync(IReadOnlyList<Posting> group)
    {
        var acceptances = await database.WriteAsync("accept", session => PostingRows.AppendAsync(session, group), CancellationToken.None);
        Steps.Reached("accept.after-commit");
        return acceptances;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => postings.DisposeAsync();
}

/// <summary>One request's messages.</summary>
internal sealed record Posting(ApiKeyId? ApiKey, IdempotencyKey? Key, string Answer, IReadOnlyList<AcceptedMessage> Messages);
