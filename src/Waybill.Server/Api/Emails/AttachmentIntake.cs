using Waybill.Engine.Fetching;
using Waybill.Engine.Journal;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.Server.Bodies;

namespace Waybill.Server.Api.Emails;

/// <summary>
/// Brings the content of attachments in, before their message is accepted: 40 MB in all, fetched where a URL was given. What is fetched
/// takes of the memory of bodies, as what is posted does.
/// </summary>
internal sealed class AttachmentIntake(ContentStore store, AttachmentFetcher fetcher, BodyBudget budget)
{
    /// <summary>Of all attachments of one message.</summary>
    public const long Largest = 40_000_000;

    static ApiError TooMuch => ApiError.BadAttachment("The attachments have more than 40 MB in all.");

    /// <summary>The attachments with their content stored, or the first thing that is wrong.</summary>
    /// <exception cref="BodyRefusedException">There is no memory for what is fetched.</exception>
    public async Task<(IReadOnlyList<NewAttachment> Attachments, ApiError? Error)> TakeInAsync(
        TenantId tenant, IReadOnlyList<PostedAttachment> posted, CancellationToken cancellationToken)
    {
        if (posted.Sum(one => one.Content?.Length ?? 0) > Largest) return ([], TooMuch); // before any of it is stored
        var taken = new List<NewAttachment>(posted.Count);
        var left = Largest;
        foreach (var attachment in posted)
        {
            using var memory = budget.Open(tenant.Value);
            var (content, error) = await ContentAsync(attachment, left, memory, cancellationToken);
            if (content is null) return ([], error);
            left -= content.Length;
            if (left < 0) return ([], TooMuch);
            var fileName = attachment.FileName ?? content.FileName ?? "attachment";
            taken.Add(new(
                fileName, attachment.ContentType ?? content.Type ?? PostedAttachment.TypeOf(null, fileName), attachment.ContentId,
                await store.StoreAsync(content.Blocks, cancellationToken), (int)content.Length));
        }

        return (taken, null);
    }

    async Task<(Content? Content, ApiError? Error)> ContentAsync(
        PostedAttachment attachment, long limit, BodyLease memory, CancellationToken cancellationToken)
    {
        if (attachment.Content is { } posted) return (new(posted.Blocks, posted.Length), null);
        return await fetcher.FetchAsync(
            attachment.Url!, limit, octets => KeepAsync(memory, octets, cancellationToken), cancellationToken) switch
        {
            FetchOutcome.Fetched fetched => (Of(fetched), null),
            FetchOutcome.NotFetched(var sentence) => (null, ApiError.BadAttachment(sentence)),
            var other => throw new System.Diagnostics.UnreachableException($"No rule for {other.GetType().Name}."),
        };
    }

    /// <summary>A file without an octet is one empty block.</summary>
    static Content Of(FetchOutcome.Fetched fetched) =>
        new(
            () => fetched.Length > 0 ? fetched.Parts : [default],
            fetched.Length)
        { Type = fetched.ContentType, FileName = fetched.FileName };

    static async ValueTask KeepAsync(BodyLease memory, int octets, CancellationToken cancellationToken)
    {
        if (!await memory.TakeAsync(octets, cancellationToken)) throw BodyRefusedException.Busy();
    }

    /// <summary>What one attachment holds, in blocks of whole mebibytes but for the last.</summary>
    sealed record Content(Func<IEnumerable<ReadOnlyMemory<byte>>> Blocks, long Length)
    {
        public string? Type { get; init; }

        public string? FileName { get; init; }
    }
}
