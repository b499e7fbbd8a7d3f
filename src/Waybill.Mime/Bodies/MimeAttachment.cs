using System.Buffers;
using System.Runtime.CompilerServices;
using Waybill.Mime.Addresses;

namespace Waybill.Mime.Bodies;

/// <summary>A file that goes with a message. Its content is pulled when the message is encoded and never held as a whole.</summary>
public sealed class MimeAttachment
{
    const int LongestContentId = 200;

    static readonly SearchValues<char> ContentIdCharacters =
        SearchValues.Create([.. Enumerable.Range(33, 94).Select(code => (char)code).Where(code => code is not ('<' or '>'))]);

    /// <summary>
    /// The name as given; on the wire path separators, controls and direction marks become <c>_</c>, and a name longer than 150 characters
    /// is cut before its extension.
    /// </summary>
    public required string FileName { get; init; }

    /// <summary>
    /// The media type as given, with parameters if any. <c>multipart/*</c>, <c>message/*</c> and what is not a media type are sent as
    /// <c>application/octet-stream</c>.
    /// </summary>
    public required string ContentType { get; init; }

    /// <summary>What the HTML part refers to as <c>cid:…</c>, without angle brackets; null for an ordinary attachment.</summary>
    /// <exception cref="ArgumentException"><see cref="IsContentId"/> says no.</exception>
    public string? ContentId
    {
        get;
        init => field = value is null || IsContentId(value)
            ? value
            : throw new ArgumentException(
                "A Content-ID is 1 to 200 printable ASCII characters without space or angle brackets.",
                nameof(value));
    }

    /// <summary>The exact number of octets that <see cref="Content"/> gives.</summary>
    public required long Length { get; init; }

    /// <summary>Opens the content, anew each time, as chunks of any size; a chunk is read before the next one is asked for.</summary>
    public required Func<CancellationToken, IAsyncEnumerable<ReadOnlyMemory<byte>>> Content { get; init; }

    /// <summary>An attachment whose content is in memory already.</summary>
    public static MimeAttachment FromMemory(
        string fileName, string contentType, ReadOnlyMemory<byte> content, string? contentId = null) => new()
        {
            FileName = fileName,
            ContentType = contentType,
            ContentId = contentId,
            Length = content.Length,
            Content = _ => Once(content),
        };

    /// <summary>True for 1 to 200 printable ASCII characters without space or angle brackets.</summary>
    public static bool IsContentId(string text) =>
        text.Length is > 0 and <= LongestContentId && !text.AsSpan().ContainsAnyExcept(ContentIdCharacters);

    /// <summary>The content, held to its announced length.</summary>
    internal async IAsyncEnumerable<ReadOnlyMemory<byte>> PullAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var missing = Length;
        await foreach (var chunk in Content(cancellationToken).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            missing -= chunk.Length;
            if (missing < 0) break;
            yield return chunk;
        }
        if (missing != 0)
        {
            throw new InvalidDataException($"The content of {Visible.Quote(FileName)} is not the {Length} octets it was announced to be.");
        }
    }

#pragma warning disable CS1998 // An asynchronous stream of what is at hand.
    static async IAsyncEnumerable<ReadOnlyMemory<byte>> Once(ReadOnlyMemory<byte> content)
    {
        yield return content;
    }
#pragma warning restore CS1998
}
