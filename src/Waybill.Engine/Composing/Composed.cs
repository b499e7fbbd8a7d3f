using System.Buffers;
using Waybill.Engine.Journal;
using Waybill.Mime;
using Waybill.Smtp;

namespace Waybill.Engine.Composing;

/// <summary>A message's bytes, what fixes them, and their SHA-256.</summary>
/// <param name="Composition">What fixes them beside the inputs.</param>
/// <param name="Hash">SHA-256.</param>
/// <param name="Size">Octets.</param>
/// <param name="NeedsSmtpUtf8">An address in the headers is beyond ASCII.</param>
/// <param name="Read">Reads them; a chunk is valid until the next one is asked for.</param>
public sealed record Composed(
    Composition Composition, byte[] Hash, long Size, bool NeedsSmtpUtf8,
    Func<CancellationToken, IAsyncEnumerable<ReadOnlyMemory<byte>>> Read)
{
    /// <summary>What they are the bytes of.</summary>
    public required MimeMessage Message { get; init; }

    /// <summary>Whether secret values stand masked in it.</summary>
    public bool IsMasked { get; init; }

    /// <summary>As it goes to a relay.</summary>
    public MessageContent Content => new(Size, Read) { NeedsSmtpUtf8 = NeedsSmtpUtf8 };

    /// <summary>All of them at once.</summary>
    public async Task<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        var whole = new ArrayBufferWriter<byte>((int)Math.Max(1, Size));
        await foreach (var chunk in Read(cancellationToken)) whole.Write(chunk.Span);
        return whole.WrittenSpan.ToArray();
    }
}
