namespace Waybill.Smtp.Wires;

/// <summary>One line of a reply: three digits, then a space, a hyphen (more follows) or nothing, then words.</summary>
readonly ref struct ReplyLine
{
    public required int Code { get; init; }
    public required bool IsLast { get; init; }
    public required ReadOnlySpan<byte> Words { get; init; }

    /// <summary>Reads a line given without its line end. RFC 5321 §4.2.1 asks clients to accept a bare code too.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out ReplyLine parsed)
    {
        parsed = default;
        if (line.Length < 3 || line[0] is < (byte)'2' or > (byte)'5' || !IsDigit(line[1]) || !IsDigit(line[2])) return false;
        if (line.Length > 3 && line[3] is not ((byte)' ' or (byte)'-')) return false;
        parsed = new ReplyLine
        {
            Code = ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + line[2] - '0',
            IsLast = line.Length == 3 || line[3] == ' ',
            Words = line.Length > 4 ? line[4..] : [],
        };
        return true;
    }

    static bool IsDigit(byte octet) => octet is >= (byte)'0' and <= (byte)'9';
}
