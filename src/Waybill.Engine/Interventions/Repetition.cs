using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Suppression;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Interventions;

/// <summary>A new message that says what another one said.</summary>
internal static class Repetition
{
    public static NewMessage Of(MessageRecord message, Snapshot snapshot) => new()
    {
        From = Mailbox.Parse(snapshot.Inputs.From),
        Recipients =
        [
            .. message.Recipients.Where(InterventionRules.HasAddress)
                .Select(recipient => new Recipient(recipient.Position, recipient.Kind, Mailbox.Parse(recipient.Mailbox))),
        ],
        Stream = message.Stream,
        ReplyTo = [.. snapshot.Inputs.ReplyTo.Select(Mailbox.Parse)],
        Subject = snapshot.Inputs.Subject,
        Text = snapshot.Inputs.Text,
        Html = snapshot.Inputs.Html,
        Headers =
            [.. snapshot.Inputs.Headers.Where(
                header => !header.Name.StartsWith(UnsubscribeLinks.Header, StringComparison.OrdinalIgnoreCase))],
        Tags = message.Tags,
        Attachments =
            [.. snapshot.Attachments.Select(
                one => new NewAttachment(one.FileName, one.ContentType, one.ContentId, one.Hash, one.Size) { Document = one.Document })],
        Origin = snapshot.Inputs.Origin,
        Sealed = snapshot is { Sealed: { } box, SealedUntil: { } until } ? new SealedParts(box, until) : null,
        EventId = message.EventId,
        RelayId = message.RelayId,
    };
}
