namespace Waybill.Mime.Bodies;

/// <summary>One entity of a message's body (RFC 2045 §2.4).</summary>
abstract record Part
{
    private Part() { }

    /// <summary>A readable text; the subtype is <c>plain</c> or <c>html</c>.</summary>
    internal sealed record Text(string Subtype, string Content) : Part;

    /// <summary>A file; inline when something refers to it.</summary>
    internal sealed record File(MimeAttachment Attachment) : Part;

    /// <summary>Parts in order (RFC 2046 §5.1); <paramref name="Depth"/> tells its boundary from those around it.</summary>
    internal sealed record Multi(string Subtype, int Depth, IReadOnlyList<Part> Parts) : Part;

    /// <summary>
    /// mixed(alternative(text, related(html, inline files)), files), each level only where there is something to put into it.
    /// </summary>
    internal static Part Of(MimeMessage message)
    {
        var inline = message.Html is null ? [] : Files(message, inline: true);
        var files = message.Html is null
            ? [.. message.Attachments.Select(attachment => new File(attachment))]
            : Files(message, inline: false);
        var body = Body(message, inline);
        if (files.Count == 0) return body ?? new Text("plain", "");
        return new Multi("mixed", 1, body is null ? files : [body, .. files]);
    }

    static Part? Body(MimeMessage message, List<Part> inline)
    {
        var text = message.Text is null ? null : new Text("plain", message.Text);
        var html = message.Html is null ? null : Related(new Text("html", message.Html), inline);
        return text is null || html is null ? html ?? text : new Multi("alternative", 2, [text, html]);
    }

    static Part Related(Text html, List<Part> inline) => inline.Count == 0 ? html : new Multi("related", 3, [html, .. inline]);

    static List<Part> Files(MimeMessage message, bool inline)
    {
        var files = new List<Part>();
        foreach (var attachment in message.Attachments)
        {
            if (attachment.ContentId is not null == inline) files.Add(new File(attachment));
        }
        return files;
    }
}
