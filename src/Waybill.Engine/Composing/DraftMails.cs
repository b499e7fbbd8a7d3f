using Waybill.Engine.Brands;
using Waybill.Engine.Catalogue;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Relays;
using Waybill.Engine.Routing;
using Waybill.Engine.Tenancy;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Composing;

/// <summary>
/// Writes a mail from what somebody has just typed, to try it on themselves. What is sent is what the preview shows; the message stands by
/// itself, for the template that it was made from may never be kept.
/// </summary>
public sealed class DraftMails(Previewing previewing, BrandSender senders)
{
    /// <summary>The mail, or why it cannot be written.</summary>
    public async Task<Writing> WriteAsync(
        TenantId tenant, Template template, PreviewWish wish, Mailbox to, CancellationToken cancellationToken)
    {
        if (await previewing.BrandAsync(tenant, wish.Brand, cancellationToken) is not { } brand)
            return new Writing.Refused("brand", $"There is no brand `{wish.Brand}`.");
        return await previewing.PreviewAsync(tenant, template, brand, wish, cancellationToken) switch
        {
            Preview.Shown(_, var parts, _) =>
                new Writing.Written(Message(template, parts, brand, await senders.ForAsync(tenant, brand, cancellationToken), to)),
            Preview.Refused(var sentence, _) => new Writing.Refused("variables", sentence),
            var other => throw new System.Diagnostics.UnreachableException($"No rule for {other.GetType().Name}."),
        };
    }

    static NewMessage Message(Template template, MessageParts parts, Brand brand, SenderChoice sender, Mailbox to) => new()
    {
        From = template.Content.From is { } from ? Mailbox.Parse(from) : sender.ProgramFrom,
        Recipients = [new(0, RecipientKind.To, to)],
        Stream = Streams.Tests.Name,
        ReplyTo = template.Content.ReplyTo.Count > 0
            ? [.. template.Content.ReplyTo.Select(Mailbox.Parse)]
            : sender.ReplyTo is { } answers ? [answers] : [],
        Subject = parts.Subject,
        Text = parts.Text,
        Html = parts.Html,
        Attachments = MailWriter.LogoOf(parts, brand),
        RelayId = brand.Relay,
    };
}
