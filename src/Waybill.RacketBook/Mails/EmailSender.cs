using System.Text.Json;
using System.Text.Json.Nodes;
using Waybill.Engine.Composing;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Tenancy;
using Waybill.Mime.Addresses;
using Waybill.RacketBook.Emitting;
using Waybill.RacketBook.Logos;
using Waybill.RacketBook.Moderation;
using Waybill.RacketBook.Receipts;
using Waybill.RacketBook.Stringers;

namespace Waybill.RacketBook.Mails;

/// <summary>
/// The only place where RacketBook writes mails: a receipt, a notice of a proposal, an invitation. Each becomes a message of the engine's,
/// whose relays alone know how to reach one.
/// </summary>
public sealed class EmailSender(MailWriter writer)
{
    /// <summary>Tells which order a message is about.</summary>
    public const string OrderTag = "order";

    /// <summary>The mail with the link that makes a stringer's account.</summary>
    public const string InviteTemplate = "racketbook.invite";

    const string ReceiptTemplate = "racketbook.receipt";

    /// <summary>What a stringer's receipts are written and printed on; it is fetched before the unit that may send one.</summary>
    /// <param name="stringer">Whose.</param>
    /// <param name="logo">The logo at its head.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ReceiptStationery> FetchAsync(TenantId stringer, StringerLogo logo, CancellationToken cancellationToken)
    {
        var (stationery, refusal) = await writer.FetchAsync(stringer, ReceiptTemplate, brandName: null, cancellationToken);
        return new(stationery, refusal, logo);
    }

    /// <summary>The mail with a receipt, in the receipt's language.</summary>
    /// <param name="stringer">Whose brand it speaks for.</param>
    /// <param name="letter">What is sent, and to whom.</param>
    /// <param name="paper">The receipt as an attachment.</param>
    /// <param name="on">What it is written on.</param>
    public NewMessage Receipt(TenantId stringer, ReceiptLetter letter, NewAttachment paper, ReceiptStationery on)
    {
        var receipt = letter.Receipt;
        var writing = on.Stationery is null ? on.Refusal! : writer.Write(
            stringer,
            new TemplatedMail
            {
                Template = ReceiptTemplate,
                Locale = receipt.Locale,
                Stream = RacketBookBook.Receipts.Name,
                Recipients = letter.Addressee is Addressee.To(var mailbox) ? [new Recipient(0, RecipientKind.To, mailbox)] : [],
                Data = JsonSerializer.SerializeToElement(ReceiptSummary.Of(letter)),
                Attachments = [paper],
                Tags = [new(OrderTag, letter.Order.ToString("D"))],
            },
            on.Stationery);
        return Written(writing, ReceiptTemplate) with
        {
            SkipReason = (letter.Addressee as Addressee.Nobody)?.Reason,
            UnusableRecipient = (letter.Addressee as Addressee.Unusable)?.Text,
        };
    }

    /// <summary>Tells an admin of a proposal for the catalogue.</summary>
    public Task<NewMessage> ModerationNoticeAsync(
        TenantId sender, Submission submission, Addressed admin, string url, CancellationToken cancellationToken) => WriteAsync(
        sender,
        new TemplatedMail
        {
            Template = "racketbook.moderation",
            Locale = admin.Locale,
            Stream = RacketBookBook.Notices.Name,
            Recipients = [new Recipient(0, RecipientKind.To, admin.Mailbox)],
            Data = JsonSerializer.SerializeToElement(new JsonObject
            {
                ["kind"] = submission.Kind.Say(admin.Locale),
                ["label"] = submission.Label,
                ["stringer"] = submission.StringerName,
                ["url"] = url,
            }),
        },
        cancellationToken);

    /// <summary>Invites a stringer. Its link makes an account: no tenant's template, brand or relay has a part in it.</summary>
    /// <param name="journal">Whose journal has it.</param>
    /// <param name="stringer">Who is invited.</param>
    /// <param name="guest">Where, and in which language.</param>
    /// <param name="inviter">What the inviter is called.</param>
    /// <param name="url">The link.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<NewMessage> InviteAsync(
        TenantId journal, Stringer stringer, Addressed guest, string inviter, string url, CancellationToken cancellationToken)
    {
        var mail = new TemplatedMail
        {
            Template = InviteTemplate,
            Locale = guest.Locale,
            Stream = RacketBookBook.Notices.Name,
            Recipients = [new Recipient(0, RecipientKind.To, guest.Mailbox)],
            Data =
                JsonSerializer.SerializeToElement(new JsonObject { ["name"] = stringer.DisplayName, ["inviter"] = inviter, ["url"] = url }),
        };
        return Written(await writer.WriteForInstanceAsync(journal, mail, cancellationToken), InviteTemplate);
    }

    async Task<NewMessage> WriteAsync(TenantId tenant, TemplatedMail mail, CancellationToken cancellationToken) =>
        Written(await writer.WriteAsync(tenant, mail, cancellationToken), mail.Template);

    static NewMessage Written(Writing writing, string template) => writing switch
    {
        Writing.Written(var message) => message,
        Writing.Refused(var field, var sentence) => throw new MailRefusedException(template, field, sentence),
        _ => throw new System.Diagnostics.UnreachableException($"No mail for {writing.GetType().Name}."),
    };
}

/// <summary>What a stringer's receipts are written and printed on.</summary>
/// <param name="Stationery">Template and brand of the mail.</param>
/// <param name="Refusal">Why there is no stationery: that matters only once there is a mail to write.</param>
/// <param name="Logo">At the head of the paper.</param>
public sealed record ReceiptStationery(Stationery? Stationery, Writing.Refused? Refusal, StringerLogo Logo);

/// <summary>Somebody who gets a notice.</summary>
/// <param name="Mailbox">Where.</param>
/// <param name="Locale">In which language.</param>
public sealed record Addressed(Mailbox Mailbox, string Locale);

/// <summary>A receipt on its way.</summary>
/// <param name="Order">Of which order.</param>
/// <param name="Receipt">What it says.</param>
/// <param name="FirstName">What the client is called; empty: nobody knows.</param>
/// <param name="Addressee">Who gets it.</param>
/// <param name="IsUpdate">Whether the subject says that the client had one before.</param>
public sealed record ReceiptLetter(Guid Order, Receipt Receipt, string FirstName, Addressee Addressee, bool IsUpdate);

/// <summary>A template that somebody changed cannot be filled any more: nothing is done, and the sentence says what to mend.</summary>
public sealed class MailRefusedException(string template, string field, string sentence)
    : Exception($"The template {template} cannot be used ({field}): {sentence}");
