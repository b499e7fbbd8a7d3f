using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Net.Http.Headers;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Tenancy;
using Waybill.Server.Http;

namespace Waybill.Server.Admin.Messages;

/// <summary>
/// Messages as comma-separated values (RFC 4180), written as they are read: a million of them take no more memory than a few hundred. What
/// a spreadsheet would take for a formula gets an apostrophe before it.
/// </summary>
internal static class MessageCsv
{
    const int Chunk = 500;

    static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    public static IResult Answer(HttpContext context, MessageSearch search, Tenant tenant, MessageFilter filter, DateTimeOffset now)
    {
        var name = $"messages-{tenant.Name}-{now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.csv";
        context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = name }.ToString();
        return Results.Stream(output => WriteAsync(output, search, tenant.Id, filter, context.RequestAborted), "text/csv; charset=utf-8");
    }

    static async Task WriteAsync(
        Stream output, MessageSearch search, TenantId tenant, MessageFilter filter, CancellationToken cancellationToken)
    {
        await output.WriteAsync(
            Line("accepted_at", "id", "status", "stream", "from", "to", "subject", "reason", "tags", "message_id"), cancellationToken);
        var (after, hasMore) = (default(MessageId?), true);
        while (hasMore)
        {
            (var page, hasMore) = await search.FindAsync(tenant, filter, Chunk, after, before: null, cancellationToken);
            foreach (var message in page) await output.WriteAsync(Line(message), cancellationToken);
            if (page.Count > 0) after = page[^1].Id;
        }
    }

    static byte[] Line(MessageRecord message) => Line(
        message.AcceptedAt.OnTheWire(), message.Id.ToString(), message.Status.Word(), message.Stream, message.Sender,
        string.Join("; ", message.Recipients.Select(recipient => recipient.Mailbox)), message.Subject, message.Reason ?? "",
        string.Join("; ", message.Tags.Select(tag => $"{tag.Name}={tag.Value}")), message.HeaderId);

    static byte[] Line(params ReadOnlySpan<string> cells)
    {
        var line = new StringBuilder();
        foreach (var cell in cells) line.Append(line.Length > 0 ? "," : "").Append(Cell(cell));
        return Encoding.UTF8.GetBytes(line.Append("\r\n").ToString());
    }

    /// <summary>One cell, as it may stand between commas.</summary>
    internal static string Cell(string text)
    {
        var harmless = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
        return harmless.AsSpan().ContainsAny(Quoted) ? $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : harmless;
    }
}
