using Microsoft.Extensions.Logging;
using Waybill.Engine.Clearing;
using Waybill.Engine.Counting;
using Waybill.Engine.Journal;
using Waybill.Engine.Leasing;
using Waybill.Engine.Messages;
using Waybill.Engine.Outbox;
using Waybill.Engine.Routing;
using Waybill.Engine.Storage;
using Waybill.Engine.Suppression;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Accepting;

/// <summary>
/// What every way of taking messages in shares, be they posted, caused by an event or part of a book's unit of work: their streams' rules,
/// the suppression list, the rows, and what follows the COMMIT.
/// </summary>
public sealed partial class MessageIntake(
    StreamTable streams, UnsubscribeLinks links, InlineLane lane, Wakeup wakeup, TimeProvider clock, ILogger<MessageIntake> log)
{
    /// <summary>The first message that its stream does not take; null when all are taken.</summary>
    internal Acceptance.Refused? Refusal(IReadOnlyList<NewMessage> messages)
    {
        foreach (var (index, message) in messages.Index())
            if (Clearance.AtAcceptance(streams.Find(message.Stream), message, SuppressionList.None) is Clearance.Refuse(var sentence))
                return new(index, sentence);
        return null;
    }

    /// <summary>Works out what its rows need. Only where somebody waits for it is a message handed over within the call.</summary>
    internal AcceptedMessage Take(TenantId tenant, NewMessage message, bool mayBeInline)
    {
        var stream = streams.Find(message.Stream);
        var isInline = mayBeInline && stream.HandOver == HandOverMode.Inline && message.ScheduledAt is null;
        return new(tenant, links.AddTo(tenant, message, stream), stream, clock) { InlineOwner = isInline ? lane.Owner : null };
    }

    /// <summary>
    /// Within a unit of work: asks the suppression list once for all of them and appends the rows of those that are kept.
    /// </summary>
    internal static async ValueTask<IReadOnlyList<ClearedMessage>> AppendAsync(Session session, IReadOnlyList<AcceptedMessage> messages)
    {
        if (messages.Count == 0) return [];
        var addresses = messages.Where(message => message.Stream.AsksSuppressionList)
            .SelectMany(message => message.Message.Recipients, (_, recipient) => CanonicalAddress.Of(recipient.Mailbox.Address)).ToList();
        var found = await SuppressionRows.FindAsync(session, addresses, CancellationToken.None);
        var cleared = messages.Select(message => new ClearedMessage(message, Clear(message, found))).ToList();
        await MessageRows.AppendAsync(session, [.. cleared.Where(message => message.IsKept)]);
        return cleared;
    }

    /// <summary>After COMMIT: counts them, says which were not made, and wakes those who deliver the others.</summary>
    internal void Wake(IReadOnlyList<ClearedMessage> messages)
    {
        foreach (var message in messages)
        {
            if (message.IsKept) Instruments.Accepted.Add(1, Instruments.Tag("stream", message.Message.Stream.Name));
            else Tell(message);
        }

        if (messages.Any(message => message is { IsToGo: true, Claim: null })) wakeup.Signal();
    }

    /// <summary>After COMMIT: hands over those of inline streams, and says where each of them stands.</summary>
    internal async Task<IReadOnlyList<Standing>> HandOverAsync(IReadOnlyList<ClearedMessage> messages, long askedAt) => await Task.WhenAll(
        messages.Select(message => message.Claim is { } claim ? lane.HandOverAsync(claim, askedAt) : Task.FromResult(message.Standing)));

    static Clearance Clear(AcceptedMessage message, ILookup<(TenantId, string), SuppressedAddress> found)
    {
        var addresses = message.Message.Recipients.Select(recipient => recipient.Mailbox.Address.ToString());
        var suppressed = message.Stream.AsksSuppressionList
            ? SuppressionList.Stopped(found, message.Tenant, message.Stream.Name, addresses)
            : SuppressionList.None;
        return Clearance.AtAcceptance(message.Stream, message.Message, suppressed);
    }

    void Tell(ClearedMessage message)
    {
        var (stream, reason) = (message.Message.Stream, message.Reason!);
        LogDropped(
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

    [LoggerMessage(EventId = 2701, Message = "A message of the stream {Stream} was not made: {Reason}")]
    partial void LogDropped(LogLevel level, string stream, string reason);
}
