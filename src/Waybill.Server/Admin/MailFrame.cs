using System.Text.Encodings.Web;
using Waybill.Engine.Brands;
using Waybill.Engine.Composing;
using Waybill.Engine.Storage;
using Waybill.Screens.Framing;
using Waybill.Server.Http;

namespace Waybill.Server.Admin;

/// <summary>A mail that may never be sent, as a document of its own for a frame: it may run nothing and fetch nothing.</summary>
internal sealed class MailFrame(Previewing previewing, ContentStore content)
{
    /// <summary>The answer for the frame.</summary>
    public async Task<IResult> AnswerAsync(HttpContext context, Engine.Composing.Preview preview, Brand brand, bool isDark)
    {
        context.Response.ShowsMail();
        var html = preview switch
        {
            Engine.Composing.Preview.Shown(_, var parts, _) => await WithLogoAsync(parts.Html ?? "", brand.Logo, context.RequestAborted),
            Engine.Composing.Preview.Refused(var sentence, var problems) =>
            Sentence(context, sentence, problems.Where(problem => problem.IsFatal)
                .Select(problem => $"{problem.Locale} {problem.Line}:{problem.Column} {problem.Message}")),
            var other => throw new System.Diagnostics.UnreachableException($"No document for {other.GetType().Name}."),
        };
        return Results.Content(MailDocument.Shown(html, isDark), "text/html; charset=utf-8");
    }

    /// <summary>The answer for the frame where a form cannot be taken.</summary>
    public static IResult Answer(HttpContext context, IReadOnlyList<Fault> faults)
    {
        context.Response.ShowsMail();
        return Results.Content(Sentence(context, faults[0].Text, faults.Skip(1).Select(fault => fault.Text)), "text/html; charset=utf-8");
    }

    /// <summary>The brand that a preview is for; the default one where there is none of that name.</summary>
    public async Task<Brand> BrandAsync(HttpContext context, Engine.Tenancy.TenantId tenant, string? named) =>
        await previewing.BrandAsync(
        tenant, named, context.RequestAborted) ?? (await previewing.BrandAsync(tenant, named: null, context.RequestAborted))!;

    async Task<string> WithLogoAsync(string html, Logo? logo, CancellationToken cancellationToken)
    {
        const string source = "cid:" + BrandFaces.LogoContentId;
        if (logo is null || !html.Contains(source, StringComparison.Ordinal)) return html;
        using var bytes = new MemoryStream(logo.Size);
        await foreach (var part in content.ReadAsync(logo.Hash, cancellationToken)) bytes.Write(part.Span);
        return html.Replace(source, $"data:{logo.ContentType};base64,{Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length)}",
            StringComparison.Ordinal);
    }

    static string Sentence(HttpContext context, string sentence, IEnumerable<string> more) =>
        "<!doctype html><meta charset=utf-8><title>Preview</title><body style=\"margin:24px;font:16px/1.5 "
            + "system-ui,sans-serif;color:#211f1b;background:#fffefb\"><p>"
        + HtmlEncoder.Default.Encode(context.Say("mail.broken", sentence)) + "</p>"
        + string.Concat(more.Select(line => $"<p style=\"font:14px/1.5 ui-monospace,monospace\">{HtmlEncoder.Default.Encode(line)}</p>"));
}
