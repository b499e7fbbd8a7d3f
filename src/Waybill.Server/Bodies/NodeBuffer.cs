using System.Buffers.Text;

namespace Waybill.Server.Bodies;

/// <summary>
/// The array that JSON.stringify makes of a Buffer's octets in node: a number of at most four characters for each of them.
/// </summary>
internal static class NodeBuffer
{
    const int Shortest = 64;

    /// <summary>
    /// Writes the octets in base64 over their array, which is longer, and blanks over what is left of it: a text is one value to the
    /// reader of JSON, where the array would be millions. One that is short stays as it is.
    /// </summary>
    /// <param name="array">From bracket to bracket.</param>
    /// <returns>False: this is no array of octets.</returns>
    public static bool TryFold(Span<byte> array)
    {
        if (array.Length < Shortest) return true;
        var numbers = new Numbers(array);
        Span<byte> three = stackalloc byte[3];
        var (written, held) = (1, 0);
        while (numbers.TryNext(out var octet))
        {
            three[held++] = octet;
            if (held < 3) continue;
            written += Write(three, array[written..]); // at most four characters; six were read for them
            held = 0;
        }

        if (!numbers.IsAtEnd) return false;
        written += Write(three[..held], array[written..]);
        (array[0], array[written]) = ((byte)'"', (byte)'"');
        array[(written + 1)..].Fill((byte)' ');
        return true;
    }

    static int Write(ReadOnlySpan<byte> octets, Span<byte> to)
    {
        Base64.EncodeToUtf8(octets, to, out _, out var written);
        return written;
    }

    /// <summary>Reads one number after the other, and what stands between them.</summary>
    ref struct Numbers(Span<byte> array)
    {
        readonly Span<byte> array = array;
        int at = 1;

        /// <summary>Whether nothing but the bracket is left.</summary>
        public readonly bool IsAtEnd => at == array.Length;

        public bool TryNext(out byte octet)
        {
            octet = 0;
            SkipBlanks();
            if (array[at] == ']')
            {
                at++;
                return false;
            }

            if (!Utf8Parser.TryParse(array[at..], out octet, out var length)) return false;
            if (!char.IsAsciiDigit((char)array[at]) || (array[at] == '0' && length > 1)) return false; // JSON has neither +1 nor 01
            at += length;
            SkipBlanks();
            if (array[at] == ',') at++;
            return array[at - 1] == ',' ? HasAnother() : array[at] == ']';
        }

        bool HasAnother()
        {
            SkipBlanks();
            return array[at] != ']';
        }

        void SkipBlanks()
        {
            while (array[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') at++;
        }
    }
}
