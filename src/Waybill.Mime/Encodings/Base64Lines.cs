using System.Buffers.Text;

namespace Waybill.Mime.Encodings;

/// <summary>
/// Base64 in lines of 76 characters (RFC 2045 §6.8), fed in pieces of any size; CRLF stands between lines, not after the last.
/// </summary>
sealed class Base64Lines(OctetBuffer output)
{
    const int OctetsInLine = 57;
    const int CharactersInLine = 76;

    readonly byte[] waiting = new byte[OctetsInLine];
    int waitingCount;
    bool started;

    /// <summary>How many octets the lines of <paramref name="octets"/> octets of content take.</summary>
    internal static long EncodedLength(long octets)
    {
        var characters = (octets + 2) / 3 * 4;
        return characters + 2 * Math.Max(0, (characters - 1) / CharactersInLine);
    }

    internal void Append(ReadOnlySpan<byte> content)
    {
        if (waitingCount > 0) content = content[FillUp(content)..];
        while (content.Length >= OctetsInLine)
        {
            WriteLine(content[..OctetsInLine]);
            content = content[OctetsInLine..];
        }
        Keep(content);
    }

    internal void Finish()
    {
        if (waitingCount > 0) WriteLine(waiting.AsSpan(0, waitingCount));
        waitingCount = 0;
    }

    int FillUp(ReadOnlySpan<byte> content)
    {
        var taken = Math.Min(OctetsInLine - waitingCount, content.Length);
        Keep(content[..taken]);
        if (waitingCount == OctetsInLine) Finish();
        return taken;
    }

    void Keep(ReadOnlySpan<byte> content)
    {
        content.CopyTo(waiting.AsSpan(waitingCount));
        waitingCount += content.Length;
    }

    void WriteLine(ReadOnlySpan<byte> content)
    {
        if (started) output.EndLine();
        started = true;
        Base64.EncodeToUtf8(content, output.GetSpan(CharactersInLine), out _, out var written);
        output.Advance(written);
    }
}
