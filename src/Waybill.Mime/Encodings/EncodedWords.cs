using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Waybill.Mime.Encodings;

/// <summary>
/// Cuts text into encoded-words (RFC 2047), Q or B for all of it, whichever is shorter. A code point is never cut in two.
/// </summary>
ref struct EncodedWords
{
    /// <summary>RFC 2047 §2: the longest an encoded-word may be.</summary>
    internal const int Longest = 75;

    const int Frame = 12; // =?utf-8?q? and ?=

    static readonly SearchValues<byte> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!*+-/ "u8);

    readonly bool useQ;
    ReadOnlySpan<char> rest;

    internal EncodedWords(ReadOnlySpan<char> text)
    {
        rest = text;
        var (octets, cost) = Measure(text);
        var b = (octets + 2) / 3 * 4;
        useQ = cost <= b;
        WidthAsOne = Frame + Math.Min(cost, b);
    }

    /// <summary>How wide the text were as a single word; more than <see cref="Longest"/> when it takes several.</summary>
    internal long WidthAsOne { get; }

    internal readonly bool Any => !rest.IsEmpty;

    /// <summary>
    /// Writes the next word in at most <paramref name="width"/> columns and returns its length. The width must hold one code point.
    /// </summary>
    internal int WriteNext(OctetBuffer output, int width)
    {
        Span<byte> payload = stackalloc byte[Longest];
        var count = Take(payload, Math.Min(width, Longest) - Frame);
        var start = output.Length;
        output.Write(useQ ? "=?utf-8?q?"u8 : "=?utf-8?b?"u8);
        if (useQ) WriteQ(payload[..count], output);
        else WriteB(payload[..count], output);
        output.Write("?="u8);
        return output.Length - start;
    }

    int Take(scoped Span<byte> payload, int room)
    {
        int count = 0, cost = 0;
        while (!rest.IsEmpty)
        {
            var cluster = Cluster(rest);
            if (count > 0 && !Fits(cluster, count, cost, room) && Fits(cluster, 0, 0, room)) break;
            Rune.DecodeFromUtf16(rest, out var rune, out var characters);
            var octets = rune.EncodeToUtf8(payload[count..]);
            cost += Cost(payload.Slice(count, octets));
            if (count > 0 && Width(count + octets, cost) > room) break;
            count += octets;
            rest = rest[characters..];
        }
        return count;
    }

    readonly bool Fits(ReadOnlySpan<char> cluster, int count, int cost, int room)
    {
        Span<byte> octets = stackalloc byte[cluster.Length * 3];
        var length = Encoding.UTF8.GetBytes(cluster, octets);
        return Width(count + length, cost + Cost(octets[..length])) <= room;
    }

    readonly int Width(int octets, int cost) => useQ ? cost : (octets + 2) / 3 * 4;

    static int Cost(ReadOnlySpan<byte> octets)
    {
        var cost = 0;
        foreach (var octet in octets) cost += Plain.Contains(octet) ? 1 : 3;
        return cost;
    }

    static (long Octets, long Cost) Measure(ReadOnlySpan<char> text)
    {
        long octets = 0, cost = 0;
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(utf8);
            octets += length;
            cost += Cost(utf8[..length]);
        }
        return (octets, cost);
    }

    /// <summary>
    /// A code point with the marks and joiners that belong to it. The list is fixed, unlike the platform's tables of grapheme clusters:
    /// a message composed again years later must have the same bytes.
    /// </summary>
    static ReadOnlySpan<char> Cluster(ReadOnlySpan<char> text)
    {
        const int longest = 16;
        var length = 0;
        var joins = false;
        foreach (var rune in text[..Math.Min(text.Length, longest)].EnumerateRunes())
        {
            if (length > 0 && !joins && !Attaches(rune)) break;
            joins = rune.Value == 0x200D;
            length += rune.Utf16SequenceLength;
        }
        return text[..Math.Min(length, text.Length)];
    }

    static bool Attaches(Rune rune) =>
        rune.Value is (>= 0x300 and <= 0x36F) or 0x200D or (>= 0x20D0 and <= 0x20FF)
            or (>= 0xFE00 and <= 0xFE0F) or (>= 0x1F3FB and <= 0x1F3FF);

    static void WriteQ(ReadOnlySpan<byte> payload, OctetBuffer output)
    {
        foreach (var octet in payload)
        {
            if (octet == ' ') output.Write((byte)'_');
            else if (Plain.Contains(octet)) output.Write(octet);
            else output.Write([(byte)'=', Hex.Upper[octet >> 4], Hex.Upper[octet & 15]]);
        }
    }

    static void WriteB(ReadOnlySpan<byte> payload, OctetBuffer output)
    {
        Base64.EncodeToUtf8(payload, output.GetSpan(Longest), out _, out var written);
        output.Advance(written);
    }
}
