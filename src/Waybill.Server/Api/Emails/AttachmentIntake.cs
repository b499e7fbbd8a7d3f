using Waybill.Engine.Accepting;
using Waybill.Engine.Fetching;
using Waybill.Engine.Storage;

namespace Waybill.Server.Api.Emails;

/// <summary>Brings the content of attachments in, before their message is accepted: 40 MB in all, fetched where a URL was given.</summary>
internal sealed class AttachmentIntake(ContentStore store, AttachmentFetcher fetcher)
{
    /// <summary>Of all attachments of one message.</summary>
    public const long Largest = 40_000_000;

    static ApiError TooMuch => ApiError.BadAttachment("The attachments have more than 40 MB in all.");

    /// <summary>The attachments with their content stored, or the first thing that is wrong.</summary>
    public async Task<(IReadOnlyList<NewAttachment> Attachments, ApiError? Error)> TakeInAsync(
        IReadOnlyList<PostedAttachment> posted, CancellationToken cancellationToken)
    {
        if (posted.Sum(one => one.Content?.Length ?? 0) > Largest) return ([], TooMuch); // before any of it is stored
        var taken = new List<NewAttachment>(posted.Count);
        var left = Largest;
        foreach (var attachment in posted)
        {
            var (content, type, name, error) = await ContentAsync(attachment, left, cancellationToken);
            if (content is null) return ([], error);
            left -= content.Length;
            if (left < 0) return ([], TooMuch);
            var fileName = attachment.FileName ?? name ?? "attachment";
            taken.Add(new(
                fileName, attachment.ContentType ?? type ?? PostedAttachment.TypeOf(null, fileName), attachment.ContentId,
                await store.StoreAsync(content.Blocks, cancellationToken), (int)content.Length));
        }

        return (taken, null);
    }

    async Task<(PostedContent? Content, string? Type, string? Name, ApiError? Error)> ContentAsync(
        PostedAttachment attachment, long limit, CancellationToken cancellationToken)
    {
        if (attachment.Content is { } content) return (content, null, null, null);
        return await fetcher.FetchAsync(attachment.Url!, limit, cancellationToken) switch
        {
            FetchOutcome.Fetched fetched => (PostedContent.Of(Join(fetched)), fetched.ContentType, fetched.FileName, null),
            FetchOutcome.NotFetched(var sentence) => (null, null, null, ApiError.BadAttachment(sentence)),
            var other => throw new System.Diagnostics.UnreachableException($"No rule for {other.GetType().Name}."),
        };
    }

    static byte[] Join(FetchOutcome.Fetched fetched)
    {
        var whole = new byte[fetched.Length];
        var at = 0;
        foreach (var part in fetched.Parts)
        {
            part.CopyTo(whole.AsMemory(at));
            at += part.Length;
        }

        return whole;
    }
}
