using System.Net.Http.Headers;
using Waybill.Books.Reading;
using Waybill.Engine.Composing;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Emails;

/// <summary><c>GET /emails/{id}/attachments</c>, one of them, and the content behind its signed link.</summary>
internal static class EmailAttachments
{
    public static async Task<IResult> ListAsync(
        string id, HttpContext context, Caller caller, MessageJournal journal, AttachmentLinks links)
    {
        var (page, error) = Paging.Read(context.Request.Query);
        if (page is null) return error!;
        if (!MessageId.TryParse(id, null, out var message)
            || await journal.FindSnapshotAsync(caller.Tenant, message, context.RequestAborted) is not { } snapshot)
            return ApiError.NotFound("Email");
        var (attachments, hasMore) = Slice(snapshot.Attachments, page);
        return Results.Json(
            new AttachmentListAnswer(hasMore, [.. attachments.Select(one => links.Describe(message, one))]),
            ApiJson.Default.AttachmentListAnswer);
    }

    public static async Task<IResult> GetAsync(
        string id, string attachment, HttpContext context, Caller caller, MessageJournal journal, AttachmentLinks links)
    {
        if (!MessageId.TryParse(id, null, out var message) || !Guid.TryParseExact(attachment, "D", out var wanted)
            || await journal.FindAttachmentAsync(caller.Tenant, message, wanted, context.RequestAborted) is not { } found)
            return ApiError.NotFound("Attachment");
        return Results.Json(new AttachmentAnswer(links.Describe(message, found)), ApiJson.Default.AttachmentAnswer);
    }

    /// <summary>Whoever has the link has the content, until the link expires. It is never shown by a browser in our name.</summary>
    public static async Task<IResult> DownloadAsync(
        string id, string attachment, HttpContext context, MessageJournal journal, AttachmentContent content, AttachmentLinks links)
    {
        if (!MessageId.TryParse(id, null, out var message) || !Guid.TryParseExact(attachment, "D", out var wanted)
            || !links.IsValid(message, wanted, context.Request.Query)
            || await journal.FindAttachmentAsync(tenant: null, message, wanted, context.RequestAborted) is not { } found)
            return ApiError.NotFound("Attachment");
        context.Response.GivesFile();
        context.Response.ContentLength = found.Size;
        return Results.Stream(
            async output =>
            {
                await foreach (var part in content.ReadAsync(found, context.RequestAborted))
                    await output.WriteAsync(part, context.RequestAborted);
            },
            MediaTypeHeaderValue.TryParse(found.ContentType, out _) ? found.ContentType : "application/octet-stream",
            found.FileName);
    }

    static (IReadOnlyList<AttachmentRecord> Page, bool HasMore) Slice(IReadOnlyList<AttachmentRecord> all, ListPage page)
    {
        var start = page.After is { } after ? all.TakeWhile(one => one.Id != after).Count() + 1 : 0;
        var end = page.Before is { } before ? all.TakeWhile(one => one.Id != before).Count() : all.Count;
        if (page.Before is not null) start = Math.Max(0, end - page.Limit);
        var slice = all.Skip(start).Take(Math.Min(page.Limit, end - start)).ToList();
        return (slice, page.Before is null ? start + slice.Count < all.Count : start > 0);
    }
}

/// <summary>An attachment in the words of Resend's API.</summary>
internal record AttachmentRow(
    Guid Id, string Filename, long Size, string ContentType, string ContentDisposition,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
        string? ContentId,
    string DownloadUrl, string ExpiresAt);

/// <summary>One attachment.</summary>
internal sealed record AttachmentAnswer : AttachmentRow
{
    public AttachmentAnswer(AttachmentRow row) : base(row) { }

    public string Object { get; } = "attachment";
}

/// <summary>The attachments of a message, in their order.</summary>
internal sealed record AttachmentListAnswer(bool HasMore, IReadOnlyList<AttachmentRow> Data)
{
    public string Object { get; } = "list";
}
