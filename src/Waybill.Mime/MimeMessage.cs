using System.Runtime.CompilerServices;
using Waybill.Mime.Addresses;
using Waybill.Mime.Bodies;
using Waybill.Mime.Encodings;
using Waybill.Mime.Headers;

namespace Waybill.Mime;

/// <summary>
/// A message to be written (RFC 5322, RFC 2045–2049). The same values give the same bytes at any time, in any culture and zone. Every
/// line ends with CRLF and has at most 998 octets; every octet is printable ASCII, except in an address for which <see
/// cref="NeedsSmtpUtf8"/> holds.
/// </summary>
public sealed class MimeMessage
{
    const int ChunkLength = 64 * 1024;
    const int SliceLength = 32 * 1024;

    /// <summary>The author.</summary>
    public required Mailbox From { get; init; }

    /// <summary>Who sends for the author; not written when it is the author.</summary>
    public Mailbox? Sender { get; init; }

    /// <summary>The recipients named in To.</summary>
    public IReadOnlyList<Mailbox> To { get; init; } = [];

    /// <summary>The recipients named in Cc. There is no Bcc: hidden recipients are in the envelope only.</summary>
    public IReadOnlyList<Mailbox> Cc { get; init; } = [];

    /// <summary>Where answers go; empty for the author.</summary>
    public IReadOnlyList<Mailbox> ReplyTo { get; init; } = [];

    /// <summary>
    /// The subject as text. A run of control characters or line separators in it is written as one space, those at its ends not at all.
    /// </summary>
    public required string Subject { get; init; }

    /// <summary>When the message was composed; its offset is the zone that is written.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>The Message-ID with its angle brackets, at most 250 characters (RFC 5322 §3.6.4).</summary>
    /// <exception cref="ArgumentException">It is not <c>&lt;dot-atom@dot-atom&gt;</c>.</exception>
    public required string MessageId
    {
        get;
        init => field = MessageIdentifier.IsValid(value)
            ? value
            : throw new ArgumentException(
                "A Message-ID looks like <left@right>, both sides dot-atoms, and has at most 250 characters.",
                nameof(value));
    }

    /// <summary>The plain text, with line ends of any kind.</summary>
    public string? Text { get; init; }

    /// <summary>The HTML, with line ends of any kind.</summary>
    public string? Html { get; init; }

    /// <summary>Files; those with a Content-ID go with the HTML, where there is one.</summary>
    public IReadOnlyList<MimeAttachment> Attachments { get; init; } = [];

    /// <summary>Further header fields, written in this order after the message's own.</summary>
    public IReadOnlyList<MimeHeader> Headers { get; init; } = [];

    /// <summary>Any text; the boundaries between parts are derived from it and from nothing else.</summary>
    public required string BoundarySeed { get; init; }

    /// <summary>
    /// True when a mailbox in the headers has a local part beyond ASCII: only a relay with SMTPUTF8 (RFC 6531) may be given the bytes.
    /// </summary>
    public bool NeedsSmtpUtf8 =>
        From.Address.NeedsSmtpUtf8 || Sender is { Address.NeedsSmtpUtf8: true }
        || AnyNeedsSmtpUtf8(To) || AnyNeedsSmtpUtf8(Cc) || AnyNeedsSmtpUtf8(ReplyTo);

    /// <summary>The bytes in order. A chunk may be read until the next one is asked for; a message without files is one chunk.</summary>
    /// <exception cref="InvalidDataException">An attachment's content is not as long as announced.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> EncodeAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var output = new OctetBuffer(ExpectedLength());
        foreach (var file in Write(output))
        {
            var lines = new Base64Lines(output);
            await foreach (var content in file.PullAsync(cancellationToken).ConfigureAwait(false))
            {
                for (var rest = content; !rest.IsEmpty; rest = rest[Math.Min(rest.Length, SliceLength)..])
                {
                    lines.Append(rest.Span[..Math.Min(rest.Length, SliceLength)]);
                    if (output.Length < ChunkLength) continue;
                    yield return output.Written;
                    output.Clear();
                }
            }
            lines.Finish();
        }
        if (!output.EndsLine) output.EndLine();
        yield return output.Written;
    }

    /// <summary>
    /// The exact number of octets <see cref="EncodeAsync"/> gives. It writes all but the files, whose part is arithmetic.
    /// </summary>
    public long MeasureLength()
    {
        using var output = new OctetBuffer(ExpectedLength());
        var files = 0L;
        foreach (var file in Write(output)) files += Base64Lines.EncodedLength(file.Length);
        if (!output.EndsLine) output.EndLine();
        return files + output.Length;
    }

    IEnumerable<MimeAttachment> Write(OctetBuffer output)
    {
        MessageHeaders.Write(this, output);
        return new PartWriter(BoundarySeed, output).Write(Part.Of(this));
    }

    int ExpectedLength()
    {
        var text = 2048L + (Text?.Length ?? 0) + (Html?.Length ?? 0);
        return (int)Math.Min(text + text / 4 + (Attachments.Count > 0 ? ChunkLength + SliceLength : 0), Array.MaxLength / 2);
    }

    static bool AnyNeedsSmtpUtf8(IReadOnlyList<Mailbox> mailboxes)
    {
        foreach (var mailbox in mailboxes)
        {
            if (mailbox.Address.NeedsSmtpUtf8) return true;
        }
        return false;
    }
}
