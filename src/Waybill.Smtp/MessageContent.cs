namespace Waybill.Smtp;

/// <summary>The octets of a message, header and body, before dot-stuffing.</summary>
/// <param name="length">How many octets there are. A content that yields another number is not handed over.</param>
/// <param name="read">
/// Reads them from the beginning; called again for another attempt. A piece must stay as it is until the next one is asked for.
/// </param>
/// <remarks>
/// Lines should end in CRLF and have at most 998 octets (RFC 5322 §2.1.1), 7-bit. A bare CR or LF is sent as CRLF; nothing else is changed.
/// </remarks>
public sealed class MessageContent(long length, Func<CancellationToken, IAsyncEnumerable<ReadOnlyMemory<byte>>> read)
{
    /// <summary>How many octets the content has, as SIZE announces it (RFC 1870).</summary>
    public long Length => length;

    /// <summary>
    /// A header holds an address beyond ASCII, so that only a relay that offers SMTPUTF8 may be given the content (RFC 6531 §3.6), whoever
    /// is in the envelope; default false.
    /// </summary>
    public bool NeedsSmtpUtf8 { get; init; }

    /// <summary>A content that is held in memory.</summary>
    public static MessageContent FromMemory(ReadOnlyMemory<byte> octets) =>
        new(octets.Length, _ => new[] { octets }.ToAsyncEnumerable());

    /// <summary>Reads the octets from the beginning. A piece stays as it is until the next one is asked for.</summary>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> Read(CancellationToken cancellationToken) => read(cancellationToken);
}
