using System.Text;

namespace Waybill.Smtp.Replies;

/// <summary>Octets from a stranger as text that can do nothing to a log, a page or a terminal.</summary>
static class Printable
{
    public static string From(ReadOnlySpan<byte> octets) =>
        octets.ContainsAnyExceptInRange((byte)' ', (byte)'~') ? Escaped(octets) : Encoding.ASCII.GetString(octets);

    static string Escaped(ReadOnlySpan<byte> octets)
    {
        var text = new StringBuilder(octets.Length + 16);
        foreach (var octet in octets)
        {
            if (octet is >= (byte)' ' and <= (byte)'~') text.Append((char)octet);
            else text.Append("\\x").Append(octet.ToString("x2", null));
        }
        return text.ToString();
    }
}
