using System.Diagnostics.CodeAnalysis;
using Waybill.Smtp.Replies;

namespace Waybill.Smtp.Wires;

/// <summary>
/// Puts replies together from whatever pieces the network delivers. RFC 5321 §4.5.3.1.5 allows 512 octets a line; real relays write
/// longer ones, so 4096 are taken, at most 100 lines and 64 KiB a reply: a peer cannot make us hold more than that.
/// </summary>
sealed class ReplyReader
{
    const int LineLimit = 4096;
    const int LinesLimit = 100;
    const int OctetsLimit = 64 * 1024;

    readonly byte[] buffer = new byte[2 * LineLimit];
    readonly List<string> lines = [];
    int start, end, code, octets;

    /// <summary>What no reply may show, and no complaint about one.</summary>
    public SecretWords Secrets { get; set; } = SecretWords.None;

    /// <summary>Whether octets have arrived that belong to no reply taken so far.</summary>
    public bool HasLeftovers => end > start || lines.Count > 0;

    /// <summary>Where the next octets from the network go; never empty.</summary>
    public Memory<byte> Space()
    {
        if (start > 0) Compact();
        return buffer.AsMemory(end);
    }

    public void Fill(int count) => end += count;

    /// <summary>Takes the next reply if it has arrived whole.</summary>
    /// <exception cref="WireException">What arrived is not a reply, or is one beyond the limits.</exception>
    public bool TryTake([NotNullWhen(true)] out Reply? reply)
    {
        reply = null;
        while (reply is null && TryTakeLine(out var line)) reply = Add(line);
        return reply is not null;
    }

    void Compact()
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
    }

    bool TryTakeLine(out ReadOnlySpan<byte> line)
    {
        var arrived = buffer.AsSpan(start, end - start);
        var length = arrived.IndexOf((byte)'\n');
        if (length > LineLimit || (length < 0 && arrived.Length > LineLimit)) throw TooLong();
        line = length < 0 ? [] : arrived[..length].TrimEnd((byte)'\r');
        start += length + 1;
        return length >= 0;
    }

    Reply? Add(ReadOnlySpan<byte> octetsOfLine)
    {
        if (!ReplyLine.TryParse(octetsOfLine, out var line)) throw NotAReply(octetsOfLine);
        if (lines.Count > 0 && line.Code != code) throw Contradiction(code, line.Code);
        code = line.Code;
        octets += octetsOfLine.Length;
        lines.Add(Printable.From(line.Words));
        if (lines.Count > LinesLimit || octets > OctetsLimit) throw TooLong();
        return line.IsLast ? Finish() : null;
    }

    Reply Finish()
    {
        var text = lines.Count == 1 ? lines[0] : string.Join('\n', lines);
        var reply = new Reply(code, EnhancedCode.AtStartOf(lines[0]), Secrets.Conceal(text));
        lines.Clear();
        octets = 0;
        return reply;
    }

    static WireException TooLong() =>
        new($"the relay's reply is longer than any reply may be ({LineLimit} octets a line, {LinesLimit} lines, {OctetsLimit / 1024} KiB)");

    static WireException Contradiction(int first, int then) =>
        new($"the relay began a reply with {first} and went on with {then}");

    WireException NotAReply(ReadOnlySpan<byte> line)
    {
        var words = Secrets.Conceal(Printable.From(line));
        return new($"the relay sent what is not an SMTP reply: \"{words.AsSpan(0, Math.Min(words.Length, 80))}\"");
    }
}
