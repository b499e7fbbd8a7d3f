using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Waybill.Server.Api.Emails;

/// <summary>
/// The content of an attachment as it was posted, in base64. A long one is decoded block by block out of the request's own octets whenever
/// it is wanted, and never held as a whole; it lives as long as the body does.
/// </summary>
internal sealed class PostedContent
{
    /// <summary>A multiple of three, for base64, and of the parts that are stored.</summary>
    const int BlockSize = 3 << 20;

    const int Short = 256 << 10;

    readonly byte[]? whole;
    readonly JsonElement text;
    byte[]? block;

    PostedContent(byte[] whole) => (this.whole, Length) = (whole, whole.Length);

    PostedContent(JsonElement text) => this.text = text;

    /// <summary>Octets, decoded.</summary>
    public long Length { get; private set; }

    /// <summary>Content that is there.</summary>
    public static PostedContent Of(byte[] whole) => new(whole);

    /// <summary>A text in base64; null when it is none.</summary>
    public static PostedContent? Read(JsonElement text)
    {
        if (text.ValueKind != JsonValueKind.String) return null;
        if (JsonMarshal.GetRawUtf8Value(text).Length <= Short) return text.TryGetBytesFromBase64(out var whole) ? new(whole) : null;
        try
        {
            var content = new PostedContent(text);
            content.Length = content.Blocks().Sum(block => (long)block.Length);
            return content;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The content, as often as it is asked for. What a block holds is gone with the next one.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Blocks()
    {
        if (whole is not null)
        {
            yield return whole;
            yield break;
        }

        var decoder = new Decoder(text);
        block ??= new byte[BlockSize];
        for (var length = decoder.Read(block); length > 0; length = decoder.Read(block)) yield return block.AsMemory(0, length);
    }

    /// <summary>Undoes JSON's escapes and base64 in small steps.</summary>
    sealed class Decoder(JsonElement text)
    {
        readonly byte[] held = new byte[64 << 10];
        int count;
        int at = 1; // behind the quotation mark

        /// <summary>Fills the block as far as the text goes.</summary>
        /// <exception cref="FormatException">The text is not base64.</exception>
        public int Read(Span<byte> block)
        {
            var raw = JsonMarshal.GetRawUtf8Value(text)[..^1];
            var written = 0;
            while (written < block.Length)
            {
                Take(raw);
                var isLast = at == raw.Length;
                // The last four may be the end of the text with nothing but blanks behind: they wait until that is known.
                var ready = isLast ? count : (count - 1) & ~3;
                var status = Base64.DecodeFromUtf8(held.AsSpan(0, ready), block[written..], out var consumed, out var decoded, isLast);
                if (status == System.Buffers.OperationStatus.InvalidData) throw new FormatException();
                held.AsSpan(consumed, count - consumed).CopyTo(held);
                count -= consumed;
                written += decoded;
                if (isLast && count == 0) break;
                if (consumed == 0 && decoded == 0 && written < block.Length) throw new FormatException(); // it would go on for ever
            }

            return written;
        }

        void Take(ReadOnlySpan<byte> raw)
        {
            while (count < held.Length && at < raw.Length)
            {
                var rest = raw[at..Math.Min(raw.Length, at + held.Length - count)];
                var plain = rest.IndexOfAny("\\ \t\r\n"u8);
                if (plain < 0) plain = rest.Length;
                rest[..plain].CopyTo(held.AsSpan(count));
                (count, at) = (count + plain, at + plain);
                if (plain < rest.Length) TakeOdd(raw);
            }
        }

        /// <summary>A blank, which means nothing, or an escape: PHP writes \/ for a slash, and .NET \u002B for a plus.</summary>
        void TakeOdd(ReadOnlySpan<byte> raw)
        {
            if (raw[at] != '\\')
            {
                at++;
                return;
            }

            var (octet, length) = raw[at + 1] switch
            {
                (byte)'/' => ((byte)'/', 2),
                (byte)'n' or (byte)'r' or (byte)'t' => ((byte)' ', 2),
                (byte)'u'
                    when Utf8Parser.TryParse(raw.Slice(at + 2, 4), out ushort code, out var digits, 'x') && digits == 4 && code < 128 =>
                        ((byte)code, 6),
                _ => throw new FormatException(),
            };
            at += length;
            if (octet is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')) held[count++] = octet;
        }
    }
}
