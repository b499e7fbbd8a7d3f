using System.Text.Json;
using Waybill.Engine.Composing;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Routing;
using Waybill.Mime.Addresses;
using Waybill.Mime.Headers;
using Waybill.Server.Http;

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
        var fields = new FieldReader(json);
        var email = Read(fields, now);
        return fields.Error is { } error ? (null, error) : (email, null);
    }

    static PostedEmail? Read(FieldReader fields, DateTimeOffset now)
    {
        var from = fields.Text("from", LongestMailbox) is { } sender ? Parse(fields, "from", sender) : null;
        var recipients = Recipients(fields);
        var subject = fields.Line("subject", LongestSubject);
        var replyTo = fields.Texts("reply_to", MostRecipients, LongestMailbox).Select(text => Parse(fields, "reply_to", text)).OfType<Mailbox>().ToList();
        var attachments = fields.Objects("attachments", MostAttachments).Select(item => PostedAttachment.Read(fields, item)).OfType<PostedAttachment>().ToList();
        var (text, html) = (fields.Text("text", LongestBody), fields.Text("html", LongestBody));
        var (headers, tags, scheduledAt) = (Headers(fields), Tags(fields), ScheduledAt(fields, now));
        var template = PostedTemplateUse.Read(fields);
        RequireFields(fields, template is not null); // last, for a field of the wrong type is not a missing one
        if (fields.Error is not null) return null;
        if (template is not null) return new(Message: null, Templated(template, from, recipients, subject, replyTo, headers, tags, scheduledAt), attachments);

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
    static void RequireFields(FieldReader fields, bool isTemplated)
    {
        foreach (var name in isTemplated ? (ReadOnlySpan<string>)["to"] : ["from", "to", "subject"])
            if (!fields.Has(name)) fields.Refuse(ApiError.Missing(name));
        if (fields.Has("topic_id")) fields.Refuse(ApiError.Invalid("The `topic_id` field names a topic; Waybill has no topics."));
        var hasBody = fields.Has("html") || fields.Has("text");
        if (isTemplated && hasBody) fields.Refuse(ApiError.Invalid("Give either `template` or `html` and `text`, not both."));
        if (!isTemplated && !hasBody) fields.Refuse(new(422, "missing_required_field", "Missing `html` or `text` field."));
    }

    static List<Recipient> Recipients(FieldReader fields)
    {
        var recipients = new List<Recipient>();
        foreach (var (name, kind) in (ReadOnlySpan<(string, RecipientKind)>)[("to", RecipientKind.To), ("cc", RecipientKind.Cc), ("bcc", RecipientKind.Bcc)])
        {
            foreach (var text in fields.Texts(name, MostRecipients, LongestMailbox))
                if (Parse(fields, name, text) is { } mailbox) recipients.Add(new(recipients.Count, kind, mailbox));
        }

        if (fields.Has("to") && !recipients.Exists(recipient => recipient.Kind == RecipientKind.To)) fields.Refuse(ApiError.Invalid("The `to` field names nobody."));
        return Once(recipients);
    }

    /// <summary>An address that stands in two fields gets the message once, where it stands first.</summary>
    static List<Recipient> Once(List<Recipient> recipients) =>
        [.. recipients.DistinctBy(recipient => recipient.Mailbox.Address)];

    static Mailbox? Parse(FieldReader fields, string name, string text)
    {
        if (Mailbox.TryParse(text, out var mailbox, out var problem)) return mailbox;
        fields.Refuse(ApiError.Invalid($"Invalid `{name}` field. {problem} It should look like `email@example.com` or `Name <email@example.com>`."));
        return null;
    }

    static List<HeaderField> Headers(FieldReader fields)
    {
        var headers = new List<HeaderField>();
        foreach (var (name, value) in fields.Pairs("headers", MostHeaders, LongestHeader))
        {
            if (MimeHeader.TryCreate(name, value, out _, out var problem) && (problem = ProblemOf(value)) is null) headers.Add(new(name, value));
            else fields.Refuse(ApiError.Invalid($"Invalid `headers` field. {problem}"));
        }

        return headers;
    }

    /// <summary>A tab is white space in a header (RFC 5322 §2.2.3).</summary>
    static string? ProblemOf(string header) =>
        NameText.Objection(header.Replace('\t', ' ')) is { } character ? $"A value may not hold the character {character}." : null;

    static List<Tag> Tags(FieldReader fields)
    {
        var tags = new List<Tag>();
        foreach (var item in fields.Objects("tags", 50))
        {
            var tag = new FieldReader(item);
            var (name, value) = (tag.Text("name", 256), tag.Text("value", 256));
            if (tag.Error is null && IsTagText(name) && IsTagText(value)) tags.Add(new(name!, value!));
            else fields.Refuse(ApiError.Invalid("Each entry of `tags` needs a `name` and a `value` of ASCII letters, digits, `_` and `-`, at most 256 characters each."));
        }

        return tags;
    }

    static bool IsTagText(string? text) =>
        !string.IsNullOrEmpty(text) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    static DateTimeOffset? ScheduledAt(FieldReader fields, DateTimeOffset now)
    {
        if (fields.Text("scheduled_at", 100) is not { } text) return null;
        var (at, error) = Schedule.Read(text, now);
        if (error is not null) fields.Refuse(error);
        return at;
    }
}
