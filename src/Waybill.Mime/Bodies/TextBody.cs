using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text;
using Waybill.Mime.Encodings;

namespace Waybill.Mime.Bodies;

/// <summary>A text in UTF-8 under the transfer encoding that suits it, every kind of line end made CRLF exactly once.</summary>
readonly ref struct TextBody : IDisposable
{
    /// <summary>Longer lines are safer quoted: relays are known to cut them well below the 998 they may have.</summary>
    const int WidestPlainLine = 200;

    static readonly SearchValues<byte> Plain =
        SearchValues.Create([(byte)'\t', .. Enumerable.Range(' ', 95).Select(octet => (byte)octet)]);

    readonly byte[] rented;
    readonly ReadOnlySpan<byte> utf8;

    internal TextBody(string text)
    {
        rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        utf8 = rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented));
        TransferEncoding = Choose(utf8);
    }

    internal TransferEncoding TransferEncoding { get; }

    internal void Write(OctetBuffer output)
    {
        if (TransferEncoding == TransferEncoding.Base64) WriteBase64(output);
        else WriteLines(output);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(rented);

    void WriteLines(OctetBuffer output)
    {
        for (var rest = utf8; !rest.IsEmpty;)
        {
            var line = NextLine(ref rest, out var ended);
            if (TransferEncoding == TransferEncoding.SevenBit) output.Write(line);
            else QuotedPrintable.WriteLine(line, output);
            if (ended) output.EndLine();
        }
    }

    void WriteBase64(OctetBuffer output)
    {
        var lines = new Base64Lines(output);
        for (var rest = utf8; !rest.IsEmpty;)
        {
            lines.Append(NextLine(ref rest, out var ended));
            if (ended) lines.Append("\r\n"u8);
        }
        lines.Finish();
    }

    static ReadOnlySpan<byte> NextLine(ref ReadOnlySpan<byte> rest, out bool ended)
    {
        var end = rest.IndexOfAny((byte)'\r', (byte)'\n');
        ended = end >= 0;
        var line = ended ? rest[..end] : rest;
        rest = ended ? rest[(end + (rest[end..].StartsWith("\r\n"u8) ? 2 : 1))..] : [];
        return line;
    }

    static TransferEncoding Choose(ReadOnlySpan<byte> utf8)
    {
        if (IsPlain(utf8)) return TransferEncoding.SevenBit;
        return QuotedLength(utf8) <= Base64Lines.EncodedLength(utf8.Length) ? TransferEncoding.QuotedPrintable : TransferEncoding.Base64;
    }

    /// <summary>
    /// True when the text can travel as it stands. "=_" counts as a fault because every boundary starts with it: so no body can contain
    /// one.
    /// </summary>
    static bool IsPlain(ReadOnlySpan<byte> utf8)
    {
        if (!Ascii.IsValid(utf8) || utf8.IndexOf("=_"u8) >= 0) return false;
        for (var rest = utf8; !rest.IsEmpty;)
        {
            var line = NextLine(ref rest, out _);
            if (line.Length > WidestPlainLine || line is [.., (byte)' ' or (byte)'\t'] || line.StartsWith("From "u8)) return false;
            if (line.ContainsAnyExcept(Plain)) return false;
        }
        return true;
    }

    /// <summary>About how long the text gets in quoted-printable: exact but for soft breaks, which are counted by the average.</summary>
    static long QuotedLength(ReadOnlySpan<byte> utf8)
    {
        var escaped = CountUnprintable(utf8) - utf8.Count((byte)'\r') - utf8.Count((byte)'\n')
            - utf8.Count((byte)'\t') + utf8.Count((byte)'=');
        var octets = utf8.Length + 2L * escaped;
        return octets + octets / 75 * 3;
    }

    static int CountUnprintable(ReadOnlySpan<byte> octets)
    {
        var count = 0;
        for (; octets.Length >= Vector128<byte>.Count; octets = octets[Vector128<byte>.Count..])
        {
            var outside = Vector128.GreaterThan(
                Vector128.Create(octets) - Vector128.Create((byte)' '),
                Vector128.Create((byte)('~' - ' ')));
            count += BitOperations.PopCount(outside.ExtractMostSignificantBits());
        }
        foreach (var octet in octets)
        {
            if (octet is < (byte)' ' or > (byte)'~') count++;
        }
        return count;
    }
}
