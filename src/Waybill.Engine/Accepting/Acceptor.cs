using Microsoft.Extensions.Logging;
using Waybill.Engine.Keys;
using Waybill.Engine.Messages;
using Waybill.Engine.Outbox;
using Waybill.Engine.Routing;
using Waybill.Engine.Sending;
using Waybill.Engine.Storage;
using Waybill.Engine.Suppression;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Accepting;

/// <summary>Takes messages in. What it returns is on disk.</summary>
public sealed partial class Acceptor : IAsyncDisposable
{
    readonly IDatabase database;
    readonly StreamTable streams;
    readonly UnsubscribeLinks links;
    readonly InlineLane lane;
    readonly Wakeup wakeup;
    readonly TimeProvider clock;
    readonly ILogger log;
    readonly Grouping<Posting, PostingResult> postings;

    /// <summary>Takes in through a database's door and wakes those who deliver.</summary>
    public Acceptor(
        IDatabase database, StreamTable streams, UnsubscribeLinks links, InlineLane lane, Wakeup wakeup, TimeProvider clock, ILogger<Acceptor> log)
    {
        this.database = database;
        this.streams = streams;
        this.links = links;
        this.lane = lane;
        this.wakeup = wakeup;
        this.clock = clock;
        this.log = log;
        postings = new(database.Writers, WriteAsync);
    }

    /// <summary>
    /// Takes in all of the messages or none, once for each idempotency key. A message of an inline stream is handed over before this
    /// returns, or its hand-over has been going on for 30 s; how that ends never changes that it was taken in.
    /// </summary>
    /// <param name="tenant">Whose messages they are.</param>
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
        if (Refusal(messages) is { } refused) return refused;
        var askedAt = clock.GetTimestamp();
        var accepted = messages.Select(message => Read(tenant, message)).ToArray();
        var posting = new Posting(apiKey, key, answer([.. accepted.Select(message => message.Id)]), accepted);
        var (acceptance, cleared) = await postings.AddAsync(posting);
        foreach (var message in cleared.Where(message => !message.IsKept)) Tell(message);
        if (cleared.Any(message => message is { IsToGo: true, Claim: null })) wakeup.Signal();
        return acceptance is Acceptance.Accepted taken && cleared.Any(message => message.Claim is not null)
            ? taken with { Standings = await HandOverAsync(cleared, askedAt) }
            : acceptance;
    }

    /// <summary>The answer kept under a key, before any work is done for a request that may be a repetition.</summary>
    public Task<Acceptance?> FindAsync(ApiKeyId apiKey, IdempotencyKey key, CancellationToken cancellationToken) =>
        database.ReadAsync(session => PostingRows.FindAnswerAsync(session, apiKey, key), cancellationToken);

    Acceptance.Refused? Refusal(IReadOnlyList<NewMessage> messages)
    {
        foreach (var (index, message) in messages.Index())
            if (Clearance.AtAcceptance(streams.Find(message.Stream), message, SuppressionList.None) is Clearance.Refuse(var sentence)) return new(index, sentence);
        return null;
    }

    AcceptedMessage Read(TenantId tenant, NewMessage message)
    {
        var stream = streams.Find(message.Stream);
        var isInline = stream.HandOver == HandOverMode.Inline && message.ScheduledAt is null;
        return new(tenant, links.AddTo(tenant, message, stream), stream, clock) { InlineOwner = isInline ? lane.Owner : null };
    }

    async Task<IReadOnlyList<Standing>> HandOverAsync(IReadOnlyList<ClearedMessage> messages, long askedAt) => await Task.WhenAll(
        messages.Select(message => message.Claim is { } claim ? lane.HandOverAsync(claim, askedAt) : Task.FromResult(message.Standing)));

    async Task<IReadOnlyList<PostingResult>> WriteAsync(IReadOnlyList<Posting> group)
    {
        var results = await database.WriteAsync("accept", session => PostingRows.AppendAsync(session, group), CancellationToken.None);
        Steps.Reached("accept.after-commit");
        return results;
    }

    void Tell(ClearedMessage message)
    {
        var (stream, reason) = (message.Message.Stream, message.Reason!);
        LogLeft(
            stream.OnNoRecipient switch
            {
                _ when message.Message.Message.Recipients.Count > 0 => LogLevel.Information,
                OnNoRecipient.Warn => LogLevel.Warning,
                OnNoRecipient.LogQuietly => LogLevel.Debug,
                _ => LogLevel.Information,
            },
            stream.Name,
            reason);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => postings.DisposeAsync();

    [LoggerMessage(EventId = 2701, Message = "A message of the stream {Stream} was not made: {Reason}")]
    partial void LogLeft(LogLevel level, string stream, string reason);
}

/// <summary>One request's messages.</summary>
internal sealed record Posting(ApiKeyId? ApiKey, IdempotencyKey? Key, string Answer, IReadOnlyList<AcceptedMessage> Messages);

/// <summary>What a posting came to; its messages are there only when they were taken in now.</summary>
internal sealed record PostingResult(Acceptance Acceptance, IReadOnlyList<ClearedMessage> Messages);
