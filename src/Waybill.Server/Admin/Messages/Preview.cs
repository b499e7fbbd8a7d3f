using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Waybill.Engine.Composing;
using Waybill.Engine.Journal;

namespace Waybill.Server.Admin.Messages;

/// <summary>A message as a browser may show it: inline images as data, text where there is no HTML.</summary>
internal static partial class Preview
{
    const long LargestImage = 2 << 20;

    /// <summary>The document for the frame.</summary>
    /// <param name="snapshot">The message's.</param>
    /// <param name="content">Where its pictures are.</param>
    /// <param name="isDark">As it looks to those who prefer dark.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<string> DocumentAsync(Snapshot snapshot, AttachmentContent content, bool isDark, CancellationToken cancellationToken)
    {
        if (snapshot.Inputs.Html is not { } html)
            return $"<!doctype html><meta charset=utf-8><title>Preview</title><pre style=\"white-space:pre-wrap;font:14px/1.5 ui-monospace,monospace\">{HtmlEncoder.Default.Encode(snapshot.Inputs.Text ?? "")}</pre>";
        foreach (var image in snapshot.Attachments.Where(one => one.ContentId is not null && one.Size <= LargestImage && IsImage(one.ContentType)))
        {
            var source = "cid:" + image.ContentId;
            if (html.Contains(source, StringComparison.Ordinal)) html = html.Replace(source, await DataAsync(image, content, cancellationToken), StringComparison.Ordinal);
        }

        return Reaching().Replace(Preference().Replace(html, isDark ? "min-width:0" : "max-width:0"), "<no");
    }

    /// <summary>The sheet of a mail asks what the reader prefers; the choice beside the frame answers, not the operator's own.</summary>
    [GeneratedRegex(@"prefers-color-scheme\s*:\s*dark", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Preference();

    /// <summary>
    /// What has a browser connect before any policy is asked (<c>rel=preconnect</c>, the address of a frame): that alone would tell somebody that
    /// the mail was looked at. Under another name it is an element like any other, and the rest of the mail stays as it is.
    /// </summary>
    [GeneratedRegex("<(?=(link|iframe|frame|object|embed|base)[\\s/>])", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Reaching();

    /// <summary>Pictures only, and none that is a document itself.</summary>
    static bool IsImage(string type) => type is "image/png" or "image/jpeg" or "image/gif" or "image/webp";

    static async Task<string> DataAsync(AttachmentRecord image, AttachmentContent content, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream((int)image.Size);
        await foreach (var part in content.ReadAsync(image, cancellationToken)) bytes.Write(part.Span);
        return new StringBuilder("data:").Append(image.ContentType).Append(";base64,").Append(Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length)).ToString();
    }
}
