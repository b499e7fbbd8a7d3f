using System.Buffers.Text;

namespace Waybill.Bench.Load;

/// <summary>Just enough of HTTP/1.1 to know when an answer ends.</summary>
internal static class HttpAnswer
{
    static ReadOnlySpan<byte> Length => "\r\nContent-Length: "u8;

    public static bool IsOk(ReadOnlySpan<byte> answer) => answer.StartsWith("HTTP/1.1 200 "u8);

    public static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0) return false;
        var length = answer[..head].IndexOf(Length);
        if (length < 0) return answer.EndsWith("\r\n0\r\n\r\n"u8);
        return Utf8Parser.TryParse(answer[(length + Length.Length)..], out int octets, out _) && answer.Length >= head + 4 + octets;
    }
}
