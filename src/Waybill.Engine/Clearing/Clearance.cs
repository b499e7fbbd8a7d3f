using System.Diagnostics;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Routing;
using Waybill.Engine.Suppression;

namespace Waybill.Engine.Clearing;

/// <summary>
/// Whether a message may be handed over, and to whom. Pure functions of what is known when it is accepted, and again before each hand-over.
/// </summary>
internal abstract record Clearance
{
    const string NoRelay = "no relay is configured; set SMTP_HOST";

    private Clearance() { }

    /// <summary>
    /// It may go to all who wait for it but those in <paramref name="Stopped"/>, whose reason stands beside their position.
    /// </summary>
    public sealed record Go(IReadOnlyDictionary<int, string> Stopped) : Clearance;

    /// <summary>
    /// It goes to nobody and has its last status. <paramref name="Stopped"/> are those whose own reason differs from the message's.
    /// </summary>
    public sealed record Settle(MessageStatus Status, string Reason, IReadOnlyDictionary<int, string> Stopped) : Clearance;

    /// <summary>It goes to nobody, and nothing is kept of it but a line in the log.</summary>
    public sealed record Leave(string Reason) : Clearance;

    /// <summary>It is not taken in: an error to whoever posts it.</summary>
    public sealed record Refuse(string Sentence) : Clearance;

    /// <summary>Nobody is in its way.</summary>
    public static Go Free { get; } = new(NoOne);

    static IReadOnlyDictionary<int, string> NoOne => new Dictionary<int, string>();

    /// <summary>When a message is accepted.</summary>
    /// <param name="stream">The policy.</param>
    /// <param name="message">What was posted.</param>
    /// <param name="suppressed">Its addresses that are on the suppression list.</param>
    public static Clearance AtAcceptance(
        StreamPolicy stream, NewMessage message, IReadOnlyDictionary<string, SuppressedAddress> suppressed)
    {
        if (message.SkipReason is { } skip)
        {
            return stream.OnNoRecipient is OnNoRecipient.Keep
                ? new Settle(MessageStatus.SkippedNoEmail, skip, NoOne)
                : new Refuse($"The stream {stream.Name} keeps no message that is not to be sent ({skip}).");
        }

        if (message.Recipients.Count == 0) return ForNobody(stream, message);
        var stopped = message.Recipients.Where(recipient => suppressed.ContainsKey(recipient.Mailbox.Address.ToString()))
            .ToDictionary(recipient => recipient.Position, recipient => suppressed[recipient.Mailbox.Address.ToString()].Sentence);
        if (stopped.Count == 0) return Free;
        return stopped.Count < message.Recipients.Count ? new Go(stopped) : AllSuppressed(stream, stopped);
    }

    /// <summary>Before a hand-over.</summary>
    /// <param name="stream">The policy.</param>
    /// <param name="isRelayConfigured">False when the relay only captures because nobody chose one.</param>
    /// <param name="recipients">All recipients, also those that earlier attempts settled.</param>
    /// <param name="suppressed">Addresses that are on the suppression list.</param>
    /// <param name="senderObjection">Why its tenant may not send from its address by this relay; null: it may.</param>
    public static Clearance BeforeHandOver(
        StreamPolicy stream, bool isRelayConfigured, IReadOnlyCollection<RecipientRecord> recipients,
        IReadOnlyDictionary<string, SuppressedAddress> suppressed, string? senderObjection = null)
    {
        if (!isRelayConfigured && WithoutRelay(stream) is { } end) return AfterOthers(recipients, end);
        if (senderObjection is not null)
            return AfterOthers(recipients, new Settle(MessageStatus.Failed, $"{Reasons.SenderNotGranted}: {senderObjection}", NoOne));
        var waiting = recipients.Where(recipient => recipient.Waits).ToList();
        var stopped = waiting.Where(recipient => suppressed.ContainsKey(recipient.Address))
            .ToDictionary(recipient => recipient.Position, recipient => suppressed[recipient.Address].Sentence);
        if (stopped.Count == 0) return Free;
        return stopped.Count < waiting.Count ? new Go(stopped) : AfterOthers(recipients, AllSuppressed(stream, stopped));
    }

    /// <summary>What some got already is sent; what was tried leaves its traces.</summary>
    static Clearance AfterOthers(IReadOnlyCollection<RecipientRecord> recipients, Clearance end)
    {
        var got = recipients.Count(recipient => recipient.Status == "accepted");
        var (reason, stopped) = end switch
        {
            Settle settle => (settle.Reason, settle.Stopped),
            Leave leave => (leave.Reason, NoOne),
            _ => throw new UnreachableException($"{end.GetType().Name} is no end."),
        };
        if (got > 0)
            return new Settle(
                MessageStatus.Sent, $"{recipients.Count - got} of {recipients.Count} recipients without it: {reason}", stopped);
        return end is Leave && recipients.Any(recipient => recipient.Reply is not null)
            ? new Settle(MessageStatus.Failed, reason, stopped)
            : end;
    }

    static Clearance ForNobody(StreamPolicy stream, NewMessage message) => (stream.OnNoRecipient, message.UnusableRecipient) switch
    {
        (OnNoRecipient.Keep, { } text) => new Settle(MessageStatus.Failed, $"{Reasons.InvalidAddress}: {text}", NoOne),
        (OnNoRecipient.Keep, _) => new Settle(MessageStatus.SkippedNoEmail, Reasons.NoEmail, NoOne),
        (OnNoRecipient.Refuse, _) => new Refuse($"A message of the stream {stream.Name} needs a recipient."),
        (OnNoRecipient.Warn(var setting), _) => new Leave($"there is no recipient; set {setting}"),
        _ => new Leave("there is no recipient"),
    };

    static Clearance AllSuppressed(StreamPolicy stream, IReadOnlyDictionary<int, string> stopped)
    {
        var reason = string.Join("; ", stopped.Values.Distinct(StringComparer.Ordinal));
        return stream.OnSuppressed switch
        {
            OnSuppressed.Suppress => new Settle(MessageStatus.Suppressed, reason, stopped),
            OnSuppressed.Fail => new Settle(MessageStatus.Failed, $"{Reasons.RecipientSuppressed}: {reason}", stopped),
            OnSuppressed.Log => new Leave($"every recipient is suppressed: {reason}"),
            OnSuppressed.SendAnyway => Free,
            _ => throw new UnreachableException($"No clearance for {stream.OnSuppressed}."),
        };
    }

    static Clearance? WithoutRelay(StreamPolicy stream) => stream.OnNoRelay switch
    {
        OnNoRelay.Capture => null,
        OnNoRelay.Fail => new Settle(MessageStatus.Failed, $"{Reasons.RelayNotConfigured}: {NoRelay}", NoOne),
        OnNoRelay.DropWithWarning => new Settle(MessageStatus.DroppedNoSmtp, NoRelay, NoOne),
        OnNoRelay.Log => new Leave(NoRelay),
        _ => throw new UnreachableException($"No clearance for {stream.OnNoRelay}."),
    };
}
