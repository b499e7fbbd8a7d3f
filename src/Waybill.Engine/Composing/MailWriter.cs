using Waybill.Engine.Accepting;
using Waybill.Engine.Tenancy;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Composing;

/// <summary>Writes mails from templates. A stand-in until templates render: it names the template and no value of its data.</summary>
public sealed class MailWriter
{
    readonly Mailbox sender = Mailbox.Parse("Waybill <waybill@localhost.localdomain>");

    /// <summary>Writes one mail; outside of any unit of work.</summary>
    public Task<Writing> WriteAsync(TenantId tenant, TemplatedMail mail, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<Writing>(new Writing.Written(new NewMessage
        {
            From = mail.From ?? sender,
            Recipients = mail.Recipients,
            Stream = mail.Stream,
            Subject = mail.Subject ?? mail.Template,
            Text = $"Template {mail.Template}.",
            ReplyTo = mail.ReplyTo,
            Headers = mail.Headers,
            Tags = mail.Tags,
            Attachments = mail.Attachments,
            ScheduledAt = mail.ScheduledAt,
            EventId = mail.CausedBy,
        }));
    }
}
