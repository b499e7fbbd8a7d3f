using System.Text.Json;
using Waybill.Books.Reading;
using Waybill.Engine.Composing;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Routing;
using Waybill.Mime.Addresses;
using Waybill.Mime.Headers;

namespace Waybill.Server.Api.Emails;

/// <summary>
/// An email as Resend's clients post it, read and checked but for the content of its attachments. Limits: 50 recipients in each of to, cc
/// and bcc; 2,000 characters of subject; 5 million each of text and HTML; 100 headers of 10,000 characters; 50 tags; 100 attachments.
/// </summary>
internal sealed record PostedEmail(NewMessage? Message, TemplatedMail? Mail, IReadOnlyList<PostedAttachment> Attachments)
{
    const int MostRecipients = 50;
    const int LongestMailbox = 1_000;
    const int LongestSubject = 2_000;
    const int LongestBody = 5_000_000;
    const int MostHeaders = 100;
    const int LongestHeader = 10_000;
    const int MostAttachments = 100;

    /// <summary>Whether more is to be done than to write it down; a repetition is answered without.</summary>
    public bool NeedsWork => Mail is not null || Attachments.Count > 0;

    /// <summary>Reads it, or says the first thing that is wrong.</summary>
    public static (PostedEmail? Email, ApiError? Error) Read(JsonElement json, DateTimeOffset now)
    {
        if (json.ValueKind != JsonValueKind.Object) return (null, ApiError.Invalid("An email must be a JSON object."));
        var fields = Fields.Exact(json);
        var email = Read(fields, now);
        return fields.Error() is { } error ? (null, error) : (email, null);
    }

    static PostedEmail? Read(Fields fields, DateTimeOffset now)
    {
        var from = fields.Text("from", LongestMailbox) is { } sender ? Parse(fields, "from", sender) : null;
        var recipients = Recipients(fields);
        var subject = fields.Line("subject", LongestSubject);
        var replyTo = fields.Texts("reply_to", MostRecipients, LongestMailbox).Select(text => Parse(fields, "reply_to", text))
            .OfType<Mailbox>().ToList();
        var attachments = fields.Objects("attachments", MostAttachments).Select((item, at) => PostedAttachment.Read(fields, item, at))
            .OfType<PostedAttachment>().ToList();
        var (text, html) = (fields.Text("text", LongestBody), fields.Text("html", LongestBody));
        var (headers, tags, scheduledAt) = (Headers(fields), Tags(fields), ScheduledAt(fields, now));
        var template = PostedTemplateUse.Read(fields);
        RequireFields(fields, template is not null); // last, for a field of the wrong type is not a missing one
        if (fields.Fault is not null) return null;
        if (template is not null)
            return new(Message: null, Templated(template, from, recipients, subject, replyTo, headers, tags, scheduledAt), attachments);

        return new(
            new NewMessage
            {
                From = from!,
                Recipients = recipients,
                Stream = Streams.Api.Name,
                ReplyTo = replyTo,
                Subject = subject!,
                Text = text,
                Html = html,
                Headers = headers,
                Tags = tags,
                ScheduledAt = scheduledAt,
            },
            Mail: null,
            attachments);
    }

    static TemplatedMail Templated(
        PostedTemplateUse template, Mailbox? from, IReadOnlyList<Recipient> recipients, string? subject, IReadOnlyList<Mailbox> replyTo,
        IReadOnlyList<HeaderField> headers, IReadOnlyList<Tag> tags, DateTimeOffset? scheduledAt) => new()
        {
            Template = template.Id,
            Locale = template.Locale,
            Brand = template.Brand,
            Data = template.Variables,
            Stream = Streams.Api.Name,
            Recipients = recipients,
            From = from,
            ReplyTo = replyTo,
            Subject = subject,
            Headers = headers,
            Tags = tags,
            ScheduledAt = scheduledAt,
        };

    /// <summary>A template brings sender, subject and bodies; a sender and a subject of the email's own go before them.</summary>
    static void RequireFields(Fields fields, bool isTemplated)
    {
        foreach (var name in isTemplated ? (ReadOnlySpan<string>)["to"] : ["from", "to", "subject"])
            if (!fields.HasValue(name)) fields.Wrong(name, "missing");
        if (fields.HasValue("topic_id")) fields.Wrong("topic_id", "email.topic");
        var hasBody = fields.HasValue("html") || fields.HasValue("text");
        if (isTemplated && hasBody) fields.Wrong("template", "email.either");
        if (!isTemplated && !hasBody) fields.Wrong("html", "missing.either", new FieldName("text"));
    }

    static List<Recipient> Recipients(Fields fields)
    {
        var recipients = new List<Recipient>();
        foreach (var (name,
            kind) in (ReadOnlySpan<(string, RecipientKind)>)[("to", RecipientKind.To), ("cc", RecipientKind.Cc),
                ("bcc", RecipientKind.Bcc)])
        {
            foreach (var text in fields.Texts(name, MostRecipients, LongestMailbox))
                if (Parse(fields, name, text) is { } mailbox) recipients.Add(new(recipients.Count, kind, mailbox));
        }

        if (fields.HasValue("to") && !recipients.Exists(recipient => recipient.Kind == RecipientKind.To))
            fields.Wrong("to", "email.nobody");
        return Once(recipients);
    }

    /// <summary>An address that stands in two fields gets the message once, where it stands first.</summary>
    static List<Recipient> Once(List<Recipient> recipients) =>
        [.. recipients.DistinctBy(recipient => recipient.Mailbox.Address)];

    static Mailbox? Parse(Fields fields, string name, string text)
    {
        if (Mailbox.TryParse(text, out var mailbox, out var problem)) return mailbox;
        fields.Wrong(name, "mailbox.odd", problem);
        return null;
    }

    static List<HeaderField> Headers(Fields fields)
    {
        var headers = new List<HeaderField>();
        foreach (var (name, value) in fields.Pairs("headers", MostHeaders, LongestHeader))
        {
            if (MimeHeader.TryCreate(name, value, out _, out var problem) && (problem = ProblemOf(value)) is null)
                headers.Add(new(name, value));
            else fields.Wrong("headers", "field.odd", problem);
        }

        return headers;
    }

    /// <summary>A tab is white space in a header (RFC 5322 §2.2.3).</summary>
    static string? ProblemOf(string header) =>
        NameText.Objection(header.Replace('\t', ' ')) is { } character ? $"A value may not hold the character {character}." : null;

    static List<Tag> Tags(Fields fields)
    {
        var tags = new List<Tag>();
        foreach (var item in fields.Objects("tags", 50))
        {
            var tag = Fields.Exact(item);
            var (name, value) = (tag.Text("name", 256), tag.Text("value", 256));
            if (tag.Fault is null && IsTagText(name) && IsTagText(value)) tags.Add(new(name!, value!));
            else fields.Wrong("tags", "email.tags");
        }

        return tags;
    }

    static bool IsTagText(string? text) =>
        !string.IsNullOrEmpty(text) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    static DateTimeOffset? ScheduledAt(Fields fields, DateTimeOffset now)
    {
        if (fields.Text("scheduled_at", 100) is not { } text) return null;
        return Schedule.Read(fields, text, now);
    }
}
