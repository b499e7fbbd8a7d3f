using System.Buffers;

namespace Waybill.Smtp.Content;

/// <summary>
/// Writes a message's content the way DATA wants it: every line ends in CRLF (a bare CR or LF becomes one, so that no hop can see a line
/// end where another sees none), and a dot that begins a line is doubled (RFC 5321 §4.5.2). The state is carried over any chunking.
/// </summary>
sealed class DotStuffer
{
    enum After { LineEnd, Cr, Text }

    // A content may begin with a dot, and the beginning is the start of a line.
    After position = After.LineEnd;

    /// <summary>Writes the next piece. At most twice its length comes out.</summary>
    public void Write(ReadOnlySpan<byte> piece, IBufferWriter<byte> output)
    {
        if (piece.IsEmpty) return;
        if (position == After.Cr) FinishLine(ref piece, output);
        while (!piece.IsEmpty) WriteRun(ref piece, output);
    }

    /// <summary>Ends the last line if need be, and writes the line of one dot that ends the content.</summary>
    public void Finish(IBufferWriter<byte> output)
    {
        output.Write(position switch
        {
            After.LineEnd => ".\r\n"u8,
            After.Cr => "\n.\r\n"u8,
            _ => "\r\n.\r\n"u8,
        });
    }

    // The CR is out already; its LF follows, or is missing and made here.
    void FinishLine(ref ReadOnlySpan<byte> piece, IBufferWriter<byte> output)
    {
        output.Write("\n"u8);
        if (piece[0] == '\n') piece = piece[1..];
        position = After.LineEnd;
    }

    // Copies as far as everything is in order, in one go, and then mends the one place that is not.
    void WriteRun(ref ReadOnlySpan<byte> piece, IBufferWriter<byte> output)
    {
        if (position == After.LineEnd && piece[0] == '.') output.Write("."u8);
        var length = OrderlyLength(piece);
        output.Write(piece[..length]);
        piece = piece[length..];
        if (piece.IsEmpty || position == After.LineEnd) return;
        output.Write("\r\n"u8);
        piece = piece[1..];
        position = After.LineEnd;
    }

    // How much can go out unchanged. Stops before a bare CR or LF (position: Text) and before a dot that begins a line (LineEnd).
    int OrderlyLength(ReadOnlySpan<byte> piece)
    {
        for (var at = 0; ; at += 2)
        {
            position = After.Text;
            var run = piece[at..].IndexOfAny((byte)'\r', (byte)'\n');
            if (run < 0) return piece.Length;
            at += run;
            if (piece[at] == '\n') return at;
            if (at + 1 == piece.Length) return EndsInCr(piece);
            if (piece[at + 1] != '\n') return at;
            position = After.LineEnd;
            if (at + 2 == piece.Length || piece[at + 2] == '.') return at + 2;
        }
    }

    int EndsInCr(ReadOnlySpan<byte> piece)
    {
        position = After.Cr;
        return piece.Length;
    }
}
