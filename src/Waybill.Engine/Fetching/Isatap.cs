using System.Net;

namespace Waybill.Engine.Fetching;

/// <summary>ISATAP (RFC 5214 §6.1): under any prefix, an interface identifier of 0:5efe or 200:5efe and an IPv4 address
/// asks a router to tunnel to that address.</summary>
internal static class Isatap
{
    const byte UniversalAndGroupBits = 0b11;

    /// <summary>The IPv4 address an ISATAP address leads to; null if it is not one.</summary>
    public static IPAddress? Inside(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (!address.TryWriteBytes(bytes, out var length) || length != bytes.Length) return null;
        bytes[8] &= unchecked((byte)~UniversalAndGroupBits);
        return bytes[8..12].SequenceEqual<byte>([0, 0, 0x5e, 0xfe]) ? new IPAddress(bytes[12..]) : null;
    }
}
