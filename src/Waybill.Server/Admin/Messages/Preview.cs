using System.Text;
using System.Text.Encodings.Web;
using Waybill.Engine.Composing;
using Waybill.Engine.Journal;
using Waybill.Server.Http;

namespace Waybill.Server.Admin.Messages;

/// <summary>A message as a browser may show it: inline images as data, text where there is no HTML.</summary>
internal static class Preview
{
    const long LargestImage = 2 << 20;

    /// <summary>The answer for the frame; <c>?theme=dark</c> shows the mail as those see it who prefer dark.</summary>
    public static async Task<IResult> AnswerAsync(HttpContext context, Snapshot snapshot, AttachmentContent content)
    {
        context.Response.ShowsMail();
        return Results.Content(
            await DocumentAsync(snapshot, content, context.Request.Query["theme"] == "dark", context.RequestAborted),
            "text/html; charset=utf-8");
    }

    static async Task<string> DocumentAsync(Snapshot snapshot, AttachmentContent content, bool isDark, CancellationToken cancellationToken)
    {
        if (snapshot.Inputs.Html is not { } html)
            return $"<!doctype html><meta charset=utf-8><title>Preview</title><pre style=\"white-space:pre-wrap;font:14px/1.5 "
                + $"ui-monospace,monospace\">{HtmlEncoder.Default.Encode(snapshot.Inputs.Text ?? "")}</pre>";
        foreach (var image in snapshot.Attachments.Where(
            one => one.ContentId is not null && one.Size <= LargestImage && IsImage(one.ContentType)))
        {
            var source = "cid:" + image.ContentId;
            if (html.Contains(source, StringComparison.Ordinal))
                html = html.Replace(source, await DataAsync(image, content, cancellationToken), StringComparison.Ordinal);
        }

        return MailDocument.Shown(html, isDark);
    }

    /// <summary>Pictures only, and none that is a document itself.</summary>
    static bool IsImage(string type) => type is "image/png" or "image/jpeg" or "image/gif" or "image/webp";

    static async Task<string> DataAsync(AttachmentRecord image, AttachmentContent content, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream((int)image.Size);
        await foreach (var part in content.ReadAsync(image, cancellationToken)) bytes.Write(part.Span);
        return new StringBuilder("data:").Append(image.ContentType)
            .Append(";base64,").Append(Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length)).ToString();
    }
}
