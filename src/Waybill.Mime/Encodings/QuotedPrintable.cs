using System.Buffers;

namespace Waybill.Mime.Encodings;

/// <summary>Quoted-printable (RFC 2045 §6.7) for one line of text at a time; what it writes never contains "=_".</summary>
static class QuotedPrintable
{
    /// <summary>The most columns of a line before the soft break's "=", which makes 76.</summary>
    const int Columns = 75;

    static readonly SearchValues<byte> Literal =
        SearchValues.Create([(byte)'\t', .. Enumerable.Range(' ', 95).Where(octet => octet != '=').Select(octet => (byte)octet)]);

    /// <summary>Writes a line without its line end, with as many soft breaks as it takes.</summary>
    internal static void WriteLine(ReadOnlySpan<byte> line, OctetBuffer output)
    {
        while (!line.IsEmpty)
        {
            var room = output.GetSpan(Columns + 3);
            line = line[Fill(line, room, out var column)..];
            if (!line.IsEmpty)
            {
                "=\r\n"u8.CopyTo(room[column..]);
                column += 3;
            }
            output.Advance(column);
        }
    }

    /// <summary>Fills one line of output and returns how much of the input went into it.</summary>
    static int Fill(ReadOnlySpan<byte> line, Span<byte> room, out int column)
    {
        column = 0;
        var index = 0;

        // A line that starts with "From " is quoted by whoever keeps mail in mbox files, and the signature breaks.
        if (line.StartsWith("From "u8)) Escape(line[index++], room, ref column);
        while (index < line.Length)
        {
            var run = Literals(line[index..], Columns - column);
            line.Slice(index, run).CopyTo(room[column..]);
            column += run;
            index += run;
            if (index == line.Length || column + 3 > Columns) break;
            Escape(line[index++], room, ref column);
        }
        return index;
    }

    /// <summary>How many octets from the start may stand as they are; white space at the end of a line may not.</summary>
    static int Literals(ReadOnlySpan<byte> line, int most)
    {
        var window = line[..Math.Min(line.Length, most)];
        var run = window.IndexOfAnyExcept(Literal);
        if (run >= 0) return run;
        return window.Length == line.Length && line is [.., (byte)' ' or (byte)'\t'] ? line.Length - 1 : window.Length;
    }

    static void Escape(byte octet, Span<byte> room, ref int column)
    {
        room[column + 2] = Hex.Upper[octet & 15];
        room[column + 1] = Hex.Upper[octet >> 4];
        room[column] = (byte)'=';
        column += 3;
    }
}
