using System.Buffers;

namespace Waybill.Mime.Encodings;

/// <summary>Quoted-printable (RFC 2045 §6.7) for one line of text at a time; what it writes never contains "=_".</summary>
static class QuotedPrintable
{
    /// <summary>The most columns of a line before the soft break's "=", which makes 76.</summary>
    const int Columns = 75;

    /// <summary>What one line of output can take at most: its columns, "=" and CRLF, and room to spare for one escape.</summary>
    const int RoomForLine = 84;

    static readonly SearchValues<byte> Literal =
        SearchValues.Create([(byte)'\t', .. Enumerable.Range(' ', 95).Where(octet => octet != '=').Select(octet => (byte)octet)]);

    /// <summary>Writes a line without its line end, with as many soft breaks as it takes.</summary>
    internal static void WriteLine(ReadOnlySpan<byte> line, OctetBuffer output)
    {
        if (line is []) return;
        var last = line[^1];
        var endsInSpace = last is (byte)' ' or (byte)'\t';
        if (endsInSpace) line = line[..^1];

        var column = WriteOctets(line, output);
        if (endsInSpace) WriteEscape(last, output, ref column);
    }

    static int WriteOctets(ReadOnlySpan<byte> line, OctetBuffer output)
    {
        var column = 0;
        while (line.Length > 0)
        {
            var run = line.IndexOfAnyExcept(Literal);
            WriteRun(run < 0 ? line : line[..run], output, ref column);
            if (run < 0) break;
            WriteEscape(line[run], output, ref column);
            line = line[(run + 1)..];
        }
        return column;
    }

    static void WriteRun(ReadOnlySpan<byte> run, OctetBuffer output, ref int column)
    {
        while (run.Length > 0)
        {
            if (column == Columns) Break(output, ref column);
            if (column == 0 && run.StartsWith("From "u8))
            {
                // A line that starts with "From " is quoted by whoever keeps mail in mbox files, and the signature breaks.
                WriteEscape((byte)'F', output, ref column);
                run = run[1..];
            }
            var piece = run[..Math.Min(run.Length, Columns - column)];
            piece.CopyTo(output.GetSpan(RoomForLine));
            output.Advance(piece.Length);
            column += piece.Length;
            run = run[piece.Length..];
        }
    }

    static void WriteEscape(byte octet, OctetBuffer output, ref int column)
    {
        if (column + 3 > Columns) Break(output, ref column);
        var room = output.GetSpan(RoomForLine);
        room[0] = (byte)'=';
        room[1] = Hex.Upper[octet >> 4];
        room[2] = Hex.Upper[octet & 15];
        output.Advance(3);
        column += 3;
    }

    static void Break(OctetBuffer output, ref int column)
    {
        output.Write("=\r\n"u8);
        column = 0;
    }
}
